import { estimateCost } from '../cel/compile/cost.ts';
import { QUANTITY } from '../cel/compile/functions.ts';
import type { Size } from '../cel/compile/size.ts';
import { BOOL, DYN, mapOf, objectType, STRING } from '../cel/compile/type.ts';
import { compileField } from './expression-issue.ts';
import type { Field } from './field.ts';
import { sizeAt, type Declared } from './schema-type.ts';

/** What selects devices. Source: cel/compile.go in k8s.io/dynamic-resource-allocation. */

const MOST_COST = 1_000_000;
const MOST_ATTRIBUTES = 32;

function text(most: number): Declared {
  return { type: STRING, most, least: 2 };
}

function byDomainAndName(value: Declared): Declared {
  const inner: Declared = {
    type: mapOf(STRING, value.type),
    most: MOST_ATTRIBUTES,
    least: 2,
    key: text(32),
    item: value,
  };
  return { type: mapOf(STRING, inner.type), most: MOST_ATTRIBUTES, least: 2, key: text(63), item: inner };
}

const ATTRIBUTE: Declared = { type: DYN, most: 64, least: 1 };

const FIELDS: ReadonlyMap<string, Declared> = new Map([
  ['driver', text(63)],
  // An API server knows it only with the feature gate DRAConsumableCapacity; it may be on.
  ['allowMultipleAllocations', { type: BOOL, most: 1, least: 4 }],
  ['attributes', byDomainAndName(ATTRIBUTE)],
  ['capacity', byDomainAndName({ type: QUANTITY, most: 0, least: 8 })],
]);

const DEVICE: Declared = {
  type: objectType('kubernetes.DRADevice', Object.fromEntries([...FIELDS].map(([name, { type }]) => [name, type]))),
  most: 0,
  least: 2,
  fields: FIELDS,
};

const SURROUNDINGS = { variables: new Map([['device', DEVICE.type]]), canBind: true };

/** Checks the expression of a selector; an attribute, of which nothing is known, may be one, too. */
export function checkSelector(expression: Field): void {
  const compiled = compileField(expression, SURROUNDINGS, [BOOL, DYN]);
  if (compiled === undefined) return;
  const cost = estimateCost(compiled.expression, compiled.checked, sizeOf);
  if (cost > MOST_COST) expression.forbidden(`to cost more than ${MOST_COST} units`, 'Simplify the expression');
}

/** An attribute is as large as any, whether it is named with a dot or in brackets. */
function sizeOf(path: readonly string[]): Size | undefined {
  if (path[0] !== 'device') return undefined;
  const isNamed = path.length === 4 && path[1] === 'attributes' && path[2] === '@values';
  return isNamed ? { min: 0, max: ATTRIBUTE.most } : sizeAt(DEVICE, path);
}
