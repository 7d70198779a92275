import { atMost100Percent, numberOrPercentage } from './amount.ts';
import { all, fields, is, notNegative, oneOf, required, withFeature, withSpec } from './checks.ts';
import { claimSpec } from './claim.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, DNS_SUBDOMAIN } from './formats.ts';
import { metadata } from './metadata.ts';
import { checkPodTemplate, checkTemplateMetadata, checkTemplateSpec } from './pod.ts';
import { checkHasLabels, checkSelectsOwnPods, labelSelector, selectsAll } from './selector.ts';

function isZero(field: Field, byDefault: number): boolean {
  if (!field.isSet) return byDefault === 0;
  return field.number === 0 || (field.number === undefined && !/^0*[1-9]/.test(field.text));
}

/** What Pods of a controller cannot have: they run until it stops them. */
function checkRunsForever(template: Field): void {
  const spec = template.at('spec');
  const restart = spec.at('restartPolicy');
  if (!restart.isEmpty && restart.text !== 'Always') restart.notSupported(['Always']);
  const deadline = spec.at('activeDeadlineSeconds');
  if (deadline.isSet) deadline.forbidden('in a template of Pods that run until they are stopped');
}

/** The selector and the template of a controller. */
const selectorAndTemplate: Check = (spec) => {
  const selector = spec.at('selector');
  const template = spec.at('template');
  if (!selector.isSet) selector.required();
  else if (selectsAll(selector)) selector.invalid('selects every Pod', 'Add matchLabels');
  labelSelector(selector);
  checkSelectsOwnPods(selector, template);
  checkRunsForever(template);
};

const withTemplate: Check = (spec) => {
  selectorAndTemplate(spec);
  checkPodTemplate(spec.at('template'));
};

const strategy: Check = (field) => {
  oneOf('Recreate', 'RollingUpdate')(field.at('type'));
  const rolling = field.at('rollingUpdate');
  if (field.at('type').text === 'Recreate') {
    if (rolling.isSet) rolling.forbidden('where the type is Recreate');
    return;
  }
  const unavailable = rolling.at('maxUnavailable');
  const surge = rolling.at('maxSurge');
  numberOrPercentage(unavailable);
  numberOrPercentage(surge);
  atMost100Percent(unavailable);
  if (isZero(unavailable, 1) && isZero(surge, 1)) {
    unavailable.invalid('is 0 like maxSurge, so that no Pod can ever be replaced', 'Write 1 or more in one of the two');
  }
};

const DEFAULT_DEADLINE = 600;

export const deployment = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields(
      {
        replicas: notNegative,
        minReadySeconds: notNegative,
        revisionHistoryLimit: notNegative,
        progressDeadlineSeconds: notNegative,
        strategy,
      },
      withTemplate,
      (spec) => {
        const deadline = spec.at('progressDeadlineSeconds');
        const least = spec.at('minReadySeconds').number ?? 0;
        if ((deadline.number ?? DEFAULT_DEADLINE) <= least) {
          deadline.invalid(
            deadline.isSet
              ? 'is not greater than minReadySeconds'
              : `is missing and so ${DEFAULT_DEADLINE}, which is not greater than minReadySeconds`,
            'Write more seconds than minReadySeconds',
          );
        }
      },
    ),
  ),
);

export const replicaSet = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(fields({ replicas: notNegative, minReadySeconds: notNegative }, withTemplate)),
);

const daemonStrategy: Check = (field) => {
  oneOf('RollingUpdate', 'OnDelete')(field.at('type'));
  if (field.at('type').text === 'OnDelete') return;
  const unavailable = field.at('rollingUpdate', 'maxUnavailable');
  const surge = field.at('rollingUpdate', 'maxSurge');
  for (const each of [unavailable, surge]) {
    numberOrPercentage(each);
    atMost100Percent(each);
  }
  const hasUnavailable = !isZero(unavailable, 1);
  const hasSurge = !isZero(surge, 0);
  if (hasUnavailable && hasSurge)
    surge.invalid('is set beside a maxUnavailable that is not 0', 'Write maxUnavailable: 0, or remove maxSurge');
  if (!hasUnavailable && !hasSurge) unavailable.required('to be more than 0 where maxSurge is 0', 'Write 1 or more');
};

