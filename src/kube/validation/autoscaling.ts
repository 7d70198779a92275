import {
  all,
  atLeast,
  between,
  each,
  fields,
  is,
  positive,
  required,
  strictlyOneOf,
  withFeature,
  withSpec,
} from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, PATH_SEGMENT } from './formats.ts';
import { metadata } from './metadata.ts';
import { notNegativeQuantity, positiveQuantity } from './quantity.ts';
import { checkContainerResource } from './resources.ts';

const segment = required(is(PATH_SEGMENT));
const reference = fields({ kind: segment, name: segment });

function hasManySlashes(apiVersion: Field): boolean {
  return apiVersion.text.split('/').length > 2;
}

const TARGET_HELP = 'Write the group and version of the target, as in apps/v1';

/** What is scaled: an object of a group that is named. */
const scaleTarget: Check = (field) => {
  reference(field);
  const version = field.at('apiVersion');
  if (!field.api.has('scaleTargetVersion')) return;
  if (hasManySlashes(version)) version.invalid('is not a group and a version', TARGET_HELP);
  else if (!version.text.includes('/') || version.text.startsWith('/')) {
    version.invalid(version.isSet ? 'does not name a group' : 'is missing', TARGET_HELP);
  }
};

const described = fields({ kind: segment, name: segment }, (object) => {
  const version = object.at('apiVersion');
  if (object.api.has('scaleTargetVersion') && hasManySlashes(version))
    version.invalid('is not a group and a version', 'Write a group and a version, as in apps/v1');
});

const metric = fields({ name: segment });

const TARGET_TYPES = ['Utilization', 'Value', 'AverageValue'];

/** The target of a metric, which must say one of these fields; several only where they are not at odds. */
function target(needed: readonly string[], together: 'together' | 'apart'): Check {
  return fields({ value: positiveQuantity, averageValue: positiveQuantity, averageUtilization: positive }, (field) => {
    const type = field.at('type');
    if (type.isEmpty) type.required();
    else if (!TARGET_TYPES.includes(type.text)) {
      type.invalid(`is not one of ${TARGET_TYPES.join(', ')}`, `Write one of ${TARGET_TYPES.join(', ')}`);
    }
    const given = needed.map((name) => field.at(name)).filter((each) => each.isSet);
    const [first] = needed;
    if (given.length === 0 && first !== undefined) {
      field
        .at(first)
        .required(needed.length > 1 ? `, or ${needed.slice(1).join(', ')}` : '', `Add ${needed.join(' or ')}`);
    }
    if (given.length > 1 && together === 'apart') given[0]?.forbidden(`beside ${given[1]?.step}`);
  });
}

function withTarget(check: Check, targetCheck: Check): Check {
  return (source) => {
    check(source);
    targetCheck(source.at('target'));
  };
}

const usage = target(['averageUtilization', 'averageValue'], 'apart');
const named: Check = (source) => metric(source.at('metric'));

const containerResource = fields({
  name: required((field) => checkContainerResource(field.text, field)),
  container: required(is(DNS_LABEL)),
});

const SOURCES: Readonly<Record<string, Check>> = {
  object: withTarget(
    all(named, (source) => described(source.at('describedObject'))),
    target(['averageValue', 'value'], 'together'),
  ),
  external: withTarget(named, target(['averageValue', 'value'], 'apart')),
  pods: withTarget(named, target(['averageValue'], 'apart')),
  resource: withTarget(fields({ name: required() }), usage),
  containerResource: withTarget(containerResource, usage),
};

const METRIC_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ContainerResource: 'containerResource',
    External: 'external',
    Object: 'object',
    Pods: 'pods',
    Resource: 'resource',
  }),
);

const oneMetric: Check = (item) => {
  const type = item.at('type');
  const expected = METRIC_TYPES.get(type.text);
  if (type.isEmpty) type.required();
  else if (expected === undefined) type.notSupported([...METRIC_TYPES.keys()]);
  else if (!item.at(expected).isSet) item.at(expected).required(`where the type is ${type.text}`);
  for (const name of Object.keys(SOURCES)) {
    if (name !== expected && expected !== undefined && item.at(name).isSet)
      item.at(name).forbidden(`where the type is ${type.text}`);
  }
};

const metrics = each(fields(SOURCES, oneMetric));

const LONGEST_WINDOW = 3600;
const LONGEST_PERIOD = 1800;

const scalingPolicy: Check = (policy) => {
  strictlyOneOf('Percent', 'Pods')(policy.at('type'));
  for (const [name, check] of [
    ['value', positive],
    ['periodSeconds', between(1, LONGEST_PERIOD)],
  ] as const) {
    const field = policy.at(name);
    if (field.isSet) check(field);
    else field.invalid('is missing', `Add ${name}`);
  }
};

/** Rules without policies get those of Kubernetes, so only an empty list is wrong. */
const scalingRules = fields({
  stabilizationWindowSeconds: between(0, LONGEST_WINDOW),
  selectPolicy: strictlyOneOf('Disabled', 'Max', 'Min'),
  policies(list) {
    if (list.size === 0) list.required();
    else each(scalingPolicy)(list);
  },
  tolerance: withFeature('scalingTolerance', notNegativeQuantity),
});

const behavior = fields({ scaleUp: scalingRules, scaleDown: scalingRules });

const replicas: Check = (spec) => {
  const least = spec.at('minReplicas');
  const most = spec.at('maxReplicas');
  atLeast(1)(least);
  if (most.isEmpty) most.invalid(most.isSet ? 'is 0' : 'is missing', 'Write the most replicas that there may be');
  else positive(most);
  if ((most.number ?? 0) < (least.number ?? 1) && !most.isEmpty)
    most.invalid('is less than minReplicas', 'Write minReplicas or more');
};

export const horizontalPodAutoscaler = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(fields({ metrics, behavior }, replicas, (spec) => scaleTarget(spec.at('scaleTargetRef')))),
);

export const horizontalPodAutoscalerV1 = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields({ targetCPUUtilizationPercentage: positive }, replicas, (spec) => scaleTarget(spec.at('scaleTargetRef'))),
  ),
);
