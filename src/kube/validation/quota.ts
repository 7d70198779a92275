import { all, checkFormat, each, fields, withSpec } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_SUBDOMAIN, QUALIFIED_NAME } from './formats.ts';
import { metadata } from './metadata.ts';
import { resourceQuantityOf } from './quantity.ts';
import {
  checkAmount,
  checkContainerResource,
  checkResourceName,
  isHugePages,
  isQuotaResource,
  type NameCheck,
} from './resources.ts';

/** Which resources a scope of a quota can limit. */
const COMPUTE = ['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const SCOPES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Terminating: COMPUTE,
    NotTerminating: COMPUTE,
    BestEffort: ['pods'],
    NotBestEffort: COMPUTE,
    PriorityClass: COMPUTE,
    CrossNamespacePodAffinity: COMPUTE,
    VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
  }),
);

const OPPOSITES = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];

function checkScope(scope: Field, resources: readonly string[]): void {
  const allowed = SCOPES.get(scope.text);
  if (allowed === undefined)
    return scope.invalid('is not a scope of quotas', `Write one of ${[...SCOPES.keys()].join(', ')}`);
  const wrong = resources.find((resource) => isQuotaResource(resource) && !allowed.includes(resource));
  if (wrong !== undefined) scope.invalid(`cannot limit ${wrong}`, `Make a quota of its own for ${wrong}`);
}

function checkOpposites(list: Field, scopes: readonly string[]): void {
  for (const pair of OPPOSITES) {
    if (pair.every((scope) => scopes.includes(scope)))
      list.invalid(`has both ${pair.join(' and ')}`, 'Leave one of the two');
  }
}

/** Scopes that are there or not, and have no values. */
const WITHOUT_VALUES = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity'];

function checkSelector(expression: Field, resources: readonly string[]): void {
  const scope = expression.at('scopeName');
  const operator = expression.at('operator');
  const values = expression.at('values');
  checkScope(scope, resources);
  if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator.text)) {
    operator.invalid('is not a known operator', 'Write In, NotIn, Exists or DoesNotExist');
  } else if (WITHOUT_VALUES.includes(scope.text) && operator.text !== 'Exists') {
    operator.invalid(`is not Exists, the only operator for ${scope.text}`, 'Write Exists');
  } else if (operator.text.endsWith('In') && values.size === 0) {
    values.required(`when the operator is ${operator.text}`);
  } else if (!operator.text.endsWith('In') && values.size > 0) {
    values.invalid(`is set, but the operator is ${operator.text}`, 'Remove values');
  }
}

const quotaName: NameCheck = (resource, field) => {
  if (resource.includes('/') || !QUALIFIED_NAME.test(resource)) checkResourceName(resource, field);
  else if (!isQuotaResource(resource)) {
    field.invalid(
      'is not a resource that a quota can limit',
      'Write a resource such as requests.cpu, or count/ and a resource, as in count/deployments.apps',
    );
  }
};

export const resourceQuota = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec((spec) => {
    const hard = spec.at('hard');
    for (const [resource, amount] of hard.entries()) {
      quotaName(resource, amount);
      checkAmount(resource, amount);
    }
    const scopes = spec.at('scopes');
    for (const scope of scopes.items()) checkScope(scope, hard.keys());
    checkOpposites(scopes, scopes.texts());
    const expressions = spec.at('scopeSelector', 'matchExpressions');
    for (const expression of expressions.items()) checkSelector(expression, hard.keys());
    checkOpposites(
      expressions,
      expressions.items().map((each) => each.at('scopeName').text),
    );
  }),
);

const LIMIT_TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];
const LISTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

const limitType: Check = (limit) => {
  const type = limit.at('type');
  if (type.isEmpty) type.invalid(type.isSet ? 'is empty' : 'is missing', `Write one of ${LIMIT_TYPES.join(', ')}`);
  else if (!QUALIFIED_NAME.test(type.text)) checkFormat(type, QUALIFIED_NAME);
  else if (!type.text.includes('/') && !LIMIT_TYPES.includes(type.text)) {
    type.invalid('is not a type of limits', `Write one of ${LIMIT_TYPES.join(', ')}`);
  }
};

