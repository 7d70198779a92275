import { existsSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { realPath } from '../../files/inside.ts';

/** A repository, and the commit that the named one and HEAD have in common. */
export interface ChangeBase {
  readonly root: string;
  readonly commit: string;
}

/** What differs from a commit: files that are new, edited, renamed or gone. */
export class Changes {
  readonly ref: string;
  /** Which commit the changes in each repository are counted from. */
  readonly bases: readonly ChangeBase[];
  readonly #files: ReadonlySet<string>;
  /** The files and all folders that they are in. */
  readonly #around = new Set<string>();

  /** @param files absolute, without links */
  constructor(ref: string, files: Iterable<string>, bases: readonly ChangeBase[] = []) {
    this.ref = ref;
    this.bases = bases;
    this.#files = new Set(files);
    for (const file of this.#files) {
      for (let path = file; !this.#around.has(path); path = dirname(path)) this.#around.add(path);
    }
  }

  /** The files in a folder that are gone. */
  goneFrom(folder: string): string[] {
    const start = `${realPath(folder)}${sep}`;
    return [...this.#files].filter((file) => file.startsWith(start) && !existsSync(file));
  }

  /** Whether a file changed, or anything in a folder. */
  touch(path: string): boolean {
    const real = realPath(path);
    if (this.#around.has(real)) return true;
    // For a submodule, Git lists only the folder.
    for (let above = dirname(real); above !== dirname(above); above = dirname(above)) {
      if (this.#files.has(above)) return true;
    }
    return false;
  }
}
