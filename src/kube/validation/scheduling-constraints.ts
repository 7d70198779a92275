import { between, checkFormat, each, fields, is, positive, required, strictlyOneOf, withFeature } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, LABEL_VALUE, QUALIFIED_NAME } from './formats.ts';
import { labelKey, labelSelector, nodeSelector, nodeSelectorTerm } from './selector.ts';

const weight: Check = (term) => {
  const field = term.at('weight');
  if (field.isSet) between(1, 100)(field);
  else field.invalid('is missing', 'Write a number from 1 to 100');
};

/** `matchLabelKeys` and `mismatchLabelKeys`, which add to a label selector. */
function checkLabelKeys(term: Field): void {
  const selector = term.at('labelSelector');
  const lists = ['matchLabelKeys', 'mismatchLabelKeys'].map((name) => term.at(name));
  for (const list of lists) {
    if (list.size > 0 && !selector.isSet)
      list.forbidden('without labelSelector', 'Add labelSelector, or remove the keys');
    else each(labelKey)(list);
  }
  const [match, mismatch] = lists.map((list) => list.items());
  const labels = selector.at('matchLabels');
  const expressions = selector.at('matchExpressions').items();
  for (const key of match ?? []) {
    // Only a key that is both a label and an expression is refused.
    if (labels.has(key.text) && expressions.some((expression) => expression.at('key').text === key.text)) {
      key.invalid('is a key of labelSelector, too', 'Leave it in one of the two');
    }
    if (mismatch?.some((other) => other.text === key.text) === true) {
      key.invalid('stands in mismatchLabelKeys, too', 'Leave it in one of the two');
    }
  }
}

const podAffinityTerm = fields(
  {
    labelSelector,
    namespaceSelector: labelSelector,
    namespaces: (list) => each((name) => checkFormat(name.as(), DNS_LABEL))(list.as('namespace')),
    topologyKey: required(is(QUALIFIED_NAME)),
  },
  withFeature('labelKeysInAffinity', checkLabelKeys),
);

const podAffinity = fields({
  requiredDuringSchedulingIgnoredDuringExecution: each(podAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: each(weight, (term) => podAffinityTerm(term.at('podAffinityTerm'))),
});

const nodeAffinity = fields({
  requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
  preferredDuringSchedulingIgnoredDuringExecution: each(weight, fields({ preference: nodeSelectorTerm(false) })),
});

export const affinity = fields({ nodeAffinity, podAffinity, podAntiAffinity: podAffinity });

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export const toleration = fields({ key: is(QUALIFIED_NAME) }, (each) => {
  const operator = each.at('operator');
  const value = each.at('value');
  const effect = each.at('effect');
  if (each.at('key').isEmpty && operator.text !== 'Exists') {
    operator.invalid(
      'is not Exists, but there is no key',
      'Add a key, or write operator: Exists to tolerate every taint',
    );
  }
  if (each.at('tolerationSeconds').isSet && effect.text !== 'NoExecute') {
    effect.invalid(
      'is not NoExecute, but tolerationSeconds is set',
      'Write effect: NoExecute, or remove tolerationSeconds',
    );
  }
  if (operator.text === 'Exists') {
    if (value.text !== '')
      value.invalid('is set, but the operator is Exists', 'Remove value, or write operator: Equal');
  } else if (operator.text === 'Equal' || operator.isEmpty) {
    if (!LABEL_VALUE.test(value.text)) checkFormat(value, LABEL_VALUE);
  } else operator.notSupported(['Equal', 'Exists']);
  if (effect.text !== '' && !EFFECTS.includes(effect.text)) effect.notSupported(EFFECTS);
});

const policy = strictlyOneOf('Honor', 'Ignore');

const spreadConstraint = fields(
  {
    topologyKey: required(),
    labelSelector,
    minDomains: positive,
    nodeAffinityPolicy: policy,
    nodeTaintsPolicy: policy,
  },
  (constraint) => {
    const skew = constraint.at('maxSkew');
    if (skew.isEmpty) skew.invalid(skew.isSet ? 'is 0' : 'is missing', 'Write 1 or more');
    else positive(skew);
    const action = constraint.at('whenUnsatisfiable');
    strictlyOneOf('DoNotSchedule', 'ScheduleAnyway')(action);
    const minDomains = constraint.at('minDomains');
    if (minDomains.isSet && action.text !== 'DoNotSchedule') {
      minDomains.invalid(
        'is set, but whenUnsatisfiable is not DoNotSchedule',
        'Write whenUnsatisfiable: DoNotSchedule, or remove minDomains',
      );
    }
    checkLabelKeys(constraint);
  },
);

export const topologySpreadConstraints: Check = (list) => {
  each(spreadConstraint)(list);
  const seen = new Set<string>();
  for (const constraint of list.items()) {
    const key = `${constraint.at('topologyKey').text} ${constraint.at('whenUnsatisfiable').text}`;
    if (seen.has(key))
      constraint.at('topologyKey').duplicate('topologyKey and whenUnsatisfiable of another constraint');
    seen.add(key);
  }
};