export const daemonSet = all(
  metadata({ name: DNS_SUBDOMAIN }),
  withSpec(
    fields(
      { minReadySeconds: notNegative, revisionHistoryLimit: notNegative, updateStrategy: daemonStrategy },
      withTemplate,
    ),
  ),
);

const retention = oneOf('Retain', 'Delete');

const statefulStrategy: Check = (field) => {
  const type = field.at('type');
  const rolling = field.at('rollingUpdate');
  if (type.text === 'OnDelete') {
    if (rolling.isSet) rolling.invalid('is set, but the type is OnDelete', 'Remove rollingUpdate');
    return;
  }
  if (!type.isEmpty && type.text !== 'RollingUpdate')
    type.invalid('is not RollingUpdate or OnDelete', 'Write RollingUpdate or OnDelete');
  notNegative(rolling.at('partition'));
  const unavailable = rolling.at('maxUnavailable');
  if (!unavailable.isSet || !unavailable.api.has('maxUnavailableStatefulSet')) return;
  numberOrPercentage(unavailable);
  atMost100Percent(unavailable);
  if (isZero(unavailable, 1)) unavailable.invalid('is 0', 'Write 1 or more');
};

const volumeName = required(is(DNS_LABEL));

export const statefulSet = all(
  metadata({ name: DNS_LABEL }),
  withSpec(
    fields(
      {
        replicas: notNegative,
        minReadySeconds: notNegative,
        serviceName: withFeature('statefulSetServiceName', is(DNS_LABEL)),
        ordinals: fields({ start: notNegative }),
        updateStrategy: statefulStrategy,
        persistentVolumeClaimRetentionPolicy: fields({ whenDeleted: retention, whenScaled: retention }),
        podManagementPolicy(field) {
          if (!['', 'OrderedReady', 'Parallel'].includes(field.text)) {
            field.invalid('is not OrderedReady or Parallel', 'Write OrderedReady or Parallel');
          }
        },
      },
      selectorAndTemplate,
      (spec) => {
        checkTemplateMetadata(spec.at('template'));
        const made = spec.api.has('statefulSetTemplates') ? spec : spec.late();
        const claims = made.at('volumeClaimTemplates').items();
        for (const claim of claims) claimSpec(claim.at('spec'));
        // Each claim is a volume of the Pods, of the same name: that is what the API server looks at.
        for (const claim of made.at('volumeClaimTemplates').as('template', 'spec', 'volumes').items()) {
          volumeName(claim.at('metadata').as().at('name'));
        }
        checkTemplateSpec(
          made.at('template', 'spec'),
          claims.map((claim) => claim.at('metadata', 'name').text),
        );
      },
    ),
  ),
);

export const replicationController = all(
  metadata({ name: DNS_SUBDOMAIN, checksPrefix: false }),
  withSpec(
    fields({ replicas: notNegative, minReadySeconds: notNegative }, (spec) => {
      const selector = spec.at('selector');
      const template = spec.at('template');
      if (selector.size === 0 && template.at('metadata', 'labels').size === 0) selector.required();
      if (!template.isSet) return template.required();
      checkHasLabels(selector, template);
      checkRunsForever(template);
      checkPodTemplate(template);
    }),
  ),
);

export const controllerRevision = all(
  metadata({ name: DNS_SUBDOMAIN }),
  fields({ revision: notNegative }, (object) => {
    const data = object.at('data');
    if (data.isSet && !object.api.has('revisionIsObject')) return;
    if (data.node?.kind !== 'mapping') data.required('as a mapping');
  }),
);
