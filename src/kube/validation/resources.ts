import { fields, is } from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, QUALIFIED_NAME } from './formats.ts';
import { isWhole, nanosOf, notNegativeQuantity, quantityText, resourceQuantityOf, wholeOf } from './quantity.ts';

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const COUNTED = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];

/** What a ResourceQuota can limit by a plain name. */
const QUOTA_RESOURCES = new Set([
  ...COMPUTE,
  ...COMPUTE.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  'requests.storage',
  ...COUNTED,
]);
const STANDARD_RESOURCES = new Set([...QUOTA_RESOURCES, 'storage']);

export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

export function isQuotaResource(name: string): boolean {
  return QUOTA_RESOURCES.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-');
}

/** Whether a resource is one of Kubernetes itself. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Whether a resource such as `nvidia.com/gpu` has the form of those that nodes offer beside the native ones. */
function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && QUALIFIED_NAME.test(`requests.${name}`);
}

/** Whether more may be asked for than there is, so that a request may be below its limit. */
function canOvercommit(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

export type NameCheck = (resource: string, field: Field) => void;

/** A resource that is known, or has a domain. */
export const checkResourceName: NameCheck = (resource, field) => {
  if (!QUALIFIED_NAME.test(resource)) {
    field.invalid('is not a name of a resource', `Use ${QUALIFIED_NAME.rule}`);
  } else if (
    !resource.includes('/') &&
    !STANDARD_RESOURCES.has(resource) &&
    !isHugePages(resource) &&
    !resource.startsWith('requests.hugepages-')
  ) {
    field.invalid(
      'is not a known resource',
      'Use a known resource such as cpu or memory, or put the domain of the resource before it',
    );
  }
};

/** What a container can ask for. */
export const checkContainerResource: NameCheck = (resource, field) => {
  if (!QUALIFIED_NAME.test(resource)) return checkResourceName(resource, field);
  if (!resource.includes('/')) {
    if (!COMPUTE.includes(resource) && !isHugePages(resource)) {
      field.invalid(
        'is not a resource of containers',
        `Use ${COMPUTE.join(', ')}, hugepages-… or a resource with a domain`,
      );
    }
  } else if (!isNative(resource) && !isExtended(resource)) {
    field.invalid('is not a resource of containers', 'Use the name of an extended resource, as in example.com/gpu');
  }
};

/** What a whole Pod can ask for. */
export const checkPodResource: NameCheck = (resource, field) => {
  if (resource !== 'cpu' && resource !== 'memory' && !isHugePages(resource)) {
    field.notSupported(['cpu', 'memory', 'hugepages-…']);
  }
};

/** The amount of a resource: not negative, and whole where things are counted. */
export function checkAmount(resource: string, field: Field): void {
  notNegativeQuantity(field);
  if (!COUNTED.includes(resource) && !isExtended(resource)) return;
  const nanos = resourceQuantityOf(field);
  if (nanos !== undefined && !isWhole(nanos)) field.invalid('is not a whole number', 'Write a whole number');
}

/** Amounts of resources that are limits. */
export function checkLimits(limits: Field, checkName: NameCheck): void {
  for (const [resource, amount] of limits.entries()) {
    checkName(resource, amount);
    checkAmount(resource, amount);
    if (isHugePages(resource)) checkHugePages(resource, amount);
  }
}

/** `resources` of a container or a Pod: its name, amounts, and requests within limits. */
export function resourceRequirements(checkName: NameCheck): Check {
  return (resources) => {
    const limits = resources.at('limits');
    const requests = resources.at('requests');
    checkLimits(limits, checkName);
    checkLimits(requests, checkName);
    for (const [resource, request] of requests.entries()) checkWithinLimit(resource, request, limits);
    checkHugePagesHaveCompany(resources, [...limits.keys(), ...requests.keys()]);
  };
}

/** Huge pages are for Pods that say what they need besides. */
export function checkHugePagesHaveCompany(resources: Field, named: readonly string[]): void {
  if (named.some(isHugePages) && !named.includes('cpu') && !named.includes('memory')) {
    resources.forbidden(
      'with huge pages alone: a limit or request of cpu or memory is needed, too',
      'Add a limit of cpu or memory',
    );
  }
}

function checkHugePages(resource: string, amount: Field): void {
  const pageSize = nanosOf(resource.slice('hugepages-'.length));
  const nanos = resourceQuantityOf(amount);
  const isMultiple =
    pageSize !== undefined &&
    pageSize > 0n &&
    isWhole(pageSize) &&
    (nanos === undefined || wholeOf(nanos) % wholeOf(pageSize) === 0n);
  if (!isMultiple)
    amount.invalid('is not a multiple of the page size', `Write a multiple of ${resource.slice('hugepages-'.length)}`);
}

function checkWithinLimit(resource: string, request: Field, limits: Field): void {
  const limit = limits.at(resource);
  if (!limits.has(resource)) {
    if (!canOvercommit(resource))
      limit.required(`where ${resource} is requested`, `Add a limit of ${resource} that is equal to the request`);
    return;
  }
  if (quantityText(request) === quantityText(limit)) return;
  const wanted = resourceQuantityOf(request) ?? 0n;
  const most = resourceQuantityOf(limit) ?? 0n;
  if (canOvercommit(resource)) {
    if (wanted > most)
      request.invalid(`is more than the limit of ${resource}`, 'Lower the request, or raise the limit');
  } else if (wanted !== most) {
    request.invalid(`is not equal to the limit of ${resource}`, 'Write the same amount as the limit');
  }
}

const claim = fields({ request: is(DNS_LABEL) });

/** @param known the names of the claims of the Pod */
export function checkClaims(claims: Field, known: ReadonlySet<string>): void {
  const seen = new Set<string>();
  for (const item of claims.items()) {
    const name = item.at('name');
    claim(item);
    if (name.isEmpty) {
      name.required();
      continue;
    }
    const request = item.at('request').text;
    const key = request === '' ? name.text : `${name.text}/${request}`;
    const overlaps = request === '' && [...seen].some((each) => each.startsWith(`${name.text}/`));
    if (seen.has(name.text) || seen.has(key) || overlaps) name.duplicate(`the claim ${name.text}`);
    seen.add(key);
    if (!known.has(name.text)) {
      name.notFound(
        'is not among spec.resourceClaims of the Pod',
        'Add the claim to spec.resourceClaims, or correct the name',
      );
    }
  }
}
