import { each, fields, mustBe, notNegative, oneOf, required, strictlyOneOf } from './checks.ts';
import type { Check, Field } from './field.ts';
import { QUALIFIED_NAME } from './formats.ts';
import { containersOf } from './pod-containers.ts';

/** When a Job fails, and when it has succeeded. */

const MOST_RULES = 20;
const MOST_EXIT_CODES = 255;

const qualifiedName = mustBe(QUALIFIED_NAME);
const condition = fields({ status: oneOf('False', 'True', 'Unknown') }, (pattern) => qualifiedName(pattern.at('type')));

const conditions: Check = (list) => {
  if (list.size > MOST_RULES) list.tooMany(MOST_RULES);
  each(condition)(list);
};

const exitCodes = fields({ operator: required(strictlyOneOf('In', 'NotIn')) }, (codes) => {
  const values = codes.at('values');
  if (values.size === 0) values.invalid('has no exit code', 'Add an exit code');
  else if (values.size > MOST_EXIT_CODES) values.tooMany(MOST_EXIT_CODES);
  const seen = new Set<number>();
  let last = -Infinity;
  for (const value of values.items()) {
    const { number = 0 } = value;
    if (number === 0 && codes.at('operator').text === 'In')
      value.invalid('is 0, which is success', 'Remove 0, or write operator: NotIn');
    if (seen.has(number)) value.duplicate(`the exit code ${number}`);
    else if (number < last) value.invalid('is less than the one before it', 'Put the exit codes in ascending order');
    seen.add(number);
    last = number;
  }
});

const failureRule = fields(
  {
    action: required(strictlyOneOf('Count', 'FailIndex', 'FailJob', 'Ignore')),
    onExitCodes: exitCodes,
    onPodConditions: conditions,
  },
  (rule) => {
    const hasCodes = rule.at('onExitCodes').isSet;
    const hasConditions = rule.at('onPodConditions').size > 0;
    if (hasCodes && hasConditions) rule.invalid('has both onExitCodes and onPodConditions', 'Make two rules of it');
    if (!hasCodes && !hasConditions) rule.invalid('has neither onExitCodes nor onPodConditions', 'Add one of the two');
  },
);

/** `podFailurePolicy`. */
export const failurePolicy: Check = (policy) => {
  const rules = policy.at('rules');
  const spec = policy.parent;
  if (rules.size > MOST_RULES) rules.tooMany(MOST_RULES);
  each(failureRule)(rules);
  const names = new Set(
    spec === undefined ? [] : containersOf(spec.at('template', 'spec')).map((each) => each.at('name').text),
  );
  for (const rule of rules.items()) {
    const action = rule.at('action');
    if (action.text === 'FailIndex' && spec?.at('backoffLimitPerIndex').isSet !== true) {
      action.invalid('is FailIndex, which needs backoffLimitPerIndex', 'Add backoffLimitPerIndex to the Job');
    }
    const container = rule.at('onExitCodes', 'containerName');
    if (container.isSet && !names.has(container.text)) {
      container.invalid('is not a container of the template', 'Write the name of a container or an init container');
    }
  }
};

/** How many indexes a list such as `0-3,7` names, or what is wrong with it. */
function countIndexes(text: string, completions: number): number | string {
  let count = 0;
  let last = -1;
  for (const interval of text === '' ? [] : text.split(',')) {
    const [, first, end] = /^([+-]?\d+)(?:-(\d+))?$/.exec(interval) ?? [];
    if (first === undefined) return 'is not a list of indexes';
    const from = Number(first);
    const to = end === undefined ? from : Number(end);
    if (to >= completions) return 'names an index that the Job does not have';
    if (from <= last || (end !== undefined && from >= to)) return 'is not in ascending order';
    count += to - from + 1;
    last = to;
  }
  return count;
}

function checkSuccessRule(rule: Field, completions: number): void {
  const indexes = rule.at('succeededIndexes');
  const count = rule.at('succeededCount');
  if (!indexes.isSet && !count.isSet) rule.required('with succeededCount or succeededIndexes', 'Add succeededCount');
  const named = countIndexes(indexes.text, completions);
  if (typeof named === 'string')
    indexes.invalid(named, 'Write indexes and ranges of them in ascending order, as in 0-3,7');
  notNegative(count);
  const most = indexes.isSet && typeof named === 'number' ? Math.min(named, completions) : completions;
  if ((count.number ?? 0) > most) count.invalid(`is more than ${most}, the number of indexes`, `Write ${most} or less`);
}

/** `successPolicy`. */
export const successPolicy: Check = (policy) => {
  const spec = policy.parent;
  const rules = policy.at('rules');
  if (spec?.at('completionMode').text !== 'Indexed') {
    policy.invalid('is set, but completionMode is not Indexed', 'Add completionMode: Indexed, or remove successPolicy');
    return;
  }
  if (rules.size === 0) rules.required();
  if (rules.size > MOST_RULES) rules.tooMany(MOST_RULES);
  for (const rule of rules.items()) checkSuccessRule(rule, spec.at('completions').number ?? 1);
};
