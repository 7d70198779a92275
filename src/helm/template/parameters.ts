import type { HelmFunction, ParameterType } from '../value/function.ts';
import { Bytes, GoList, GoMap, Int, type Value } from '../value/value.ts';
import { Tracked } from '../value/tracked.ts';
import type { ConstantNode, NumberNode } from './node.ts';

/** What an argument is wanted as; `value`: as it is, with no conversion of nils (Go's `reflect.Value`). */
export type WantedType = ParameterType | 'value';

export interface Parameters {
  readonly fixed: readonly WantedType[];
  /** The type of the variadic arguments, if there may be any. */
  readonly rest: WantedType | undefined;
}

const known = new WeakMap<HelmFunction, Parameters>();

/** The parameters of a function, in a form that is quick to check calls against. */
export function parametersOf(called: HelmFunction): Parameters {
  let parameters = known.get(called);
  if (parameters === undefined) {
    parameters = readSignature(called);
    known.set(called, parameters);
  }
  return parameters;
}

function readSignature({ signature, isReflective }: HelmFunction): Parameters {
  const fixed: WantedType[] = [];
  let rest: WantedType | undefined;
  for (const parameter of signature) {
    const isVariadic = parameter.startsWith('...');
    const name = isVariadic ? parameter.slice(3) : parameter;
    const type = isReflective === true && name === 'any' ? 'value' : wantedType(name);
    if (isVariadic) rest = type;
    else fixed.push(type);
  }
  return { fixed, rest };
}

const GO_TYPES: Readonly<Record<WantedType, string>> = {
  string: 'string',
  int: 'int',
  int64: 'int64',
  float64: 'float64',
  bool: 'bool',
  any: 'interface {}',
  map: 'map[string]interface {}',
  list: '[]interface {}',
  strings: '[]string',
  bytes: '[]uint8',
  value: 'reflect.Value',
};

function isWantedType(name: string): name is WantedType {
  return Object.hasOwn(GO_TYPES, name);
}

function wantedType(name: string): WantedType {
  if (isWantedType(name)) return name;
  throw new TypeError(`no parameter type: ${name}`);
}

export function goTypeOf(type: WantedType): string {
  return GO_TYPES[type];
}

/** The nil of a type that a nil may be given to; undefined when none may. */
export function nilOf(type: WantedType, origin: Tracked['origin']): Tracked | undefined {
  switch (type) {
    case 'value':
      return new Tracked(undefined, origin);
    case 'any':
      return new Tracked(null, origin);
    case 'map':
      return new Tracked(new GoMap('map[string]interface {}', true), origin);
    case 'list':
      return new Tracked(new GoList([], '[]interface {}', undefined, true), origin);
    case 'strings':
      return new Tracked(new GoList([], '[]string', undefined, true), origin);
    case 'bytes':
      return new Tracked(new Bytes(new Uint8Array(), true), origin);
    default:
      return undefined;
  }
}

/** A value as a function gets it; undefined when Go cannot assign it to the type. There are no conversions of numbers. */
export function assign(tracked: Tracked, type: WantedType): Tracked | undefined {
  const { value, origin } = tracked;
  switch (type) {
    case 'value':
    case 'any':
      return tracked;
    case 'string':
    case 'bool':
      return typeof value === (type === 'bool' ? 'boolean' : type) ? tracked : undefined;
    case 'float64':
      return typeof value === 'number' ? tracked : undefined;
    case 'int':
      return value instanceof Int && value.kind === 'int' ? new Tracked(Number(value.value), origin) : undefined;
    case 'int64':
      return value instanceof Int && value.kind === 'int64' ? big(value.value, origin) : undefined;
    case 'map':
      if (!(value instanceof GoMap) || !isTable(value)) return undefined;
      return value.type === 'common.Values' ? new Tracked(value.as('map[string]interface {}'), origin) : tracked;
    case 'list':
      return value instanceof GoList && value.type === '[]interface {}' ? tracked : undefined;
    case 'strings':
      return value instanceof GoList && isStrings(value) ? tracked : undefined;
    case 'bytes':
      return value instanceof Bytes ? tracked : undefined;
  }
}

function isTable({ type }: GoMap): boolean {
  return type === 'map[string]interface {}' || type === 'common.Values';
}

function isStrings({ type }: GoList): boolean {
  return type === '[]string' || type === 'common.VersionSet';
}

/** `int64` parameters get a bigint, which templates do not have otherwise. */
function big(value: bigint, origin: Tracked['origin']): Tracked {
  const untyped: unknown = value;
  return new Tracked(untyped as Value, origin);
}

/** A constant as an argument of a type that it can take on; a string is the text of Go's error, without the node. */
export function assignConstant(node: ConstantNode, type: WantedType): Tracked | string {
  switch (type) {
    case 'bool':
      return node.kind === 'bool' ? new Tracked(node.value) : 'expected bool; found';
    case 'string':
      return node.kind === 'string' ? new Tracked(node.text) : 'expected string; found';
    case 'int': {
      const int = node.kind === 'number' ? node.number.int : undefined;
      return int === undefined ? 'expected integer; found' : new Tracked(Number(int));
    }
    case 'int64': {
      const int = node.kind === 'number' ? node.number.int : undefined;
      return int === undefined ? 'expected integer; found' : big(int, new Tracked(null).origin);
    }
    case 'float64': {
      const float = node.kind === 'number' ? node.number.float : undefined;
      return float === undefined ? 'expected float; found' : new Tracked(float);
    }
    default:
      return "can't handle";
  }
}

/** What a number is where any type will do: its spelling decides. A string is the text of an error. */
export function idealNumber({ text, number: { isComplex, float, int, uint } }: NumberNode): number | Int | string {
  if (isComplex) return `${text}: complex numbers are not supported`;
  const isHexadecimal = /^0[xX]./.test(text) && !/[pP]/.test(text);
  if (float !== undefined && !isHexadecimal && !text.startsWith("'") && /[.eEpP]/.test(text)) return float;
  if (int !== undefined) return new Int('int', int);
  return uint === undefined ? `${text} is not a number` : `${text} overflows int`;
}
