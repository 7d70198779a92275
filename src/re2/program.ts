import { type Assertion, type Node, RegexpError, type Repeat } from './node.ts';
import type { RuneSet } from './rune-set.ts';

/** A step of the automaton; numbers are indexes of steps. */
type Step =
  | { readonly op: 'match' }
  /** Both ways are tried; the first is preferred. */
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'save'; readonly slot: number; readonly next: number }
  | { readonly op: 'assert'; readonly assertion: Assertion; readonly next: number }
  | { readonly op: 'rune'; readonly rune: number; readonly next: number }
  | { readonly op: 'set'; readonly set: RuneSet; readonly next: number }
  | { readonly op: 'any'; readonly withNewline: boolean; readonly next: number };

export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
  /** What every match begins with; "" when that is not known. */
  readonly prefix: string;
  /** Whether a match can only begin where the text does. */
  readonly isAnchored: boolean;
}

/** The number of instructions that Go allows: 128 MiB of 40 bytes each. */
const MAX_STEPS = Math.trunc((128 * 2 ** 20) / 40);

/**
 * Makes the automaton of an expression. Which of several matches wins is decided by the order of its splits,
 * so it has the shape that Go gives it, in particular for loops over what can be empty.
 */
export function compileProgram(node: Node, text: string): Program {
  const assembler = new Assembler(text);
  const start = assembler.emit(node, assembler.add({ op: 'match' }));
  return { steps: assembler.steps, start, ...beginningOf(node) };
}

class Assembler {
  readonly steps: Step[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  add(step: Step): number {
    if (this.steps.length >= MAX_STEPS) throw new RegexpError('expression too large', this.#text);
    return this.steps.push(step) - 1;
  }

  /** Adds the steps of a node that go on to another step; returns the first. */
  emit(node: Node, next: number): number {
    switch (node.op) {
      case 'empty':
        return next;
      case 'rune':
        return this.add({ op: 'rune', rune: node.rune, next });
      case 'set':
        return this.add({ op: 'set', set: node.set, next });
      case 'any':
        return this.add({ op: 'any', withNewline: node.withNewline, next });
      case 'assert':
        return this.add({ op: 'assert', assertion: node.assertion, next });
      case 'capture': {
        const end = this.add({ op: 'save', slot: node.index * 2 + 1, next });
        return this.add({ op: 'save', slot: node.index * 2, next: this.emit(node.node, end) });
      }
      case 'concat':
        return node.nodes.reduceRight((after, child) => this.emit(child, after), next);
      case 'alternate':
        return this.#alternatives(node.nodes, next);
      case 'repeat':
        return this.#repeat(node, next);
    }
  }

  #alternatives(nodes: readonly Node[], next: number): number {
    const starts = nodes.map((node) => this.emit(node, next));
    return starts.reduceRight((second, first) => this.add({ op: 'split', first, second }));
  }

  #repeat({ node, min, max, isGreedy }: Repeat, next: number): number {
    if (node.op === 'empty' || max === 0) return next;
    let after = next;
    let copies = min;
    if (max < 0) {
      after = min === 0 ? this.#star(node, isGreedy, next) : this.#plus(node, isGreedy, next);
      copies = Math.max(0, min - 1);
    } else for (let count = min; count < max; count++) after = this.#split(isGreedy, this.emit(node, after), next);
    for (; copies > 0; copies--) after = this.emit(node, after);
    return after;
  }

  /** A loop over what can be empty is `(?:x+)?`, which gives the order of preference that Perl has. */
  #star(node: Node, isGreedy: boolean, next: number): number {
    if (canBeEmpty(node)) return this.#split(isGreedy, this.#plus(node, isGreedy, next), next);
    return this.#loop(node, isGreedy, next).split;
  }

  #plus(node: Node, isGreedy: boolean, next: number): number {
    return this.#loop(node, isGreedy, next).body;
  }

  #loop(node: Node, isGreedy: boolean, next: number): { readonly split: number; readonly body: number } {
    const step: Step = { op: 'split', first: next, second: next };
    const split = this.add(step);
    const body = this.emit(node, split);
    if (isGreedy) step.first = body;
    else step.second = body;
    return { split, body };
  }

  #split(isGreedy: boolean, inside: number, outside: number): number {
    return this.add({ op: 'split', first: isGreedy ? inside : outside, second: isGreedy ? outside : inside });
  }
}

function canBeEmpty(node: Node): boolean {
  switch (node.op) {
    case 'empty':
    case 'assert':
    case 'capture':
      return node.op !== 'capture' || canBeEmpty(node.node);
    case 'rune':
    case 'set':
    case 'any':
      return false;
    case 'concat':
      return node.nodes.every(canBeEmpty);
    case 'alternate':
      return node.nodes.some(canBeEmpty);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.node);
  }
}

function beginningOf(node: Node): { readonly prefix: string; readonly isAnchored: boolean } {
  const nodes = node.op === 'concat' ? node.nodes : [node];
  const [first] = nodes;
  if (first?.op === 'assert' && first.assertion === 'text-start') return { prefix: '', isAnchored: true };
  let prefix = '';
  for (const child of nodes) {
    // U+FFFD also matches bytes that are not UTF-8.
    if (child.op !== 'rune' || child.rune === 0xfffd) break;
    prefix += String.fromCodePoint(child.rune);
  }
  return { prefix, isAnchored: false };
}
