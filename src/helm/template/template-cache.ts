import { posix } from 'node:path';
import type { TemplateFile } from '../value/origin.ts';
import { parseFile } from './parse-file.ts';
import type { ParsedFile, Tree } from './tree.ts';

/** Remembers the templates that were parsed: what a text parses to depends on its name alone, not on values. */
export class TemplateCache {
  /** By name and text. */
  readonly #parsed = new Map<string, Map<string, ParsedFile>>();
  /** By text: charts and their subcharts bring the same library charts along. */
  readonly #partials = new Map<string, ParsedFile>();

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
    const parsed = this.#parse(file, isFunction);
    byText.set(file.source.text, parsed);
    return parsed;
  }

  /**
   * Only the last definition of a name counts, so copies of a partial may share its nodes. Files that are executed may
   * not: it is noted of their nodes which of them were evaluated.
   */
  #parse(file: TemplateFile, isFunction: (name: string) => boolean): ParsedFile {
    if (!posix.basename(file.name).startsWith('_')) return parseFile(file, isFunction);
    const known = this.#partials.get(file.source.text);
    if (known !== undefined) return renamed(known, file);
    const parsed = parseFile(file, isFunction);
    this.#partials.set(file.source.text, parsed);
    return parsed;
  }
}

function renamed({ name, trees }: ParsedFile, file: TemplateFile): ParsedFile {
  const copies = new Map<string, Tree>();
  for (const tree of trees.values()) {
    const copy = { ...tree, name: tree.name === name ? file.name : tree.name, parseName: file.name };
    copies.set(copy.name, copy);
  }
  return { file, name: file.name, trees: copies };
}
