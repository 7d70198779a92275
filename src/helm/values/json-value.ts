import type { Range, SourceText } from '../../text/source.ts';
import { GoList, GoMap, type Value } from '../value/value.ts';
import type { ValuesPath } from '../value/values-key.ts';
import { originAt } from './originated.ts';

/**
 * Reads the JSON value that begins at an offset, as Go's `json.Decoder` does: what follows it is left alone.
 * @returns undefined when there is none
 */
export function readJson(text: string, start: number): { readonly value: unknown; readonly end: number } | undefined {
  const end = findEnd(text, start);
  try {
    const value: unknown = JSON.parse(text.slice(start, end), refuseInfinity);
    return { value, end };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Go refuses a number beyond float64. */
function refuseInfinity(_key: string, value: unknown): unknown {
  if (value === Infinity || value === -Infinity) throw new SyntaxError('The number is too large.');
  return value;
}

/** Where a value ends, should it be well-formed. */
function findEnd(text: string, start: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[[{]|[\]}]|[^\s"[\]{},:]+/gsy;
  const other = /[\s,:]*/gsy;
  let depth = 0;
  for (let at = start; at < text.length;) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return text.length;
    at = token.lastIndex;
    const [found] = match;
    if (found === '[' || found === '{') depth++;
    else if (found === ']' || found === '}') depth--;
    if (depth <= 0) return depth === 0 && !/[[\]{}"]/.test(found) ? endOfPrimitive(text, start, at) : at;
    other.lastIndex = at;
    other.exec(text);
    at = other.lastIndex;
  }
  return text.length;
}

/** Go ends a number, `true` and the like with the last character that can belong to it: `1b=2` is 1, then `b=2`. */
function endOfPrimitive(text: string, start: number, end: number): number {
  const primitive = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null/y;
  primitive.lastIndex = start;
  return primitive.exec(text) === null ? end : primitive.lastIndex;
}

/** A JSON value as in Go: all numbers are floats. Every entry and item comes from the same place of a source. */
export function originateJson(json: unknown, path: ValuesPath, source: SourceText, range: Range): Value {
  if (typeof json === 'string') return withoutSurrogates(json);
  if (typeof json === 'number' || typeof json === 'boolean' || json === null) return json;
  if (Array.isArray(json)) {
    const paths = json.map((_, index) => [...path, index]);
    return new GoList(
      json.map((item, index) => originateJson(item, paths[index] ?? path, source, range)),
      '[]interface {}',
      paths.map((itemPath) => originAt(itemPath, source, range, range)),
    );
  }
  const map = new GoMap();
  for (const [name, value] of Object.entries(Object(json) as Record<string, unknown>)) {
    const key = withoutSurrogates(name);
    const keyPath = [...path, key];
    map.set(key, originateJson(value, keyPath, source, range), originAt(keyPath, source, range, range));
  }
  return map;
}

/** encoding/json reads half of a surrogate pair as U+FFFD. */
function withoutSurrogates(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}
