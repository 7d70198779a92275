import { printValue } from '../go/print.ts';
import type { Range } from '../../text/source.ts';
import type { TemplateFile } from '../value/origin.ts';
import { isTrue } from '../value/truth.ts';
import type { Tracked } from '../value/tracked.ts';
import { type GoMap, Int, type Value } from '../value/value.ts';
import type { ValuesKey } from '../value/values-key.ts';
import type { Frame } from './frame.ts';
import type { Node } from './node.ts';

/** A false or a zero that a user set, and that a template took for a value that is not set: `false | default true`. */
export interface Override {
  /** The function that took it so: `default`. */
  readonly functionName: string;
  readonly key: ValuesKey;
  readonly value: false | 0;
  /** What came out instead, if it is a boolean or a number: another value may be a secret. */
  readonly result: string | undefined;
  readonly file: TemplateFile;
  /** The call in the template; for a text given to `tpl`, what that text came from. */
  readonly range: Range;
}

interface MapEntry {
  readonly map: GoMap;
  readonly key: string;
}

/** The overrides of one rendering, each place and key once. */
export class Overrides {
  readonly #found = new Map<Node, Map<ValuesKey, Override>>();
  /** Those in maps that were merged, of which nobody may read that key: by map and key. */
  readonly #merged = new Map<object, Map<string, { byKey: Map<ValuesKey, Override>; override: Override }>>();

  /**
   * Notes that a value was passed over. A result that prints the same, or that is empty as well, overrides nothing; nor
   * is there an override where the value is an answer of the template's own and no key has it.
   * @param place the entry of a merged map that has the result; there is an override when the entry is read
   */
  note(frame: Frame, call: Node, passed: Tracked, { value: result }: Tracked, place?: MapEntry): void {
    const value = falseOrZero(passed.value);
    if (value === undefined || !isTrue(result) || printValue(result) === String(value)) return;
    const keys = passed.taint.keys.filter((key) => isWritten(value, key));
    const [key] = keys;
    if (key === undefined || keys.length > 1) return;
    let byKey = this.#found.get(call);
    if (byKey === undefined) this.#found.set(call, (byKey = new Map()));
    if (byKey.has(key)) return;
    const { file, start, end } = frame.siteOf(call.start, call.end);
    const override = { functionName: nameOf(call), key, value, result: describe(result), file, range: { start, end } };
    if (place === undefined) byKey.set(key, override);
    else {
      const { identity } = place.map;
      const entries = this.#merged.get(identity) ?? new Map<string, { byKey: typeof byKey; override: Override }>();
      this.#merged.set(identity, entries.set(place.key, { byKey, override }));
    }
  }

  /** Notes that an entry of a map is read. */
  noteRead(map: GoMap, key: string): void {
    if (this.#merged.size === 0) return;
    const merged = this.#merged.get(map.identity)?.get(key);
    if (merged !== undefined) merged.byKey.set(merged.override.key, merged.override);
  }

  list(): Override[] {
    return [...this.#found.values()].flatMap((byKey) => [...byKey.values()]);
  }
}

function describe(result: Value): string | undefined {
  const isScalar = typeof result === 'boolean' || typeof result === 'number' || result instanceof Int;
  return isScalar ? printValue(result) : undefined;
}

function nameOf(call: Node): string {
  const node = call.kind === 'command' ? call.args[0] : call;
  return node.kind === 'identifier' ? node.name : '';
}

function falseOrZero(value: Value): false | 0 | undefined {
  if (value === false || value === 0) return value;
  return value instanceof Int && value.value === 0n ? 0 : undefined;
}

/** Whether this is what the key's file or flag says, rather than what a template made of it. */
function isWritten(value: false | 0, { source, valueRange }: ValuesKey): boolean {
  const text = source.text.slice(valueRange.start, valueRange.end).trim();
  return value === false ? /^(?:false|no|off|n)$/i.test(text) : text !== '' && Number(text) === 0;
}
