import type { Range } from '../text/source.ts';
import type { Entry, Node } from './node.ts';
import type { Problem } from './problem.ts';

/** What a problem is about, as far as its name does not say it. */
export interface Culprit {
  /** The name of an anchor, a key, a tag. */
  readonly text?: string;
  readonly node?: Node;
  readonly entry?: Entry;
  /** Whether a quote was closed only by one on a later line, with text behind it: the fault is where it opens. */
  readonly isOpenQuote?: boolean;
}

/** Why a YAML text cannot be read. It is for those who call the reader to say so in their own words. */
export class YamlFault extends Error {
  override readonly name = 'YamlFault';
  readonly problem: Problem;
  /** Zero-based offsets of what is wrong, as near as it is known. */
  readonly range: Range;
  readonly culprit: Culprit;
  /** The line that go-yaml names, which is not always that of the range; 0 when it names none. */
  readonly line: number;

  constructor(problem: Problem, start: number, end: number, culprit: Culprit = {}, line = 0) {
    super(problem);
    this.problem = problem;
    this.range = { start, end };
    this.culprit = culprit;
    this.line = line;
  }
}
