import { all, checkFormat, each, fields, is, required, strictlyOneOf, withSpec } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL_1035, DNS_SUBDOMAIN, PATH_SEGMENT, QUALIFIED_NAME } from './formats.ts';
import { metadata } from './metadata.ts';
import { labelSelector } from './selector.ts';
import { failurePolicy, matchConditions, matchPolicy, ruleWithOperations } from './webhook.ts';

export const paramKind = fields({}, (kind) => {
  const version = kind.at('apiVersion');
  const parts = version.text.split('/');
  const [group, name] = parts.length === 1 ? ['', parts[0] ?? ''] : [parts[0] ?? '', parts[1] ?? ''];
  const isRight = parts.length <= 2 && (group === '' || DNS_SUBDOMAIN.test(group)) && DNS_LABEL_1035.test(name);
  if (version.isEmpty) version.required();
  else if (!isRight) version.invalid('is not a group and a version', 'Write a group and a version, as in apps/v1');
  const field = kind.at('kind');
  if (field.isEmpty) field.required();
  else checkFormat(field, { ...DNS_LABEL_1035, name: 'a name of a kind' }, field.text.toLowerCase());
});

const resourceRule: Check = (rule) => {
  ruleWithOperations(rule);
  const seen = new Set<string>();
  for (const name of rule.at('resourceNames').items()) {
    checkFormat(name, PATH_SEGMENT);
    if (seen.has(name.text)) name.duplicate(`the name ${name.text}`);
    seen.add(name.text);
  }
};

/** Which requests a policy is about. */
export const policyMatch = fields({
  matchPolicy,
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
  resourceRules: each(resourceRule),
  excludeResourceRules: each(resourceRule),
});

/** An expression that must be there; whether it compiles is looked at with all expressions of the policy. */
function expression(field: Field): void {
  if (field.text.trim() === '') field.required();
}

const RESERVED =
  'true false null in as break const continue else for function if import let loop package namespace return var void while';

export const variable: Check = (item) => {
  const name = item.at('name');
  if (name.text.trim() === '') name.required();
  else if (!/^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name.text) || RESERVED.split(' ').includes(name.text)) {
    name.invalid(
      'is not an identifier of CEL',
      'Use letters, digits and "_", not beginning with a digit, and no word of CEL',
    );
  }
  expression(item.at('expression'));
};

const filled: Check = (field) => {
  if (field.text !== '' && field.text.trim() === '') field.invalid('is blank', 'Write a text, or remove the field');
};

const validation = fields(
  {
    messageExpression: filled,
    message: all(filled, (field) => {
      if (/[\n\r]/.test(field.text.trim())) field.invalid('has several lines', 'Write one line');
    }),
    reason: strictlyOneOf('Forbidden', 'Invalid', 'RequestEntityTooLarge'),
  },
  (item) => expression(item.at('expression')),
);

const MOST_ANNOTATIONS = 20;
const LONGEST_EXPRESSION = 5 * 1024;

const auditAnnotations: Check = (list) => {
  if (list.size > MOST_ANNOTATIONS) list.invalid(`has more than ${MOST_ANNOTATIONS} items`, 'Use fewer annotations');
  const names = list.parent?.parent?.at('metadata');
  // A name that is generated ends in letters and digits.
  const policy = names?.at('name').text || `${names?.at('generateName').text ?? ''}x`;
  const seen = new Set<string>();
  for (const item of list.items()) {
    const key = item.at('key');
    if (!QUALIFIED_NAME.test(`${policy}/${key.text}`)) checkFormat(key, { ...QUALIFIED_NAME, test: () => false });
    if (seen.has(key.text)) key.duplicate(`the key ${key.text}`);
    seen.add(key.text);
    const value = item.at('valueExpression');
    expression(value);
    if (value.text.trim().length > LONGEST_EXPRESSION)
      value.required(`with at most ${LONGEST_EXPRESSION} bytes`, 'Use a shorter expression');
  }
};

export const validatingAdmissionPolicy = all(
  metadata({ name: DNS_SUBDOMAIN, knownFinalizers: false }),
  withSpec(
    fields(
      {
        failurePolicy,
        paramKind,
        matchConditions,
        variables: each(variable),
        validations: each(validation),
        auditAnnotations,
      },
      (spec) => {
        const constraints = spec.at('matchConstraints');
        if (!constraints.isSet) constraints.required();
        else {
          policyMatch(constraints);
          if (constraints.at('resourceRules').size === 0) constraints.at('resourceRules').required();
        }
        if (spec.at('validations').size + spec.at('auditAnnotations').size === 0) {
          spec.at('validations').required('where there are no auditAnnotations');
        }
        spec.validation.expressions?.checkPolicy(spec);
      },
    ),
  ),
);

export const paramRef: Check = (reference) => {
  const name = reference.at('name');
  const selector = reference.at('selector');
  if (name.isEmpty && !selector.isSet) reference.required('with name or selector', 'Add name or selector');
  if (!name.isEmpty) checkFormat(name, PATH_SEGMENT);
  if (!name.isEmpty && selector.isSet) selector.forbidden('beside name', 'Leave name or selector');
  labelSelector(selector);
  const action = reference.at('parameterNotFoundAction');
  if (action.isEmpty) action.required();
  else strictlyOneOf('Allow', 'Deny')(action);
};

const validationActions: Check = (list) => {
  const seen = new Set<string>();
  for (const action of list.items()) {
    strictlyOneOf('Audit', 'Deny', 'Warn')(action);
    if (seen.has(action.text)) action.duplicate(`the action ${action.text}`);
    seen.add(action.text);
  }
  if (seen.has('Deny') && seen.has('Warn')) list.invalid('has both Deny and Warn', 'Leave one of the two');
};

export const validatingAdmissionPolicyBinding = all(
  metadata({ name: DNS_SUBDOMAIN, knownFinalizers: false }),
  withSpec(
    fields({
      policyName: required(is(DNS_SUBDOMAIN)),
      paramRef,
      matchResources: policyMatch,
      validationActions: required(validationActions),
    }),
  ),
);
