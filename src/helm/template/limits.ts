/** What a rendering may use before it is given up. */
export interface Limits {
  /** Nodes executed, and the work that functions do (see `call-cost.ts`). */
  readonly steps: number;
  /** UTF-16 units written, those of texts that were thrown away among them. */
  readonly output: number;
  /** Templates that call each other with `template`: Go's own limit. */
  readonly depth: number;
  /** Nested calls of `include` with one name: Helm's own limit. */
  readonly includes: number;
}

export const DEFAULT_LIMITS: Limits = {
  steps: 20_000_000,
  output: 64 * 1024 * 1024,
  depth: 100_000,
  includes: 1000,
};
