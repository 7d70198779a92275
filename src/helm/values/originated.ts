import type { Range, SourceText } from '../../text/source.ts';
import type { MappingNode, Node } from '../../yaml/node.ts';
import { GoList, GoMap, type Value } from '../value/value.ts';
import { type Origin, originOfKey } from '../value/origin.ts';
import { ValuesKey, type ValuesPath } from '../value/values-key.ts';

/** A part of a values file that was read as a text of its own. */
export interface SourcePart {
  readonly source: SourceText;
  /** Where it begins in the source. */
  readonly start: number;
}

/** A mapping of a values file as a map of which every entry and item knows its key; paths begin with the given one. */
export function toOriginatedMap(node: MappingNode, part: SourcePart, path: ValuesPath): GoMap {
  const map = new GoMap();
  for (const { key, value, start, end } of node.entries) {
    const keyPath = [...path, key];
    map.set(key, toOriginated(value, part, keyPath), originIn(part, keyPath, { start, end }, value));
  }
  return map;
}

function toOriginated(node: Node, part: SourcePart, path: ValuesPath): Value {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'mapping') return toOriginatedMap(node, part, path);
  const origins = node.items.map((item, index) => originIn(part, [...path, index], item, item));
  const items = node.items.map((item, index) => toOriginated(item, part, [...path, index]));
  return new GoList(items, '[]interface {}', origins);
}

function originIn({ source, start }: SourcePart, path: ValuesPath, key: Range, value: Range): Origin {
  return originAt(path, source, shiftRangeBy(key, start), shiftRangeBy(value, start));
}

function shiftRangeBy({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

/** The origin of what a key holds. */
export function originAt(path: ValuesPath, source: SourceText, key: Range, value: Range): Origin {
  const range = { start: key.start, end: key.end };
  return originOfKey(new ValuesKey(path, source, range, { start: value.start, end: value.end }));
}
