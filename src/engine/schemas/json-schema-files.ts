import { basename, dirname } from 'node:path';

/** Files that a catalogue of JSON Schemas holds, by their names; none of them is read before its kind is asked for. */
export class JsonSchemaFiles {
  readonly #byName = new Map<string, string>();
  readonly #byFolderAndName = new Map<string, string>();

  /** Whether the name of a file says of which kind and version it is: `certificate_v1.json`. */
  static isNamedForKind(path: string): boolean {
    return /[-_]v\d+(?:(?:alpha|beta)\d+)?\.json$/i.test(path);
  }

  add(path: string): void {
    const name = basename(path).toLowerCase();
    const folder = basename(dirname(path)).toLowerCase();
    if (!this.#byFolderAndName.has(`${folder}/${name}`)) this.#byFolderAndName.set(`${folder}/${name}`, path);
    // In the folder of a group, the name alone says nothing of other groups.
    if (!folder.includes('.') && !this.#byName.has(name)) this.#byName.set(name, path);
    if (folder.includes('.') && name.split('-').length > 2 && !this.#byName.has(name)) this.#byName.set(name, path);
  }

  /** The file for a kind, in one of the layouts that kubeconform and its catalogues use. */
  find(group: string, kind: string, version: string): string | undefined {
    const name = kind.toLowerCase();
    const domain = group.split('.')[0] ?? '';
    const inFolder = [`${name}_${version}`, `${name}-${version}`].map((file) => `${group}/${file}.json`);
    const alone = [
      `${name}-${group}-${version}`,
      `${name}-${domain}-${version}`,
      `${name}_${version}`,
      `${name}-${version}`,
    ];
    return (
      inFolder.map((file) => this.#byFolderAndName.get(file)).find((path) => path !== undefined) ??
      alone.map((file) => this.#byName.get(`${file}.json`)).find((path) => path !== undefined)
    );
  }
}
