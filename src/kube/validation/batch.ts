import {
  all,
  checkFormat,
  fields,
  notNegative,
  oneOf,
  required,
  strictlyOneOf,
  withFeature,
  withSpec,
} from './checks.ts';
import type { Check, Field } from './field.ts';
import { DNS_LABEL, DNS_SUBDOMAIN, DOMAIN_PREFIXED_PATH } from './formats.ts';
import { failurePolicy, successPolicy } from './job-policy.ts';
import { metadata } from './metadata.ts';
import { checkPodTemplate } from './pod.ts';
import { schedule, timeZone } from './schedule.ts';
import { checkSelectsOwnPods, labelSelector } from './selector.ts';

const MOST_PARALLEL = 100_000;
const MANY_COMPLETIONS = 100_000;
const MOST_PARALLEL_OF_MANY = 10_000;

const managedBy: Check = (field) => {
  if (!field.api.has('jobManagedBy')) return;
  if (field.text === '') field.required();
  else checkFormat(field, DOMAIN_PREFIXED_PATH);
  if (field.text.length > 63) field.tooLong(63);
};

function limit(field: Field, most: number, why: string): void {
  if ((field.number ?? 0) > most) field.invalid(`is more than ${most}, ${why}`, `Write ${most} or less`);
}

/** Completions that are counted one by one, each with its index. */
const indexed: Check = (spec) => {
  const completions = spec.at('completions');
  const failed = spec.at('maxFailedIndexes');
  const limitPerIndex = spec.at('backoffLimitPerIndex');
  const isIndexed = spec.at('completionMode').text === 'Indexed';
  if (failed.isSet && !limitPerIndex.isSet) limitPerIndex.required('where maxFailedIndexes is set');
  if (!isIndexed) {
    for (const field of [limitPerIndex, failed]) {
      if (field.isSet)
        field.invalid('is set, but completionMode is not Indexed', 'Add completionMode: Indexed, or remove the field');
    }
    return;
  }
  if (!completions.isSet && spec.at('parallelism').isSet) completions.required('where completionMode is Indexed');
  limit(spec.at('parallelism'), MOST_PARALLEL, 'the most where completionMode is Indexed');
  limit(failed, MOST_PARALLEL, 'the most there can be');
  const count = completions.number ?? 1;
  if (completions.isSet && (failed.number ?? 0) > count)
    failed.invalid('is more than completions', 'Write completions or less');
  if (count > MANY_COMPLETIONS && limitPerIndex.isSet) {
    if (!failed.isSet) failed.required(`where there are more than ${MANY_COMPLETIONS} completions`);
    limit(failed, MOST_PARALLEL_OF_MANY, 'the most with so many completions');
    limit(spec.at('parallelism'), MOST_PARALLEL_OF_MANY, 'the most with so many completions');
  }
};

const restartPolicy: Check = (spec) => {
  const policy = spec.at('template', 'spec', 'restartPolicy');
  const allowed = ['OnFailure', 'Never'];
  if (policy.isEmpty || policy.text === 'Always') {
    const problem = policy.isEmpty
      ? 'in a Job, where Always, the default, is not allowed'
      : 'to be OnFailure or Never in a Job';
    policy.required(problem, 'Write restartPolicy: OnFailure or Never');
  } else if (!allowed.includes(policy.text)) policy.notSupported(allowed);
  else if (spec.at('podFailurePolicy').isSet && policy.text !== 'Never') {
    policy.invalid('is not Never, but there is a podFailurePolicy', 'Write restartPolicy: Never');
  }
};

const jobSpec = fields(
  {
    parallelism: notNegative,
    completions: notNegative,
    activeDeadlineSeconds: notNegative,
    backoffLimit: notNegative,
    ttlSecondsAfterFinished: notNegative,
    backoffLimitPerIndex: notNegative,
    maxFailedIndexes: notNegative,
    managedBy,
    completionMode: strictlyOneOf('NonIndexed', 'Indexed'),
    podFailurePolicy: failurePolicy,
    successPolicy: withFeature('jobSuccessPolicy', successPolicy),
    podReplacementPolicy(field) {
      const hasPolicy = field.parent?.at('podFailurePolicy').isSet === true;
      strictlyOneOf(...(hasPolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed']))(field);
    },
  },
  indexed,
  restartPolicy,
  (spec) => checkPodTemplate(spec.at('template')),
);

const NAME_LABELS = ['job-name', 'batch.kubernetes.io/job-name'];
const UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid'];

/** The API server makes the selector, and the labels that it selects by, unless it is told not to. */
const selector: Check = (job) => {
  const spec = job.at('spec');
  const field = spec.at('selector');
  const template = spec.at('template');
  labelSelector(field);
  if (spec.at('manualSelector').isTrue) {
    if (field.isSet) checkSelectsOwnPods(field, template);
    else field.required('where manualSelector is true');
    return;
  }
  const name = job.at('metadata', 'name').text;
  const labels = template.at('metadata', 'labels');
  for (const key of [...NAME_LABELS, ...UID_LABELS]) {
    if (labels.has(key) && (UID_LABELS.includes(key) || (name !== '' && labels.at(key).text !== name))) {
      labels.at(key).invalid('is a label that the API server sets', `Remove ${key}`);
    }
  }
  const isOwn = ([key, value]: [string, Field]) => !NAME_LABELS.includes(key) || (name !== '' && value.text !== name);
  const selectsMore = field.at('matchLabels').entries().some(isOwn) || field.at('matchExpressions').size > 0;
  if (selectsMore)
    field.invalid('is not the one that the API server makes', 'Remove selector, or add manualSelector: true');
};

/** The Pods of an indexed Job are named after it. */
const hostname: Check = (job) => {
  const spec = job.at('spec');
  const completions = spec.at('completions').number ?? (spec.at('parallelism').isSet ? 0 : 1);
  const name = job.at('metadata', 'name');
  if (spec.at('completionMode').text !== 'Indexed' || completions < 1 || name.text === '') return;
  if (!DNS_LABEL.test(`${name.text}-${completions - 1}`)) {
    name.invalid('makes names of Pods that are not DNS labels', 'Use a shorter name without dots');
  }
};

export const job = all(metadata({ name: DNS_SUBDOMAIN }), withSpec(jobSpec), selector, hostname);

const jobTemplate: Check = (template) => {
  const spec = template.at('spec');
  jobSpec(spec);
  if (spec.at('selector').isSet) spec.at('selector').invalid('is set, but the API server makes it', 'Remove selector');
  if (spec.at('manualSelector').isTrue)
    spec.at('manualSelector').notSupported(['false'], 'the only value in a CronJob');
};

const LONGEST_CRON_JOB_NAME = 52;

export const cronJob = all(
  metadata({ name: DNS_SUBDOMAIN }),
  (object) => {
    const name = object.at('metadata', 'name');
    if (name.text.length > LONGEST_CRON_JOB_NAME) {
      name.invalid(
        `is longer than ${LONGEST_CRON_JOB_NAME} characters`,
        `Use at most ${LONGEST_CRON_JOB_NAME} characters`,
      );
    }
  },
  withSpec(
    fields(
      {
        schedule: required(schedule),
        timeZone,
        startingDeadlineSeconds: notNegative,
        concurrencyPolicy: oneOf('Allow', 'Forbid', 'Replace'),
        successfulJobsHistoryLimit: notNegative,
        failedJobsHistoryLimit: notNegative,
      },
      (spec) => jobTemplate(spec.at('jobTemplate')),
    ),
  ),
);
