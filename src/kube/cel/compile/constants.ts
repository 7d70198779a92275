import { RegexpError } from '../../../re2/node.ts';
import { parseRegexp } from '../../../re2/parse.ts';
import { isGoDuration } from '../../string-formats.ts';
import type { Checked } from './check.ts';
import { CelFault, type Call, type Expression, type Literal } from './expression.ts';
import { checkFormat } from './format-text.ts';
import { DYN, isOptional, isSame, nameOf, unwrapped } from './type.ts';
import { expressionsIn } from './walk.ts';

/**
 * What is constant must be right when an expression is compiled. Source: cel/validator.go of cel-go, and what its planner
 * computes beforehand.
 */
export function checkConstants(root: Expression, checked: Checked): void {
  for (const { expression, isInsideFormat } of expressionsIn(root)) {
    if (expression.is === 'call') checkCall(expression, checked);
    else if (expression.is === 'list' && !isInsideFormat) checkTypes(expression.items, checked);
    else if (expression.is === 'map' && !isInsideFormat) {
      checkTypes(
        expression.entries.map(({ key }) => ({ value: key, isOptional: false })),
        checked,
      );
      checkTypes(expression.entries, checked);
    }
  }
}

/** A list holds values of exactly one type. */
function checkTypes(
  items: readonly { readonly value: Expression; readonly isOptional: boolean }[],
  checked: Checked,
): void {
  const types = items.map(({ value, isOptional: mayBeAbsent }) => {
    const type = checked.typeAt(value);
    return mayBeAbsent && isOptional(type) ? unwrapped(type) : type;
  });
  const [first = DYN] = types;
  const other = types.findIndex((type) => !isSame(type, first));
  if (other === -1) return;
  throw new CelFault(
    `a list or map has values of different types: ${nameOf(first)} and ${nameOf(types[other] ?? DYN)}`,
    items[other]?.value.at ?? 0,
  );
}

function checkCall(call: Call, checked: Checked): void {
  const { name, target } = checked.functionAt(call);
  const [first, second] = call.args;
  if (name === 'matches') {
    checkPattern(first);
    if (target === undefined) checkPattern(second);
  } else if ((name === 'find' || name === 'findAll') && target !== undefined) checkPattern(first);
  else if (name === 'format') checkFormat(call, checked);
  else if (target === undefined && first?.is === 'literal') checkConversion(name, first);
}

function checkPattern(pattern: Expression | undefined): void {
  if (pattern?.is !== 'literal' || pattern.type !== 'string' || faultOf(String(pattern.value)) === undefined) return;
  throw new CelFault(`"${String(pattern.value)}" is not a regular expression of RE2`, pattern.at);
}

/** Why a pattern is not one of RE2. */
function faultOf(pattern: string): string | undefined {
  try {
    parseRegexp(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RegexpError) return error.message;
    throw error;
  }
}

const INTEGER = /^[+-]?\d+$/;

/** Whether a constant text can become a value of a type. */
const CONVERSIONS: Readonly<Record<string, readonly [isRight: (text: string) => boolean, what: string]>> = {
  bool: [(text) => /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text), 'true or false'],
  int: [
    (text) => INTEGER.test(text) && isWithin(BigInt(text.replace('+', '')), -(2n ** 63n), 2n ** 63n - 1n),
    'an integer',
  ],
  uint: [(text) => /^\d+$/.test(text) && isWithin(BigInt(text), 0n, 2n ** 64n - 1n), 'an unsigned integer'],
  double: [(text) => !/^[a-z ]+$/i.test(text) || /^(?:nan|inf|infinity)$/i.test(text), 'a number'],
  duration: [isGoDuration, 'a duration such as 1h30m'],
  timestamp: [isTimestamp, 'a time such as 2030-01-31T12:00:00Z'],
};

function checkConversion(name: string, { type, value, at }: Literal): void {
  const conversion = Object.hasOwn(CONVERSIONS, name) ? CONVERSIONS[name] : undefined;
  if (conversion === undefined) return;
  const [isRight, what] = conversion;
  if (type === 'string' && !isRight(String(value)))
    throw new CelFault(`${name}("${String(value)}"): the text is not ${what}`, at);
  if (name === 'uint' && type === 'int' && typeof value === 'bigint' && value < 0n) {
    throw new CelFault(`uint(${value}): the number is less than 0`, at);
  }
}

function isWithin(value: bigint, least: bigint, most: bigint): boolean {
  return least <= value && value <= most;
}

/** RFC 3339, as far as it is certain. */
function isTimestamp(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d?:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
}
