import type { TemplateFile } from '../value/origin.ts';
import type { TplText } from './tpl-text.ts';
import { isEmptyBody, type ParsedFile, type ParsedText, type Tree } from './tree.ts';

/** What a name stands for while templates are executed. */
export interface Template {
  readonly tree: Tree;
  readonly file: TemplateFile;
  /** Of a template that `tpl` was given: where that text came from. */
  readonly tplText: TplText | undefined;
}

/** The templates of all charts under their names: one namespace. */
export class TemplateSet {
  readonly #outer: TemplateSet | undefined;
  readonly #templates = new Map<string, Template>();

  private constructor(outer: TemplateSet | undefined) {
    this.#outer = outer;
  }

  /** The set of parsed files, which must be in Helm's order (`inFileOrder`): a later definition replaces an earlier one. */
  static of(files: Iterable<ParsedFile>): TemplateSet {
    const set = new TemplateSet(undefined);
    for (const parsed of files) set.#add(parsed, parsed.file, undefined);
    return set;
  }

  /** A set of these and of what a text given to `tpl` defines; this one stays as it is. */
  with(parsed: ParsedText, file: TemplateFile, tplText: TplText): TemplateSet {
    const set = new TemplateSet(this);
    set.#add(parsed, file, tplText);
    const tree = parsed.trees.get(parsed.name);
    // Go executes the text itself even when another template of its name has a body and this has none.
    if (tree !== undefined) set.#templates.set(parsed.name, { tree, file, tplText });
    return set;
  }

  get(name: string): Template | undefined {
    return this.#templates.get(name) ?? this.#outer?.get(name);
  }

  /** The names of all templates. */
  *names(): Generator<string> {
    yield* this.#templates.keys();
    if (this.#outer !== undefined) yield* this.#outer.names();
  }

  /** The templates that were added to this very set. */
  templates(): Iterable<Template> {
    return this.#templates.values();
  }

  #add({ trees }: ParsedText, file: TemplateFile, tplText: TplText | undefined): void {
    for (const [name, tree] of trees) {
      if (isEmptyBody(tree.root) && this.get(name) !== undefined) continue;
      this.#templates.set(name, { tree, file, tplText });
    }
  }
}