/** The amounts of one resource, after the API server has filled in what follows from the others. */
function amountsOf(limit: Field, resource: string): Record<(typeof LISTS)[number], bigint | undefined> {
  const [max, min, own, ownRequest, maxLimitRequestRatio] = LISTS.map((list) => amountOf(limit.at(list), resource));
  const isContainer = limit.at('type').text === 'Container';
  const byDefault = own ?? (isContainer ? max : undefined);
  const request = ownRequest ?? (isContainer ? (byDefault ?? min) : undefined);
  return { max, min, default: byDefault, defaultRequest: request, maxLimitRequestRatio };
}

/** Null is an amount of zero. */
function amountOf(list: Field, resource: string): bigint | undefined {
  if (!list.has(resource)) return undefined;
  return list.at(resource).isSet ? resourceQuantityOf(list.at(resource)) : 0n;
}

const ONE = 10n ** 9n;

/** Whether a ratio is greater than that of two amounts. */
function isAbove(ratio: bigint, max: bigint, min: bigint): boolean {
  return min < 0n || ratio * min > max * ONE;
}

function checkAmounts(limit: Field, resource: string): void {
  const amounts = amountsOf(limit, resource);
  const { max, min, default: byDefault, defaultRequest: request, maxLimitRequestRatio: ratio } = amounts;
  const order = [
    ['min', 'max'],
    ['min', 'defaultRequest'],
    ['defaultRequest', 'max'],
    ['defaultRequest', 'default'],
    ['min', 'default'],
    ['default', 'max'],
  ] as const;
  for (const [lower, upper] of order) {
    const [low, high] = [amounts[lower], amounts[upper]];
    if (low === undefined || high === undefined || low <= high) continue;
    const place = [lower, upper].find((list) => limit.at(list).has(resource)) ?? upper;
    limit
      .at(place, resource)
      .invalid(`makes ${lower} greater than ${upper}`, `Write ${lower} no greater than ${upper}`);
  }
  const place = limit.at('maxLimitRequestRatio', resource);
  if (ratio !== undefined && ratio < ONE) place.invalid('is less than 1', 'Write 1 or more');
  if (ratio !== undefined && min !== undefined && max !== undefined && min !== 0n && isAbove(ratio, max, min)) {
    place.invalid('is greater than max divided by min', 'Write a lower ratio');
  }
  const isFixed = resource.includes('/') ? !resource.includes('kubernetes.io/') : isHugePages(resource);
  if (isFixed && byDefault !== undefined && request !== undefined && byDefault !== request) {
    limit.at('defaultRequest', resource).invalid('is not equal to default', 'Write the same amount');
  }
}

const limit = fields({}, limitType, (item) => {
  const type = item.at('type').text;
  const checkName = type === 'Pod' || type === 'Container' ? checkContainerResource : checkResourceName;
  const lists = type === 'Pod' ? LISTS.filter((list) => !list.startsWith('default')) : LISTS;
  const resources = new Set<string>();
  for (const [resource, amount] of lists.flatMap((list) => item.at(list).entries())) {
    checkName(resource, amount);
    resources.add(resource);
  }
  for (const resource of resources) checkAmounts(item, resource);
  for (const list of ['default', 'defaultRequest']) {
    if (type === 'Pod' && item.at(list).size > 0) item.at(list).forbidden('where the type is Pod');
  }
  const hasStorage = ['min', 'max'].some((list) => item.at(list).has('storage'));
  if (type === 'PersistentVolumeClaim' && !hasStorage)
    item.required('with min or max of storage', 'Add min or max with the key storage');
});

export const limitRange = all(
  metadata({ name: DNS_SUBDOMAIN, needsName: false }),
  withSpec((spec) => {
    const limits = spec.at('limits');
    each(limit)(limits);
    const seen = new Set<string>();
    for (const type of limits.items().map((item) => item.at('type'))) {
      if (seen.has(type.text)) type.duplicate(`the type ${type.text}`);
      seen.add(type.text);
    }
  }),
);
