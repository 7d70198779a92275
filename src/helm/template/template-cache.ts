import type { TemplateFile } from '../origin.ts';
import { parseFile } from './parse-file.ts';
import type { ParsedFile } from './tree.ts';

/** Remembers the templates that were parsed: what a text parses to depends on its name alone, not on values. */
export class TemplateCache {
  /** By name and text. */
  readonly #parsed = new Map<string, Map<string, ParsedFile>>();

  /**
   * Parses a template file, or gives the trees of the same text under the same name. The functions must always be the
   * same ones.
   * @throws {RenderError} with Helm's message
   */
  parse(file: TemplateFile, isFunction: (name: string) => boolean): ParsedFile {
    let byText = this.#parsed.get(file.name);
    if (byText === undefined) {
      byText = new Map();
      this.#parsed.set(file.name, byText);
    }
    const known = byText.get(file.source.text);
    // Charts in two folders can hold the same text: each is shown under its own.
    if (known !== undefined) return known.file === file ? known : { ...known, file };
    const parsed = parseFile(file, isFunction);
    byText.set(file.source.text, parsed);
    return parsed;
  }
}
