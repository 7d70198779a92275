import type { Bytes, GoList, GoMap, Value } from './value.ts';
import type { Condition, TemplateFile, Site } from './origin.ts';
import { Taint } from './origin.ts';
import { deepTaint, mixed, Tracked } from './tracked.ts';

/** What Go calls a parameter's type, and what a function gets for it here. */
interface ParameterTypes {
  readonly string: string;
  /** A JavaScript integer. */
  readonly int: number;
  readonly int64: bigint;
  readonly float64: number;
  readonly bool: boolean;
  /** `interface {}`: any value; nil arrives as null. */
  readonly any: Value;
  /** `map[string]interface {}`. */
  readonly map: GoMap;
  /** `[]interface {}`. */
  readonly list: GoList;
  /** `[]string`. */
  readonly strings: GoList;
  /** `[]byte`. */
  readonly bytes: Bytes;
}

export type ParameterType = keyof ParameterTypes;

/** The last parameter may be variadic: `...any`. */
export type Signature = readonly (ParameterType | `...${ParameterType}`)[];

/** The arguments of a signature. */
export type Arguments<S extends Signature> = S extends readonly []
  ? []
  : S extends readonly [infer First, ...infer Rest extends Signature]
    ? First extends `...${infer Element extends ParameterType}`
      ? ParameterTypes[Element][]
      : First extends ParameterType
        ? [ParameterTypes[First], ...Arguments<Rest>]
        : never
    : never;

/** The arguments of a signature with their origins. */
export type TrackedArguments<S extends Signature> = S extends readonly []
  ? []
  : S extends readonly [infer First, ...infer Rest extends Signature]
    ? First extends `...${infer Element extends ParameterType}`
      ? TrackedParameter<Element>[]
      : First extends ParameterType
        ? [TrackedParameter<First>, ...TrackedArguments<Rest>]
        : never
    : never;

/** A number that Go calls an int or float64 keeps its JavaScript form; see `ParameterTypes`. */
export interface TrackedParameter<T extends ParameterType> {
  readonly value: ParameterTypes[T];
  readonly origin: Tracked['origin'];
  readonly taint: Taint;
}

/** What a function may ask of the rendering that calls it. */
export interface Call {
  /** The action that calls. */
  readonly site: Site | undefined;
  /** The innermost condition that the action is in. */
  readonly condition?: Condition | undefined;
  /**
   * Takes a value that the function took for one that is not set, and what it gives instead.
   * @param place the entry of a map that it sets to it
   */
  passOver?(passed: Tracked, chosen: Tracked, place?: { readonly map: GoMap; readonly key: string }): void;
  /** Executes a named template: Helm's `include`. */
  include(name: string, data: Tracked): Tracked<string>;
  /** Executes a text as a template: Helm's `tpl`. */
  tpl(text: Tracked<string>, data: Tracked): Tracked<string>;
  /** A file of its own for a text that is executed as a template. */
  readonly file: TemplateFile | undefined;
  /** The next pseudo-random bytes; the same for the same chart. Mark what is made of them as `Taint.random`. */
  randomBytes(count: number): Uint8Array;
  /** The moment of the rendering, in milliseconds since 1970; the same for a whole rendering. */
  readonly now: number;
}

/** A function or method that templates can call. The evaluator checks the arguments against the signature, as Go does. */
export interface HelmFunction {
  readonly signature: Signature;
  /** Whether `any` arguments arrive as they are, `undefined` too: Go's own functions tell no value from a nil. */
  readonly isReflective?: boolean;
  call(call: Call, args: readonly Tracked[]): Tracked;
}

/** Whether what an object has as a method is one. */
export function isHelmFunction(method: object | undefined): method is HelmFunction {
  return method !== undefined && 'signature' in method && 'call' in method;
}

/** What a function returns as an error or panics with: Go's text, without the function's name. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

/** A function that knows nothing of origins: its result keeps the union of all that its arguments hold. */
export function plain<const S extends Signature>(signature: S, run: (...args: Arguments<S>) => Value): HelmFunction {
  return lift(signature, run, deepTaint);
}

/** As `plain`, for a function that looks at its arguments, not into them (`empty`, `kindIs`). */
export function shallow<const S extends Signature>(signature: S, run: (...args: Arguments<S>) => Value): HelmFunction {
  return lift(signature, run, ({ taint }) => taint);
}

/** A function that says itself where its result came from. */
export function traced<const S extends Signature>(
  signature: S,
  run: (call: Call, ...args: TrackedArguments<S>) => Tracked,
): HelmFunction {
  const untyped = run as (call: Call, ...args: readonly Tracked[]) => Tracked;
  return { signature, call: (call, args) => untyped(call, ...args) };
}

function lift<const S extends Signature>(
  signature: S,
  run: (...args: Arguments<S>) => Value,
  taintOf: (argument: Tracked) => Taint,
): HelmFunction {
  const untyped = run as (...args: readonly Value[]) => Value;
  return {
    signature,
    call(_call, args) {
      const value = untyped(...args.map((argument) => argument.value));
      let taint = Taint.none;
      for (const argument of args) taint = taint.with(taintOf(argument));
      return typeof value === 'string' ? mixed(value, taint) : new Tracked(value, taint.origin);
    },
  };
}
