import type { ValuesPath } from './value/values-key.ts';

/** A set of paths of values keys. */
export class PathSet {
  readonly #paths = new Set<string>();

  add(path: ValuesPath): void {
    this.#paths.add(path.join('\0'));
  }

  /** Adds a path and all that contain it. */
  addWithin(path: ValuesPath): void {
    for (let length = path.length; length > 0; length--) {
      const key = path.slice(0, length).join('\0');
      if (this.#paths.has(key)) return;
      this.#paths.add(key);
    }
  }

  has(path: ValuesPath): boolean {
    return this.#paths.has(path.join('\0'));
  }
}

/** A set of paths that also knows which names stand at a path. */
export class PathTree {
  readonly #names = new Map<string, Set<string>>();

  /** Adds a path and all that contain it. */
  add(path: ValuesPath): void {
    path.map(String).forEach((name, index) => {
      const parent = path.slice(0, index).join('\0');
      const names = this.#names.get(parent);
      if (names === undefined) this.#names.set(parent, new Set([name]));
      else names.add(name);
    });
  }

  has(path: ValuesPath): boolean {
    return this.namesAt(path.slice(0, -1)).has(String(path.at(-1) ?? ''));
  }

  /** The names that come next behind a path. */
  namesAt(path: ValuesPath): ReadonlySet<string> {
    return this.#names.get(path.join('\0')) ?? NONE;
  }
}

const NONE: ReadonlySet<string> = new Set();
