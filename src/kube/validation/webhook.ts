import { all, between, checkFormat, each, fields, is, onlyOne, portNumber, required, strictlyOneOf } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL_1035, DNS_SUBDOMAIN, QUALIFIED_DOMAIN, QUALIFIED_NAME } from './formats.ts';
import { metadata } from './metadata.ts';
import { labelSelector } from './selector.ts';

/** A list in which "*" stands alone. */
function aloneIfAny(list: Field): void {
  if (list.size > 1 && list.texts().includes('*'))
    list.invalid('has "*" beside others', 'Leave "*" alone, or remove it');
}

const anyOf: Check = required(aloneIfAny);
const noEmpty: Check = each(required());

const resources: Check = required((list) => {
  const texts = list.texts();
  const anySubresource = new Set<string>();
  const anyResource = new Set<string>();
  for (const item of list.items()) {
    const [resource = '', subresource] = item.text.split(/\/(.*)/s);
    if (item.text === '') item.required();
    if (subresource === undefined) continue;
    if (anySubresource.has(resource)) item.invalid(`is part of ${resource}/*`, 'Remove one of the two');
    if (anyResource.has(subresource)) item.invalid(`is part of */${subresource}`, 'Remove one of the two');
    if (subresource === '*') anySubresource.add(resource);
    if (resource === '*') anyResource.add(subresource);
  }
  if (texts.length > 1 && texts.includes('*/*')) list.invalid('has "*/*" beside others', 'Leave "*/*" alone');
  const last = texts.findLast((text) => text !== '' && !text.includes('/'));
  if (texts.includes('*') && last !== undefined && last !== '*')
    list.invalid('has "*" beside others', 'Leave "*" alone, or remove it');
});

/** Which requests a webhook or a policy is about. */
export const ruleWithOperations = fields({
  operations: required(aloneIfAny, each(strictlyOneOf('*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'))),
  apiGroups: anyOf,
  apiVersions: required(aloneIfAny, noEmpty),
  resources,
  scope: strictlyOneOf('*', 'Cluster', 'Namespaced'),
});

export const failurePolicy = strictlyOneOf('Fail', 'Ignore');
export const matchPolicy = strictlyOneOf('Equivalent', 'Exact');

const MOST_CONDITIONS = 64;

export const matchConditions: Check = (list) => {
  if (list.size > MOST_CONDITIONS) list.tooMany(MOST_CONDITIONS);
  const seen = new Set<string>();
  for (const condition of list.items()) {
    const name = condition.at('name');
    required(is(QUALIFIED_NAME))(name);
    const expression = condition.at('expression');
    if (expression.text.trim() === '') expression.required();
    else list.validation.expressions?.checkCondition(expression, list.parent?.at('paramKind').isSet === true);
    if (name.text !== '' && seen.has(name.text)) name.duplicate(`the condition ${name.text}`);
    seen.add(name.text);
  }
};

const url: Check = (field) => {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(field.text) ?? [];
  const host = rest?.split(/[/?#]/)[0] ?? '';
  if (scheme?.toLowerCase() !== 'https' || host === '')
    field.invalid('is not a URL of https', 'Write https://host/path');
  else if (host.includes('@')) field.invalid('contains a user', 'Remove the user from the URL');
  else if (/[?#]./.test(field.text)) field.invalid('contains a query or a fragment', 'Write https://host/path alone');
};

const servicePath: Check = (field) => {
  const { text } = field;
  if (text === '' || text === '/') return;
  const steps = text.slice(1).replace(/\/$/, '').split('/');
  if (!text.startsWith('/')) field.invalid('does not begin with "/"', 'Begin the path with "/"');
  else if (!steps.every((step) => DNS_SUBDOMAIN.test(step))) {
    field.invalid(
      'has a part that is not a DNS subdomain',
      'Use lower-case letters, digits, "-" and "." between the slashes',
    );
  }
};

const service = fields({ name: required(), namespace: required(), path: servicePath, port: portNumber });

/** Where a webhook is: a URL or a Service. */
export const clientConfig: Check = (config) => {
  onlyOne(['service', 'url'], 'address')(config);
  if (config.at('url').isSet) url(config.at('url'));
  if (config.at('service').isSet) {
    service(config.at('service'));
  }
};

/** The versions that a webhook understands: one of those that the API server sends must be among them. */
export const reviewVersions = required((list) => {
  const seen = new Set<string>();
  for (const item of list.items()) {
    if (seen.has(item.text)) item.invalid('is there twice', 'Remove one of the two');
    else checkFormat(item, DNS_LABEL_1035);
    seen.add(item.text);
  }
  if (!seen.has('v1') && !seen.has('v1beta1')) list.invalid('has neither v1 nor v1beta1', 'Add v1');
});

const webhook = fields({
  name: required(is(QUALIFIED_DOMAIN)),
  rules: each(ruleWithOperations),
  failurePolicy,
  matchPolicy,
  sideEffects: required(strictlyOneOf('None', 'NoneOnDryRun')),
  timeoutSeconds: between(1, 30),
  namespaceSelector: labelSelector,
  objectSelector: labelSelector,
  reinvocationPolicy: strictlyOneOf('IfNeeded', 'Never'),
  matchConditions,
  admissionReviewVersions: reviewVersions,
});

export const webhookConfiguration = all(metadata({ name: DNS_SUBDOMAIN, knownFinalizers: false }), (object) => {
  const seen = new Set<string>();
  for (const item of object.at('webhooks').items()) {
    webhook(item);
    clientConfig(item.at('clientConfig'));
    const name = item.at('name');
    if (name.text !== '' && seen.has(name.text)) name.duplicate(`the webhook ${name.text}`);
    seen.add(name.text);
  }
});
