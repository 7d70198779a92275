import { createHash } from 'node:crypto';
import type { Call, HelmFunction } from '../../../src/helm/value/function.ts';
import { GoList, GoMap, isObject, type Value } from '../../../src/helm/value/value.ts';
import { Taint } from '../../../src/helm/value/origin.ts';
import { mixed, Tracked } from '../../../src/helm/value/tracked.ts';
import { ValuesKey } from '../../../src/helm/value/values-key.ts';
import { SourceText } from '../../../src/text/source.ts';

/** A rendering in which chance and clock are known. */
export function fakeCall(): Call {
  let count = 0;
  const fail = (): never => {
    throw new Error('This function renders nothing.');
  };
  return {
    site: undefined,
    file: undefined,
    include: fail,
    tpl: fail,
    now: Date.parse('2024-02-03T04:05:06.700Z'),
    randomBytes(length) {
      const bytes = Buffer.alloc(length);
      for (let at = 0; at < length; at += 32) createHash('sha256').update(String(count++)).digest().copy(bytes, at);
      return bytes;
    },
  };
}

/** Calls a function of a family with values and tracked values; strings and lists may be given as they are. */
export function run(
  family: Readonly<Record<string, HelmFunction>>,
  name: string,
  ...args: readonly unknown[]
): Tracked {
  const found = family[name];
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found.call(
    fakeCall(),
    args.map((arg) => (arg instanceof Tracked ? arg : new Tracked(valueOf(arg)))),
  );
}

/** The result of a call in plain JavaScript; an error as `ERROR: text`. */
export function result(
  family: Readonly<Record<string, HelmFunction>>,
  name: string,
  ...args: readonly unknown[]
): unknown {
  try {
    return plainOf(run(family, name, ...args).value);
  } catch (error) {
    if (error instanceof Error && error.name === 'FunctionError') return `ERROR: ${error.message}`;
    throw error;
  }
}

/** A Go value of lists, maps and scalars in JavaScript; everything else is as it is. */
export function valueOf(value: unknown): Value {
  if (Array.isArray(value)) return new GoList(value.map(valueOf));
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return GoMap.from(Object.entries(value).map(([key, entry]) => [key, valueOf(entry)] as const));
  }
  return value as Value;
}

function plainOf(value: Value): unknown {
  if (value instanceof GoList) return value.isNil ? null : value.items.map(plainOf);
  if (value instanceof GoMap) return Object.fromEntries(value.keys().map((key) => [key, plainOf(value.get(key))]));
  return isObject(value) ? value.toText?.() : value;
}

/** A text that came from a values key. */
export function fromKey(text: string, key: string): Tracked<string> {
  return new Tracked(text, Taint.of(keyNamed(key)).origin);
}

/** Texts of several keys put together: `join(['a', 'x'], ['-'], ['b', 'y'])`. */
export function joined(...parts: readonly (readonly [string, string?])[]): Tracked<string> {
  const pieces = parts.map(([text, key]) => mixed(text, key === undefined ? Taint.none : Taint.of(keyNamed(key))));
  const segments = parts.map(([text], index) => ({
    length: text.length,
    taint: pieces[index]?.taint ?? Taint.none,
    site: undefined,
    offset: undefined,
    condition: undefined,
    isExact: true,
  }));
  const taint = Taint.union(segments.map((segment) => segment.taint));
  return new Tracked(parts.map(([text]) => text).join(''), { taint, segments });
}

const keys = new Map<string, ValuesKey>();

function keyNamed(name: string): ValuesKey {
  const range = { start: 0, end: 1 };
  const key = keys.get(name) ?? new ValuesKey([name], new SourceText('values.yaml', 'a'), range, range);
  keys.set(name, key);
  return key;
}

/** Each stretch of a text and the keys that had a part in it: `['ab<x>', '-<>']`. */
export function traceOf({ value, origin }: Tracked): string[] {
  const text = String(value);
  let at = 0;
  return (origin.segments ?? [{ length: text.length, taint: origin.taint }]).map(({ length, taint }) => {
    at += length;
    const names = [...taint.keys.map((key) => key.name), ...(taint.isRandom ? ['random'] : [])];
    return `${text.slice(at - length, at)}<${names.join(' ')}>`;
  });
}
