import { SourceText, type Range } from '../../text/source.ts';
import { readDirective, type Suppression, type SuppressionFault } from './read-directive.ts';
import { blockScalarIndentation, commentStart, templateComments } from './comment-syntax.ts';

/** A comment that accepts findings of one line. */
interface CommentSuppression extends Suppression {
  /** The 1-based line of its file that it refers to. */
  readonly line: number;
}

export interface FoundComments {
  readonly suppressions: readonly CommentSuppression[];
  readonly faults: readonly SuppressionFault[];
}

const WORD = 'chartlint-ignore';
const FORM = '# chartlint-ignore ID: reason';
const NONE: FoundComments = { suppressions: [], faults: [] };

/**
 * Finds the `# chartlint-ignore ID: reason` comments of a manifest, a values file or a template, and those in the
 * comments of templates. One at the end of a line refers to that line; one on its own line refers to the next line
 * that is not a comment.
 *
 * A `#` inside a quoted scalar or a block scalar is content. This is judged line by line, since templates are not YAML:
 * of a quoted scalar that goes on over several lines, only the first line is known.
 */
export function findComments(source: SourceText): FoundComments {
  return source.text.includes(WORD) ? new CommentFinder(source).find() : NONE;
}

class CommentFinder {
  readonly #source: SourceText;
  /** The text with the template comments blanked. */
  readonly #yaml: SourceText;
  readonly #templateComments: readonly Range[];
  /** Lines on which there is a template comment. */
  readonly #templateLines = new Set<number>();
  readonly #suppressions: CommentSuppression[] = [];
  readonly #faults: SuppressionFault[] = [];
  /** The line below the comments that begin at a line: stacked comments ask for it again and again. */
  #above = { from: 0, line: 0 };

  constructor(source: SourceText) {
    this.#source = source;
    this.#templateComments = [...templateComments(source)];
    let yaml = '';
    let end = 0;
    for (const comment of this.#templateComments) {
      const text = source.text.slice(comment.start, comment.end);
      yaml += source.text.slice(end, comment.start) + text.replace(/[^\r\n]/g, ' ');
      end = comment.end;
      const last = source.positionAt(comment.end).line;
      for (let { line } = source.positionAt(comment.start); line <= last; line++) this.#templateLines.add(line);
    }
    this.#yaml = end === 0 ? source : new SourceText(source.file, yaml + source.text.slice(end));
  }

  find(): FoundComments {
    for (const comment of this.#templateComments) this.#readTemplateComment(comment);
    this.#readYamlComments();
    return { suppressions: this.#suppressions, faults: this.#faults };
  }

  #readYamlComments(): void {
    const last = this.#yaml.positionAt(this.#yaml.text.lastIndexOf(WORD)).line;
    let block: number | undefined;
    for (let line = 1; line <= last; line++) {
      const text = this.#yaml.lineAt(line);
      const indentation = text.search(/[^ \t]/);
      if (indentation === -1) continue;
      const endsBlock = /^(?:---|\.\.\.)(?:\s|$)/.test(text) || (block !== undefined && indentation <= block);
      // What a template's action prints into a block scalar may appear at any indentation.
      if (block !== undefined && (!endsBlock || text.startsWith('{{', indentation))) continue;
      const start = text.includes('#') ? commentStart(text) : -1;
      if (start !== -1) this.#readYamlComment(line, text, start);
      block = blockScalarIndentation(start === -1 ? text : text.slice(0, start));
    }
  }

  #readYamlComment(line: number, text: string, start: number): void {
    const words = [...text.slice(start).matchAll(/(?<=^|\s)#+[ \t]*chartlint-ignore/g)];
    for (const [index, { 0: word, index: at }] of words.entries()) {
      const range = trimmed(text, start + at, start + (words[index + 1]?.index ?? text.length));
      const target = text.slice(0, start).trim() === '' ? this.#lineBelow(line) : line;
      this.#add(
        text.slice(range.start + word.length, range.end),
        target,
        shiftRange(range, this.#yaml.offsetOfLine(line)),
      );
    }
  }

  #readTemplateComment({ start, end }: Range): void {
    const from = this.#source.text.indexOf('/*', start) + 2;
    const text = this.#source.text.slice(from, this.#source.text.lastIndexOf('*/', end));
    const words = [...text.matchAll(/(?:^|[\r\n])[ \t#*]*chartlint-ignore/g)];
    if (words.length === 0) return;
    const target = this.#targetOf({ start, end });
    for (const [index, { 0: word, index: at }] of words.entries()) {
      const wordEnd = at + word.length;
      const range = trimmed(text, wordEnd - WORD.length, words[index + 1]?.index ?? text.length);
      this.#add(text.slice(wordEnd, range.end).replace(/\s+/g, ' '), target, shiftRange(range, from));
    }
  }

  /** The line of what is next to a template comment, else of what is below it. */
  #targetOf({ start, end }: Range): number {
    const first = this.#source.positionAt(start).line;
    const last = this.#source.positionAt(end).line;
    if (this.#yaml.text.slice(this.#yaml.offsetOfLine(first), start).trim() !== '') return first;
    return this.#yaml.text.slice(end, this.#yaml.offsetOfLine(last + 1)).trim() === '' ? this.#lineBelow(last) : last;
  }

  /** The next line that is not a comment; an empty line counts. */
  #lineBelow(line: number): number {
    if (line < this.#above.from || line >= this.#above.line) {
      let below = line + 1;
      while (below <= this.#yaml.lineCount && this.#isComment(below)) below++;
      this.#above = { from: line, line: below };
    }
    return this.#above.line;
  }

  #isComment(line: number): boolean {
    const text = this.#yaml.lineAt(line).trim();
    return text === '' ? this.#templateLines.has(line) : text.startsWith('#');
  }

  #add(text: string, line: number, range: Range): void {
    const place = this.#source.locate(range);
    // `chartlint-ignore-file` and `chartlint-ignore: …` are not comments of ours, but are meant to be.
    const { directive, fault } = /^(?:\s|$)/.test(text) ? readDirective(text, FORM) : UNKNOWN;
    if (directive === undefined) this.#faults.push({ message: fault, place });
    else this.#suppressions.push({ by: 'comment', ...directive, line, place });
  }
}

const UNKNOWN = { directive: undefined, fault: `A space must follow chartlint-ignore. Write ${FORM}.` } as const;

function trimmed(text: string, start: number, end: number): Range {
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

function shiftRange({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}
