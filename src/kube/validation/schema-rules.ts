import { estimateCost } from '../cel/compile/cost.ts';
import { BOOL, optionalOf, STRING, type CelType } from '../cel/compile/type.ts';
import { expressionsIn } from '../cel/compile/walk.ts';
import type { Expression } from '../cel/compile/expression.ts';
import { times } from '../cel/compile/size.ts';
import { checkFieldPath } from './crd-field-path.ts';
import { compileField } from './expression-issue.ts';
import type { Field } from './field.ts';
import { declare, sizeAt, type Declared } from './schema-type.ts';

/** What one rule, and all rules of a schema, may cost. Source: validation.go in k8s.io/apiextensions-apiserver. */
const MOST_OF_RULE = 10_000_000;
const MOST_OF_SCHEMA = 100_000_000;

const MOST_BYTES = 3 * 1024 * 1024;

interface Place {
  readonly isResource: boolean;
  /** How often what the schema describes can be there; undefined where there is no limit. */
  readonly often: number | undefined;
  /** What is between the root and this whose items have no identity over time, so that there is no `oldSelf`. */
  readonly uncorrelated: string | undefined;
  readonly total: Total;
}

interface Total {
  cost: number;
  /** Whether a rule alone costs too much. */
  isReported: boolean;
}

/** Checks `x-kubernetes-validations` of a schema that is right otherwise. */
export function checkRulesOfSchema(schema: Field): void {
  const total: Total = { cost: 0, isReported: false };
  visit(schema, { isResource: true, often: 1, uncorrelated: undefined, total });
  if (total.cost > MOST_OF_SCHEMA && !total.isReported) {
    schema.forbidden(
      `to have rules that could cost more than ${MOST_OF_SCHEMA} units together; ${comparison(total.cost, MOST_OF_SCHEMA)}`,
      LIMITS,
    );
  }
}

function visit(schema: Field, place: Place): void {
  if (schema.node?.kind !== 'mapping') return;
  if (schema.says('x-kubernetes-validations')) checkRules(schema, place);
  const { total, uncorrelated } = place;
  const mapType = schema.says('x-kubernetes-map-type') ? schema.at('x-kubernetes-map-type').text : '';
  const below = (often: number | undefined, isAtomic: string | undefined): Omit<Place, 'isResource'> => ({
    often: often === undefined || place.often === undefined ? undefined : times(place.often, often),
    uncorrelated: uncorrelated ?? isAtomic,
    total,
  });
  const most = factorOf(schema);
  for (const [, property] of schema.says('properties') ? schema.at('properties').entries() : []) {
    visit(property, {
      ...below(most, mapType === 'atomic' ? 'an atomic map' : undefined),
      isResource: isEmbedded(property),
    });
  }
  const additional = schema.says('additionalProperties') ? schema.at('additionalProperties') : undefined;
  if (additional !== undefined) visit(additional, { ...below(most, undefined), isResource: isEmbedded(additional) });
  if (schema.says('items')) {
    const items = schema.at('items');
    const isAtomic = schema.at('x-kubernetes-list-type').text === 'map' ? undefined : 'a list that is not a map';
    visit(items, { ...below(most, isAtomic), isResource: isEmbedded(items) });
  }
}

function isEmbedded(schema: Field): boolean {
  return schema.says('x-kubernetes-embedded-resource') && schema.at('x-kubernetes-embedded-resource').isTrue;
}

/** How many children there can be for each of a schema; undefined for no limit. */
function factorOf(schema: Field): number | undefined {
  const type = schema.at('type').text;
  if (type === 'array') return limitOf(schema, 'maxItems');
  if (type === 'object' && schema.says('additionalProperties')) return limitOf(schema, 'maxProperties');
  return 1;
}

function limitOf(schema: Field, keyword: string): number | undefined {
  const limit = schema.says(keyword) ? schema.at(keyword).number : undefined;
  return limit === undefined ? undefined : Math.max(0, limit);
}

const LIMITS = 'Add maxItems, maxProperties and maxLength to the lists, maps and texts that it reads, or simplify it';

function checkRules(schema: Field, place: Place): void {
  const declared = declare(schema, place.isResource);
  if (declared === undefined) return;
  const often = place.often ?? Math.floor(MOST_BYTES / (declared.least + 1));
  for (const rule of schema.at('x-kubernetes-validations').items()) {
    checkFieldPath(rule.at('fieldPath'), schema);
    checkRule(rule, declared, often, place);
  }
}

function checkRule(item: Field, declared: Declared, often: number, { uncorrelated, total }: Place): void {
  const rule = item.at('rule');
  const old = item.at('optionalOldSelf').isTrue ? optionalOf(declared.type) : declared.type;
  const surroundings = {
    variables: new Map<string, CelType>([
      ['self', declared.type],
      ['oldSelf', old],
    ]),
  };
  const compiled = compileField(rule, surroundings, [BOOL]);
  if (compiled === undefined) return;
  const sizes = (path: readonly string[]) => sizeAt(declared, path);
  const cost = times(estimateCost(compiled.expression, compiled.checked, sizes), often);
  addCost(rule, cost, total);
  const message = item.at('messageExpression');
  const ofMessage = message.text.trim() === '' ? undefined : compileField(message, surroundings, [STRING]);
  if (ofMessage !== undefined) {
    const costOfMessage = estimateCost(ofMessage.expression, ofMessage.checked, sizes);
    addCost(message, costOfMessage, total);
  }
  const usesOld = namesOldSelf(compiled.expression);
  if (usesOld && uncorrelated !== undefined) {
    rule.invalid(
      `uses oldSelf inside of ${uncorrelated}, where the API server cannot tell which item was which`,
      'Write the rule without oldSelf, or at the list or map itself',
    );
  } else if (!usesOld && item.at('optionalOldSelf').isSet) {
    item.at('optionalOldSelf').invalid('is set, but the rule does not use oldSelf', 'Remove optionalOldSelf');
  }
}

function namesOldSelf(root: Expression): boolean {
  for (const { expression } of expressionsIn(root)) {
    if (expression.is === 'name' && /^\.?oldSelf$/.test(expression.name)) return true;
  }
  return false;
}

function addCost(field: Field, cost: number, total: Total): void {
  total.cost += cost;
  if (cost <= MOST_OF_RULE) return;
  total.isReported = true;
  field.forbidden(`to cost more than ${MOST_OF_RULE} units; ${comparison(cost, MOST_OF_RULE)}`, LIMITS);
}

function comparison(cost: number, most: number): string {
  const factor = cost / most;
  return factor > 100
    ? 'it could cost more than 100 times as much'
    : `it could cost ${factor.toFixed(1)} times as much`;
}
