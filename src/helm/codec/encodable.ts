import { goTypeName, MAX_DEPTH } from '../go/print.ts';
import { Bytes, GoList, GoMap, Int, isNil, type GoObject, type Value } from '../value/value.ts';
import { LimitError } from '../value/limit-error.ts';
import { TracedReader } from '../value/traced-reader.ts';
import { entryOf, itemOf, TextBuilder, Tracked } from '../value/tracked.ts';
import { CodecError } from './codec-error.ts';

/** What Go's encoding/json makes of a value, before it is text. Fields of structs are in their order, keys of maps by bytes. */
export type Encodable =
  | { readonly kind: 'null' | 'boolean'; readonly text: string; readonly source: Tracked }
  | { readonly kind: 'number'; readonly text: string; readonly source: Tracked }
  | { readonly kind: 'string'; readonly text: Tracked<string>; readonly source: Tracked }
  | { readonly kind: 'list'; readonly items: readonly Tracked[]; readonly source: Tracked }
  | {
      readonly kind: 'map';
      readonly entries: readonly EncodableEntry[];
      readonly source: Tracked;
      /** Whether it is a struct, whose fields have an order. */
      readonly isStruct?: boolean;
    };

export interface EncodableEntry {
  readonly key: string;
  readonly value: Tracked;
}

/**
 * One level of a value as JSON sees it.
 * @throws CodecError for NaN, infinities and what holds itself
 */
export function toEncodable(source: Tracked, depth: number, keyOf: (key: string) => string = validKey): Encodable {
  const { value, origin } = source;
  if (depth >= MAX_DEPTH && (value instanceof GoMap || value instanceof GoList)) refuseNesting(value);
  if (isNil(value)) return { kind: 'null', text: 'null', source };
  if (typeof value === 'string') return { kind: 'string', text: validText(new Tracked(value, origin)), source };
  if (typeof value === 'boolean') return { kind: 'boolean', text: String(value), source };
  if (typeof value === 'number') return { kind: 'number', text: formatJsonNumber(value), source };
  if (value instanceof Int) return { kind: 'number', text: value.value.toString(), source };
  if (value instanceof Bytes) return encodeBytes(value, source);
  if (value instanceof GoMap) return encodeMap(new Tracked(value, origin), source, keyOf);
  if (value instanceof GoList) return encodeList(new Tracked(value, origin), source);
  return encodeObject(value, source, depth);
}

/** Past this depth encoding/json looks for a value inside of itself, from there on: `startDetectCyclesAfter`. */
function refuseNesting(value: GoMap | GoList): never {
  const open = new Set<Value>();
  const isClosed = new Set<Value>();
  const visit = (inner: Value): void => {
    if (!(inner instanceof GoMap || inner instanceof GoList) || inner.isNil || isClosed.has(inner)) return;
    if (open.has(inner)) throw new CodecError(`json: unsupported value: encountered a cycle via ${goTypeName(inner)}`);
    open.add(inner);
    if (inner instanceof GoList) inner.items.forEach(visit);
    else for (const key of inner.keys()) visit(inner.get(key));
    open.delete(inner);
    isClosed.add(inner);
  };
  visit(value);
  throw new LimitError(`a value is nested deeper than ${MAX_DEPTH} levels`);
}

/** As encoding/json writes a float64, which is as JavaScript does. */
function formatJsonNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  const text = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  throw new CodecError(`json: unsupported value: ${text}`);
}

function encodeMap(map: Tracked<GoMap>, source: Tracked, keyOf: (key: string) => string): Encodable {
  if (map.value.isNil) return { kind: 'null', text: 'null', source };
  const entries = map.value.keys().map((key) => ({ key: keyOf(key), value: entryOf(map, key) }));
  return { kind: 'map', entries, source };
}

function encodeList(list: Tracked<GoList>, source: Tracked): Encodable {
  if (list.value.isNil) return { kind: 'null', text: 'null', source };
  return { kind: 'list', items: list.value.items.map((_, index) => itemOf(list, index)), source };
}

function encodeBytes({ bytes, isNil: isNilSlice }: Bytes, source: Tracked): Encodable {
  if (isNilSlice) return { kind: 'null', text: 'null', source };
  const text = new TextBuilder().append(Buffer.from(bytes).toString('base64'), source.taint, false).toTracked();
  return { kind: 'string', text, source };
}

function encodeObject(object: GoObject, source: Tracked, depth: number): Encodable {
  if (object.toJson !== undefined) return toEncodable(new Tracked(object.toJson(), source.origin), depth + 1);
  const entries = Array.from(object.fields, ([key, value]) => {
    return { key, value: new Tracked<Value>(value, source.taint.origin) };
  });
  return { kind: 'map', entries, source };
}

function isByte(character: string): boolean {
  const code = character.charCodeAt(0);
  return character.length === 1 && code >= 0xdc80 && code <= 0xdcff;
}

/** JSON is UTF-8: each byte that is not becomes U+FFFD. */
function validText(text: Tracked<string>): Tracked<string> {
  if (!/[\udc80-\udcff]/.test(text.value)) return text;
  const builder = new TextBuilder();
  const reader = TracedReader.of(text);
  let at = 0;
  for (const character of text.value) {
    if (isByte(character)) {
      reader.copyTo(at, builder);
      reader.replaceTo(at + 1, '\ufffd', builder);
    }
    at += character.length;
  }
  reader.copyTo(at, builder);
  return builder.toTracked();
}

function validKey(key: string): string {
  return validText(new Tracked(key)).value;
}
