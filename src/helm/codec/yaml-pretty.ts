import { FunctionError } from '../value/function.ts';
import { formatFloat, SHORTEST } from '../go/float.ts';
import { refuseDepth } from '../go/print.ts';
import { Bytes, GoList, GoMap, Int, isObject, type GoObject, type Value } from '../value/value.ts';
import { Tracked } from '../value/tracked.ts';
import { type Encodable, toEncodable } from './encodable.ts';
import { compareNaturally } from './natural-order.ts';
import { styleOfString } from './scalar-style.ts';
import { type YamlDialect, YamlEmitter } from './yaml-emitter.ts';

const DIALECT: YamlDialect = {
  width: Infinity,
  isListIndented: true,
  encode,
  checkKey: refuseBytes,
  compareKeys: (a, b) => compareNaturally(a, b, true),
  formatNumber: (text) => text,
  styleOf: (text, isSimpleKey) => styleOfString(text, isSimpleKey, true),
};

/** A value as `toYamlPretty` prints it, with the last line break: go-yaml v3 writes it, without a way through JSON. */
export function emitPrettyYaml(value: Tracked): Tracked<string> {
  return new YamlEmitter(DIALECT).emit(value);
}

/** A nil map or slice is an empty one here, bytes are numbers, and 1000000.0 is 1e+06. */
function encode(source: Tracked, depth: number): Encodable {
  refuseDepth(depth);
  const { value, taint } = source;
  if (typeof value === 'number') return { kind: 'number', text: formatYamlNumber(value), source };
  if (value instanceof GoMap && value.isNil) return { kind: 'map', entries: [], source };
  if (value instanceof GoList && value.isNil) return { kind: 'list', items: [], source };
  if (value instanceof Bytes) {
    const items = Array.from(value.bytes, (byte) => new Tracked(new Int('uint8', byte), taint.origin));
    return { kind: 'list', items, source };
  }
  if (isObject(value)) return encodeObject(value, source, depth);
  if (typeof value === 'string') {
    refuseBytes(value);
    return { kind: 'string', text: new Tracked(value, source.origin), source };
  }
  return toEncodable(source, depth, (key) => key);
}

function formatYamlNumber(value: number): string {
  if (Number.isFinite(value)) return formatFloat(value, 'g', SHORTEST);
  if (Number.isNaN(value)) return '.nan';
  return value > 0 ? '.inf' : '-.inf';
}

/** go-yaml v3 knows times by their type, versions by their `MarshalText`, and fields by their names in lower case. */
function encodeObject(object: GoObject, source: Tracked, depth: number): Encodable {
  const { origin } = source.taint;
  if (object.toText === undefined || object.isTextOfPointer === true) {
    const entries = Array.from(object.fields, ([name, value]) => {
      return { key: name.toLowerCase(), value: new Tracked<Value>(value, origin) };
    });
    return { kind: 'map', entries, source, isStruct: true };
  }
  const json = object.toJson?.();
  if (object.typeName === 'time.Time' && typeof json === 'string') return { kind: 'number', text: json, source };
  return encode(new Tracked(object.toText(), origin), depth + 1);
}

/** go-yaml v3 would write them as `!!binary`. */
function refuseBytes(text: string): void {
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character.length === 1 && code >= 0xdc80 && code <= 0xdcff) {
      throw new FunctionError('text that is not UTF-8 cannot be printed by toYamlPretty here');
    }
  }
}
