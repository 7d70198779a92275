/** A function of CEL in JavaScript: a method has its receiver first. It throws `noSuchOverload` for other types. */
export type CelFunction = (...args: readonly unknown[]) => unknown;

/** A part of what Kubernetes adds to CEL. Each name has how many arguments it takes, beside a receiver. */
export interface Library {
  /** `name/count`: `find/1` is called as `text.find(pattern)`. */
  readonly methods?: Readonly<Record<string, CelFunction>>;
  /** `quantity/1` is called as `quantity(text)`. */
  readonly functions?: Readonly<Record<string, CelFunction>>;
  /** `sets.contains/2` is called as `sets.contains(a, b)`. */
  readonly namespaced?: Readonly<Record<string, CelFunction>>;
}
