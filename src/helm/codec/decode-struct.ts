import type { Range } from '../../text/source.ts';
import { formatFloat32 } from '../../yaml/key.ts';
import type { Node } from '../../yaml/node.ts';
import { compareBytes } from '../value/bytes.ts';

/** Where a value is decoded to: a Go struct's name, and the JSON names of the fields that lead there. */
export interface Place {
  readonly struct: string;
  readonly path: readonly string[];
}

/** Takes the value of one field. */
export type FieldDecoder = (value: Node, place: Place) => void;

/**
 * Decodes YAML into Go structs as `sigs.k8s.io/yaml` and `encoding/json` do: names match in any case, unknown ones are
 * dropped, numbers and booleans become strings where strings are wanted, null leaves a field as it is, and decoding
 * goes on after a value of the wrong type.
 */
export class StructDecoder {
  /** The first value of a wrong type: encoding/json's message, and where. */
  error: { readonly message: string; readonly range: Range } | undefined;

  /**
   * @param name the struct's name in messages about its fields
   * @param type Go's name of its type in a message about the value as a whole
   * @param fields by the lower-case JSON name
   */
  struct(
    node: Node,
    place: Place | undefined,
    name: string,
    type: string,
    fields: Readonly<Record<string, FieldDecoder>>,
  ): void {
    if (node.kind !== 'mapping') return this.#refuse(node, place, type);
    const path = place?.path ?? [];
    // An object's keys come sorted out of the conversion to JSON; of equal ones the last counts.
    const entries = new Map(node.entries.map((entry) => [entry.key, entry.value]));
    for (const key of [...entries.keys()].sort(compareBytes)) {
      const field = key.toLowerCase();
      const value = entries.get(key);
      if (value === undefined || !Object.hasOwn(fields, field)) continue;
      fields[field]?.(value, { struct: name, path: [...path, JSON_NAMES.get(field) ?? field] });
    }
  }

  string(node: Node, place: Place, before: string): string {
    if (node.kind !== 'scalar') {
      this.#refuse(node, place, 'string');
      return before;
    }
    const { value } = node;
    if (value === null) return before;
    if (typeof value === 'number' && node.integer === undefined) return formatFloat32(value);
    return String(node.integer ?? value);
  }

  boolean(node: Node, place: Place, before: boolean): boolean {
    if (node.kind === 'scalar' && node.value === null) return before;
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
    this.#refuse(node, place, 'bool');
    return before;
  }

  /** The items of a list; undefined for null. */
  list<T>(node: Node, place: Place, type: string, decode: (item: Node, index: number) => T): T[] | undefined {
    if (node.kind === 'sequence') return node.items.map(decode);
    this.#refuse(node, place, type);
    return undefined;
  }

  strings(node: Node, place: Place): string[] | undefined {
    return this.list(node, place, '[]string', (item) => this.string(item, place, ''));
  }

  stringMap(node: Node, place: Place): Map<string, string> | undefined {
    if (node.kind !== 'mapping') {
      this.#refuse(node, place, 'map[string]string');
      return undefined;
    }
    const map = new Map<string, string>();
    for (const { key, value } of [...node.entries].sort((a, b) => compareBytes(a.key, b.key))) {
      map.set(key, this.string(value, place, ''));
    }
    return map;
  }

  #refuse(node: Node, place: Place | undefined, type: string): void {
    if (node.kind === 'scalar' && node.value === null) return;
    const target = place === undefined ? 'value' : `struct field ${place.struct}.${place.path.join('.')}`;
    const message = `json: cannot unmarshal ${jsonKindOf(node)} into Go ${target} of type ${type}`;
    this.error ??= { message: `error unmarshaling JSON: while decoding JSON: ${message}`, range: node };
  }
}

/** JSON names that are not all lower case. */
const JSON_NAMES = new Map(['apiVersion', 'appVersion', 'kubeVersion'].map((name) => [name.toLowerCase(), name]));

function jsonKindOf(node: Node): string {
  if (node.kind === 'mapping') return 'object';
  if (node.kind === 'sequence') return 'array';
  return typeof node.value === 'boolean' ? 'bool' : typeof node.value;
}
