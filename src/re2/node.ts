import type { RuneSet } from './rune-set.ts';

/** An assertion about the place between two characters. */
export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word-boundary' | 'no-word-boundary';

/** A regular expression as RE2 understands it. */
export type Node =
  | { readonly op: 'empty'; readonly height: number }
  | { readonly op: 'rune'; readonly rune: number; readonly height: number }
  | { readonly op: 'set'; readonly set: RuneSet; readonly height: number }
  | { readonly op: 'any'; readonly withNewline: boolean; readonly height: number }
  | { readonly op: 'assert'; readonly assertion: Assertion; readonly height: number }
  | { readonly op: 'capture'; readonly index: number; readonly node: Node; readonly height: number }
  | Repeat
  | { readonly op: 'concat' | 'alternate'; readonly nodes: readonly Node[]; readonly height: number };

export interface Repeat {
  readonly op: 'repeat';
  readonly node: Node;
  readonly min: number;
  /** -1 means without end. */
  readonly max: number;
  readonly isGreedy: boolean;
  /** Written as `{n,m}`, which counts towards the limit of 1000 copies. */
  readonly isCounted: boolean;
  readonly height: number;
}

/** What Go's regexp/syntax reports; its text is the same. */
export class RegexpError extends Error {
  override readonly name = 'RegexpError';

  constructor(code: string, expression: string) {
    super(`error parsing regexp: ${code}: \`${expression}\``);
  }
}
