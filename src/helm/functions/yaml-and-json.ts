import { CodecError } from '../codec/codec-error.ts';
import { originOfDocument, originsInText, toGoValue } from '../codec/decoded-value.ts';
import { decodeJson } from '../codec/json-decode.ts';
import { encodeJson, type JsonStyle } from '../codec/json-encode.ts';
import { emitPrettyYaml } from '../codec/yaml-pretty.ts';
import { emitYaml } from '../codec/yaml-emit.ts';
import { decodeYaml } from '../codec/yaml-decode.ts';
import type { Node } from '../../yaml/node.ts';
import { YamlError } from '../codec/yaml-error.ts';
import { GoList, GoMap } from '../value/value.ts';
import type { Condition } from '../value/origin.ts';
import { deepTaint, mixed, sliceText, Tracked } from '../value/tracked.ts';
import { FunctionError, type HelmFunction, traced, type TrackedParameter } from '../value/function.ts';

type Text = TrackedParameter<'string'>;
type Encode = (value: Tracked) => Tracked<string>;

const COMPACT: JsonStyle = { isHtmlSafe: true, isPretty: false };
const PRETTY: JsonStyle = { isHtmlSafe: true, isPretty: true };
const RAW: JsonStyle = { isHtmlSafe: false, isPretty: false };

const toYaml: Encode = (value) => withoutLastBreak(emitYaml(value));
const toYamlPretty: Encode = (value) => withoutLastBreak(emitPrettyYaml(value));

/** YAML and JSON: Helm's functions, and sprig's where Helm has none. */
export const yamlAndJsonFunctions: Readonly<Record<string, HelmFunction>> = {
  toYaml: quiet(toYaml),
  mustToYaml: strict(toYaml),
  toYamlPretty: quiet(toYamlPretty),
  toJson: quiet((value) => encodeJson(value, COMPACT)),
  mustToJson: strict((value) => encodeJson(value, COMPACT)),
  toPrettyJson: quiet((value) => encodeJson(value, PRETTY)),
  mustToPrettyJson: strict((value) => encodeJson(value, PRETTY)),
  toRawJson: strict((value) => encodeJson(value, RAW)),
  mustToRawJson: strict((value) => encodeJson(value, RAW)),
  fromYaml: decoding((text, condition) => toMap(text, condition, readYaml(text), false)),
  fromYamlArray: decoding((text, condition) => toList(text, condition, readYaml(text), false)),
  fromJson: decoding((text, condition) => toMap(text, condition, readJsonText(text), true)),
  fromJsonArray: decoding((text, condition) => toList(text, condition, readJsonText(text), true)),
  mustFromJson: traced(['string'], (call, { value, origin }) => {
    const text = new Tracked(value, origin);
    const { root, problem } = readJsonText(text);
    if (problem !== undefined) throw new FunctionError(problem);
    const isFull = root?.kind === 'mapping' || root?.kind === 'sequence';
    const decoded = root === undefined ? null : toGoValue(root, originsInText(text, call.condition));
    return new Tracked(decoded, isFull ? originOfDocument(text, call.condition) : text.taint.origin);
  }),
};

/** An encoder whose errors make an empty text. */
function quiet(encode: Encode): HelmFunction {
  return traced(['any'], (_call, { value, origin }) => {
    const tracked = new Tracked(value, origin);
    try {
      return encode(tracked);
    } catch (error) {
      if (error instanceof CodecError) return mixed('', deepTaint(tracked));
      throw error;
    }
  });
}

/** An encoder whose errors end the rendering. */
function strict(encode: Encode): HelmFunction {
  return traced(['any'], (_call, { value, origin }) => {
    try {
      return encode(new Tracked(value, origin));
    } catch (error) {
      throw error instanceof CodecError ? new FunctionError(error.message) : error;
    }
  });
}

function withoutLastBreak(text: Tracked<string>): Tracked<string> {
  return text.value.endsWith('\n') ? sliceText(text, 0, text.value.length - 1) : text;
}

function decoding(decode: (text: Tracked<string>, condition: Condition | undefined) => Tracked): HelmFunction {
  return traced(['string'], (call, { value, origin }: Text) => decode(new Tracked(value, origin), call.condition));
}

/** A document, and what Go says of the text. */
interface Read {
  readonly root: Node | undefined;
  readonly problem: string | undefined;
}

function readYaml({ value }: Tracked<string>): Read {
  try {
    return { root: decodeYaml(value), problem: undefined };
  } catch (error) {
    if (error instanceof YamlError) {
      return { root: undefined, problem: `error converting YAML to JSON: ${error.message}` };
    }
    throw error;
  }
}

function readJsonText({ value }: Tracked<string>): Read {
  try {
    return decodeJson(value);
  } catch (error) {
    if (error instanceof CodecError) return { root: undefined, problem: error.message };
    throw error;
  }
}

/** Helm's `fromYaml` and `fromJson` return errors in the map. JSON's null makes the map nil; YAML's leaves it empty. */
function toMap(
  text: Tracked<string>,
  condition: Condition | undefined,
  { root, problem }: Read,
  isJson: boolean,
): Tracked {
  const { origin } = text.taint;
  const fault = problem ?? typeProblem(root, 'mapping', isJson);
  const isNull = isJson && fault === undefined && root?.kind === 'scalar';
  const read = root?.kind === 'mapping' ? toGoValue(root, originsInText(text, condition)) : undefined;
  const map = read instanceof GoMap ? read : new GoMap(undefined, isNull);
  if (fault !== undefined) map.set('Error', fault, origin);
  return new Tracked(map, map.size === 0 ? origin : originOfDocument(text, condition));
}

/** As `toMap`; an error is the only item. */
function toList(
  text: Tracked<string>,
  condition: Condition | undefined,
  { root, problem }: Read,
  isJson: boolean,
): Tracked {
  const { origin } = text.taint;
  const fault = problem ?? typeProblem(root, 'sequence', isJson);
  if (fault !== undefined) return new Tracked(new GoList([fault], '[]interface {}', [origin]), origin);
  if (root?.kind === 'sequence') {
    const list = toGoValue(root, originsInText(text, condition));
    return new Tracked(list, root.items.length === 0 ? origin : originOfDocument(text, condition));
  }
  return new Tracked(new GoList([], '[]interface {}', undefined, isJson), origin);
}

/** What encoding/json says of a document of another type; null is any type. */
function typeProblem(root: Node | undefined, wanted: 'mapping' | 'sequence', isJson: boolean): string | undefined {
  if (root === undefined || root.kind === wanted || (root.kind === 'scalar' && root.value === null)) return undefined;
  const type = wanted === 'mapping' ? 'map[string]interface {}' : '[]interface {}';
  const problem = `json: cannot unmarshal ${jsonType(root)} into Go value of type ${type}`;
  return isJson ? problem : `error unmarshaling JSON: while decoding JSON: ${problem}`;
}

function jsonType(node: Node): string {
  if (node.kind === 'mapping') return 'object';
  if (node.kind === 'sequence') return 'array';
  return typeof node.value === 'boolean' ? 'bool' : typeof node.value;
}
