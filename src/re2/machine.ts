import type { Assertion } from './node.ts';
import type { Program } from './program.ts';
import { refuseEndlessSearch, regexpWork } from './work.ts';

/** Offsets in UTF-16 units: start and end of the match, then of every group; -1 where a group had no part. */
export type Match = readonly number[];

/** The ways that are still open at one place of the text, most preferred first. */
interface Threads {
  readonly steps: number[];
  readonly slots: number[][];
  /** By step: the place it was last added at, so that no step is added twice. */
  readonly addedAt: Int32Array;
}

const REPLACEMENT = 0xfffd;

/**
 * Runs an automaton over a text, all ways at once, so the time is at most the text's length times the program's
 * whatever the expression is: RE2's promise, which a JavaScript RegExp does not keep. It also differs from one in
 * what groups hold after a loop.
 */
export class Machine {
  readonly #program: Program;
  #current: Threads;
  #next: Threads;
  /** Steps to add, or ~slot and the value to restore it to. */
  readonly #todo: number[] = [];
  #clock = 0;
  /** Steps of the searches in one text. */
  #taken = 0;

  constructor(program: Program) {
    this.#program = program;
    this.#current = newThreads(program.steps.length);
    this.#next = newThreads(program.steps.length);
  }

  /**
   * The first match that begins at or after an offset, with the offsets of a number of groups.
   * @param isNext whether it goes on where the last search in this text ended
   * @throws RegexpWorkError when the searches in one text take too long
   */
  find(text: string, from: number, groups: number, isNext = false): Match | undefined {
    if (!isNext) this.#taken = 0;
    const before = this.#taken;
    try {
      return this.#search(text, from, groups);
    } finally {
      regexpWork.steps += this.#taken - before;
    }
  }

  #search(text: string, from: number, groups: number): Match | undefined {
    const { prefix, isAnchored, start } = this.#program;
    let matched: number[] | undefined;
    let at = from;
    this.#clear(this.#current);
    this.#clock++;
    for (;;) {
      if (this.#current.steps.length === 0) {
        if (matched !== undefined || (isAnchored && at > 0)) return matched;
        if (prefix !== '') at = text.indexOf(prefix, at);
        if (at < 0) return undefined;
      }
      if (matched === undefined && (!isAnchored || at === 0)) {
        const slots = Array.from({ length: groups * 2 + 2 }, () => -1);
        slots[0] = at;
        this.#add(this.#current, start, text, at, slots);
      }
      const rune = runeAt(text, at);
      const width = rune > 0xffff ? 2 : 1;
      this.#taken += 1 + this.#current.steps.length;
      refuseEndlessSearch(this.#taken);
      this.#clear(this.#next);
      matched = this.#step(text, at, rune, at + width) ?? matched;
      [this.#current, this.#next] = [this.#next, this.#current];
      if (rune < 0) return matched;
      at += width;
    }
  }

  /** Moves all ways over one character and returns the match that the most preferred finished one makes. */
  #step(text: string, at: number, rune: number, after: number): number[] | undefined {
    const { steps, slots } = this.#current;
    this.#clock++;
    for (let index = 0; index < steps.length; index++) {
      const step = this.#program.steps[steps[index] ?? 0];
      const own = slots[index] ?? [];
      if (step === undefined) continue;
      switch (step.op) {
        case 'match':
          own[1] = at;
          return own;
        case 'rune':
          if (step.rune === rune) this.#add(this.#next, step.next, text, after, own);
          break;
        case 'set':
          if (rune >= 0 && step.set.has(rune)) this.#add(this.#next, step.next, text, after, own);
          break;
        case 'any':
          if (rune >= 0 && (step.withNewline || rune !== 10)) this.#add(this.#next, step.next, text, after, own);
          break;
        default:
      }
    }
    return undefined;
  }

  /** Follows everything that needs no character. The slots are the same afterwards. */
  #add(threads: Threads, first: number, text: string, at: number, slots: number[]): void {
    const todo = this.#todo;
    const { addedAt } = threads;
    todo.push(first);
    for (let entry = todo.pop(); entry !== undefined; entry = todo.pop()) {
      this.#taken++;
      if (entry < 0) {
        slots[~entry] = todo.pop() ?? -1;
        continue;
      }
      const step = this.#program.steps[entry];
      if (step === undefined || addedAt[entry] === this.#clock) continue;
      addedAt[entry] = this.#clock;
      switch (step.op) {
        case 'split':
          todo.push(step.second, step.first);
          break;
        case 'assert':
          if (holds(step.assertion, text, at)) todo.push(step.next);
          break;
        case 'save':
          if (step.slot < slots.length) {
            todo.push(slots[step.slot] ?? -1, ~step.slot);
            slots[step.slot] = at;
          }
          todo.push(step.next);
          break;
        default:
          threads.steps.push(entry);
          threads.slots.push(slots.slice());
      }
    }
  }

  #clear({ steps, slots }: Threads): void {
    steps.length = 0;
    slots.length = 0;
  }
}

function newThreads(count: number): Threads {
  return { steps: [], slots: [], addedAt: new Int32Array(count) };
}

/** The character at an offset; -1 at the end. What is not UTF-8 reads as U+FFFD, as in Go. */
function runeAt(text: string, at: number): number {
  const rune = text.codePointAt(at) ?? -1;
  return rune >= 0xd800 && rune <= 0xdfff ? REPLACEMENT : rune;
}

function holds(assertion: Assertion, text: string, at: number): boolean {
  switch (assertion) {
    case 'text-start':
      return at === 0;
    case 'text-end':
      return at >= text.length;
    case 'line-start':
      return at === 0 || text.charCodeAt(at - 1) === 10;
    case 'line-end':
      return at >= text.length || text.charCodeAt(at) === 10;
    case 'word-boundary':
      return isWord(text, at - 1) !== isWord(text, at);
    case 'no-word-boundary':
      return isWord(text, at - 1) === isWord(text, at);
  }
}

function isWord(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122);
}
