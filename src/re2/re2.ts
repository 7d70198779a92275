import { Machine, type Match } from './machine.ts';
import { parseRegexp } from './parse.ts';
import { compileProgram } from './program.ts';
import { regexpWork } from './work.ts';

/** To make a step of an automaton takes as long as to try it several times. */
const STEPS_TO_MAKE = 4;

/** A regular expression of Go's package regexp. Works in time linear in the text. */
export class Re2 {
  /** By index of the group; "" without a name. */
  readonly names: readonly string[];
  /** The number of steps of its automaton. */
  readonly size: number;
  readonly #machine: Machine;

  /** Throws `RegexpError` with Go's text when the pattern is not one of RE2. */
  constructor(pattern: string) {
    const { node, names } = parseRegexp(pattern);
    this.names = names;
    const program = compileProgram(node, pattern);
    this.size = program.steps.length;
    regexpWork.steps += STEPS_TO_MAKE * this.size;
    this.#machine = new Machine(program);
  }

  /** The leftmost match: offsets of its start and end in UTF-16 units. */
  find(text: string): Match | undefined {
    return this.#machine.find(text, 0, 0);
  }

  /** The successive matches that Go's FindAll finds; an empty one directly after another does not count. */
  *findAll(text: string): Generator<Match> {
    let at = 0;
    let lastEnd = -1;
    while (at <= text.length) {
      const match = this.#machine.find(text, at, 0, at > 0);
      if (match === undefined) return;
      const [start = 0, end = 0] = match;
      if (end > at || start !== lastEnd) yield match;
      at = end > at ? end : at + widthAt(text, at);
      lastEnd = end;
    }
  }

  /** The matches, with their groups, that Go's ReplaceAll replaces. */
  *findReplaced(text: string): Generator<Match> {
    let at = 0;
    let lastEnd = 0;
    while (at <= text.length) {
      const match = this.#machine.find(text, at, this.names.length - 1, at > 0);
      if (match === undefined) return;
      const [start = 0, end = 0] = match;
      if (end > lastEnd || start === 0) yield match;
      lastEnd = end;
      at = Math.max(end, at + widthAt(text, at));
    }
  }
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Escapes what has a meaning in regular expressions: Go's `regexp.QuoteMeta`. */
export function quoteMeta(text: string): string {
  return text.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`);
}
