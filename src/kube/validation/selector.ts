import { checkFormat, each, fields, mustBe } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_NAME } from './formats.ts';
import { labels } from './metadata.ts';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** The values that an operator wants. */
function checkOperator(requirement: Field, allowed: readonly string[] = OPERATORS): void {
  const operator = requirement.at('operator');
  const values = requirement.at('values');
  const { text } = operator;
  if (!allowed.includes(text)) {
    operator.invalid(
      `${operator.isEmpty ? 'is missing' : 'is not a known operator'}; the operators are ${allowed.join(', ')}`,
      `Write one of ${allowed.join(', ')}`,
    );
  } else if (text === 'In' || text === 'NotIn') {
    if (values.size === 0) values.required(`when the operator is ${text}`);
  } else if (text === 'Gt' || text === 'Lt') {
    if (values.size !== 1) values.required(`with exactly one value when the operator is ${text}`);
  } else if (values.size > 0) {
    values.forbidden(`when the operator is ${text}`);
  }
}

/** A key that must be there: an empty one is not a qualified name either. */
export const labelKey: Check = (field) => {
  if (field.isEmpty) field.invalid(field.isSet ? 'is empty' : 'is missing', 'Name the key of a label');
  else checkFormat(field, QUALIFIED_NAME);
};

const requirement = fields({ values: each(mustBe(LABEL_VALUE)) }, (each) => {
  labelKey(each.at('key'));
  checkOperator(each);
});

/** A label selector, which may be absent. */
export const labelSelector = fields({ matchLabels: labels, matchExpressions: each(requirement) });

/** Whether a selector is there and has no requirement at all, so that it selects everything. */
export function selectsAll(selector: Field): boolean {
  return selector.at('matchLabels').size + selector.at('matchExpressions').size === 0;
}

/** Whether a selector could be read; what is wrong with one that could not is an issue of its own. */
function isReadable(selector: Field): boolean {
  const isRight = ([key, value]: [string, Field]) => QUALIFIED_NAME.test(key) && LABEL_VALUE.test(value.text);
  const isKnown = (expression: Field) => OPERATORS.includes(expression.at('operator').text);
  return selector.at('matchLabels').entries().every(isRight) && selector.at('matchExpressions').items().every(isKnown);
}

/** Checks that a workload's label selector selects its own Pods. */
export function checkSelectsOwnPods(selector: Field, template: Field): void {
  if (!isReadable(selector)) return;
  checkHasLabels(selector.at('matchLabels'), template);
  const found = template.at('metadata', 'labels');
  for (const expression of selector.at('matchExpressions').items()) checkExpression(expression, found);
}

/** Checks that a template has the labels that a workload selects its Pods by. */
export function checkHasLabels(wanted: Field, template: Field): void {
  const found = template.at('metadata', 'labels');
  for (const [key, value] of wanted.entries()) {
    const label = found.at(key);
    if (label.text === value.text && (label.isSet || found.has(key))) continue;
    found
      .at(key)
      .invalid(
        `does not match the selector, which asks for ${found.has(key) ? 'another value' : 'this label'}`,
        `Give the label ${key === '' ? '""' : key} the same value in the selector and in the template`,
      );
  }
}

function checkExpression(expression: Field, found: Field): void {
  const key = expression.at('key').text;
  const isThere = found.has(key);
  const isAmong = isThere && expression.at('values').texts().includes(found.at(key).text);
  const matches = { In: isAmong, NotIn: !isAmong, Exists: isThere, DoesNotExist: !isThere };
  const operator = expression.at('operator').text;
  if (operator in matches && !matches[operator as keyof typeof matches]) {
    found
      .at(key)
      .invalid(
        `does not match the selector (${key} ${operator})`,
        'Change the labels of the template or the selector so that they match',
      );
  }
}

const NODE_OPERATORS = [...OPERATORS, 'Gt', 'Lt'];

const nodeExpression = (checksValues: boolean): Check => {
  return fields({}, (expression) => {
    labelKey(expression.at('key'));
    checkOperator(expression, NODE_OPERATORS);
    if (checksValues && expression.api.has('nodeAffinityValues')) each(mustBe(LABEL_VALUE))(expression.at('values'));
  });
};

const nodeField = fields({}, (expression) => {
  const key = expression.at('key');
  const operator = expression.at('operator');
  const values = expression.at('values');
  if (!['In', 'NotIn'].includes(operator.text)) operator.invalid('is not In or NotIn', 'Write In or NotIn');
  else if (values.size !== 1) values.required('with exactly one value', 'Give one value');
  if (key.text !== 'metadata.name') key.invalid('is not metadata.name', 'Write metadata.name, the only field there is');
  else each(mustBe(DNS_SUBDOMAIN))(values);
});

/** A term of a node selector; the values of preferred ones are not looked at. */
export function nodeSelectorTerm(checksValues: boolean): Check {
  return fields({ matchExpressions: each(nodeExpression(checksValues)), matchFields: each(nodeField) });
}

export const nodeSelector = fields({}, (selector) => {
  const terms = selector.at('nodeSelectorTerms');
  if (terms.size === 0) terms.required();
  else each(requiredTerm)(terms);
});
const requiredTerm = nodeSelectorTerm(true);
