import { readClass, readGroup } from './classes.ts';
import { readEscape, readRune } from './escapes.ts';
import { type Assertion, type Node, RegexpError, type Repeat } from './node.ts';
import { RuneSet } from './rune-set.ts';

/** The flags that are set, of `imsU`. */
type Flags = ReadonlySet<string>;

/** A group that is not closed yet, or the whole expression. */
interface Frame {
  /** 0: a group that does not capture. */
  readonly capture: number;
  /** To come back to when it closes. */
  readonly flags: Flags;
  readonly alternatives: Node[];
  sequence: Node[];
}

export interface Parsed {
  readonly node: Node;
  /** By index of the capturing group; "" without a name, as for the whole match. */
  readonly names: readonly string[];
}

const NO_FLAGS: Flags = new Set();
const MAX_HEIGHT = 1000;
const MAX_COPIES = 1000;
const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: 'text-start',
  z: 'text-end',
  b: 'word-boundary',
  B: 'no-word-boundary',
};

/** Parses a regular expression by the rules of RE2 in Go's Perl mode. Throws `RegexpError` with Go's text. */
export function parseRegexp(text: string): Parsed {
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  readonly #names = [''];
  readonly #outer: Frame[] = [];
  #frame: Frame = { capture: 0, flags: NO_FLAGS, alternatives: [], sequence: [] };
  #flags: Flags = NO_FLAGS;
  #at = 0;
  /** Where the repetition began that ends here; -1 when none does. */
  #lastRepeat = -1;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Parsed {
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const isRepeat = this.#parseOne(this.#text[start] ?? '');
      this.#lastRepeat = isRepeat ? start : -1;
    }
    if (this.#outer.length > 0) throw new RegexpError('missing closing )', this.#text);
    return { node: this.#close(), names: this.#names };
  }

  /** Parses the next piece and tells whether it was a repetition. */
  #parseOne(character: string): boolean {
    switch (character) {
      case '(':
        this.#openGroup();
        return false;
      case ')':
        this.#closeGroup();
        return false;
      case '|':
        this.#frame.alternatives.push(sequenceOf('concat', this.#frame.sequence));
        this.#frame.sequence = [];
        this.#at++;
        return false;
      case '^':
        this.#assert(this.#flags.has('m') ? 'line-start' : 'text-start', 1);
        return false;
      case '$':
        this.#assert(this.#flags.has('m') ? 'line-end' : 'text-end', 1);
        return false;
      case '.':
        this.#push({ op: 'any', withNewline: this.#flags.has('s'), height: 1 });
        this.#at++;
        return false;
      case '[':
        this.#parseClass();
        return false;
      case '*':
      case '+':
      case '?':
        this.#repeat(character === '+' ? 1 : 0, character === '?' ? 1 : -1, false, this.#at + 1);
        return true;
      case '{':
        return this.#parseCount();
      case '\\':
        this.#parseEscape();
        return false;
      default:
        this.#literal(readRune(this.#text, this.#at));
        return false;
    }
  }

  #push(node: Node): void {
    if (node.height > MAX_HEIGHT) throw new RegexpError('expression nests too deeply', this.#text);
    this.#frame.sequence.push(node);
  }

  #literal({ value, next }: { readonly value: number; readonly next: number }): void {
    if (this.#flags.has('i')) {
      const item = { ranges: [value, value], property: undefined, isNegated: false, isFolded: true };
      this.#push({ op: 'set', set: new RuneSet([item], false), height: 1 });
    } else this.#push({ op: 'rune', rune: value, height: 1 });
    this.#at = next;
  }

  #assert(assertion: Assertion, length: number): void {
    this.#push({ op: 'assert', assertion, height: 1 });
    this.#at += length;
  }

  #parseClass(): void {
    const { value, next } = readClass(this.#text, this.#at, this.#flags.has('i'));
    this.#push({ op: 'set', set: value, height: 1 });
    this.#at = next;
  }

  #parseEscape(): void {
    const letter = this.#text[this.#at + 1] ?? '';
    const assertion = Object.hasOwn(ASSERTIONS, letter) ? ASSERTIONS[letter] : undefined;
    if (assertion !== undefined) return this.#assert(assertion, 2);
    if (letter === 'C') throw new RegexpError('invalid escape sequence', '\\C');
    if (letter === 'Q') return this.#parseQuoted();
    const group = readGroup(this.#text, this.#at, this.#flags.has('i'));
    if (group === undefined) return this.#literal(readEscape(this.#text, this.#at));
    this.#push({ op: 'set', set: new RuneSet([group.value], false), height: 1 });
    this.#at = group.next;
  }

  #parseQuoted(): void {
    const start = this.#at + 2;
    const end = this.#text.indexOf('\\E', start);
    this.#at = start;
    while (this.#at < (end < 0 ? this.#text.length : end)) this.#literal(readRune(this.#text, this.#at));
    if (end >= 0) this.#at = end + 2;
  }

  #openGroup(): void {
    const flagsBefore = this.#flags;
    let capture = 0;
    if (this.#text[this.#at + 1] !== '?') {
      capture = this.#names.push('') - 1;
      this.#at++;
    } else {
      const name = this.#readGroupName();
      if (name === undefined) {
        if (!this.#parseFlags()) return;
      } else capture = this.#names.push(name) - 1;
    }
    this.#outer.push(this.#frame);
    this.#frame = { capture, flags: flagsBefore, alternatives: [], sequence: [] };
  }

  /** Reads `(?P<name>` or `(?<name>`. */
  #readGroupName(): string | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 4);
    const isName = rest.startsWith('(?P<')
      ? this.#at + 4 < this.#text.length
      : rest.startsWith('(?<') && rest.length > 3;
    if (!isName) return undefined;
    const end = this.#text.indexOf('>', this.#at);
    if (end < 0) throw new RegexpError('invalid named capture', this.#text.slice(this.#at));
    const group = this.#text.slice(this.#at, end + 1);
    const name = /^\(\?P?<(\w+)>$/.exec(group)?.[1];
    if (name === undefined) throw new RegexpError('invalid named capture', group);
    this.#at = end + 1;
    return name;
  }

  /** Reads `(?flags)` or `(?flags:` and tells whether it opens a group. */
  #parseFlags(): boolean {
    const start = this.#at;
    const flags = new Set(this.#flags);
    let isOn = true;
    let sawFlag = false;
    let at = start + 2;
    while (at < this.#text.length) {
      const { value, next } = readRune(this.#text, at);
      at = next;
      const letter = String.fromCodePoint(value);
      if (letter === 'i' || letter === 'm' || letter === 's' || letter === 'U') {
        if (isOn) flags.add(letter);
        else flags.delete(letter);
        sawFlag = true;
      } else if (letter === '-' && isOn) {
        isOn = false;
        sawFlag = false;
      } else if ((letter === ':' || letter === ')') && (isOn || sawFlag)) {
        this.#flags = flags;
        this.#at = at;
        return letter === ':';
      } else break;
    }
    throw new RegexpError('invalid or unsupported Perl syntax', this.#text.slice(start, at));
  }

  #closeGroup(): void {
    const outer = this.#outer.pop();
    if (outer === undefined) throw new RegexpError('unexpected )', this.#text);
    const { capture, flags } = this.#frame;
    const node = this.#close();
    this.#frame = outer;
    this.#flags = flags;
    this.#push(capture === 0 ? node : { op: 'capture', index: capture, node, height: node.height + 1 });
    this.#at++;
  }

  #close(): Node {
    const { alternatives, sequence } = this.#frame;
    return sequenceOf('alternate', [...alternatives, sequenceOf('concat', sequence)]);
  }

  /** Parses `{n}`, `{n,}` or `{n,m}`; anything else that begins with `{` is itself. */
  #parseCount(): boolean {
    const start = this.#at;
    const match = /^\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?\}/.exec(this.#text.slice(start, start + 64));
    if (match === null) {
      this.#literal({ value: 0x7b, next: start + 1 });
      return false;
    }
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === undefined ? -1 : Number(match[3]);
    const next = start + match[0].length;
    if (min > MAX_COPIES || max > MAX_COPIES || (max >= 0 && min > max)) {
      throw new RegexpError('invalid repeat count', match[0]);
    }
    this.#repeat(min, max, true, next);
    return true;
  }

  #repeat(min: number, max: number, isCounted: boolean, end: number): void {
    const start = this.#at;
    const isLazy = this.#text[end] === '?';
    this.#at = isLazy ? end + 1 : end;
    const operator = this.#text.slice(start, this.#at);
    if (this.#lastRepeat >= 0) {
      throw new RegexpError('invalid nested repetition operator', this.#text.slice(this.#lastRepeat, this.#at));
    }
    const node = this.#frame.sequence.pop();
    if (node === undefined) throw new RegexpError('missing argument to repetition operator', operator);
    const isGreedy = isLazy === this.#flags.has('U');
    const repeat: Repeat = { op: 'repeat', node, min, max, isGreedy, isCounted, height: node.height + 1 };
    this.#push(repeat);
    if (isCounted && (min > 1 || max > 1) && !isWithin(repeat, MAX_COPIES)) {
      throw new RegexpError('invalid repeat count', operator);
    }
  }
}

function sequenceOf(op: 'concat' | 'alternate', nodes: readonly Node[]): Node {
  const [first] = nodes;
  if (first === undefined) return { op: 'empty', height: 1 };
  if (nodes.length === 1) return first;
  return { op, nodes, height: 1 + nodes.reduce((height, node) => Math.max(height, node.height), 0) };
}

/** Whether repetitions within repetitions stay below a number of copies of the innermost. */
function isWithin(node: Node, copies: number): boolean {
  let left = copies;
  if (node.op === 'repeat' && node.isCounted) {
    const count = node.max < 0 ? node.min : node.max;
    if (node.max === 0) return true;
    if (count > left) return false;
    if (count > 0) left = Math.trunc(left / count);
  }
  if (node.op === 'concat' || node.op === 'alternate') return node.nodes.every((child) => isWithin(child, left));
  return node.op === 'repeat' || node.op === 'capture' ? isWithin(node.node, left) : true;
}
