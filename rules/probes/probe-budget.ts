import { isSet, PROBE_FIELDS, PROBE_NAMES, probeNumber, probeOf } from '../../src/kube/probe.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require a probe to give up after the agreed time',
    why:
      'A probe gives up initialDelaySeconds + periodSeconds × failureThreshold after its container has started: a ' +
      'shorter time kills a slow bootstrap, a longer time hides a dead one.',
    help: {
      wrong: 'Change initialDelaySeconds, periodSeconds or failureThreshold so that they add up to {{seconds}} s.',
      tooShort: 'Raise periodSeconds or failureThreshold so that they add up to at least {{min}} s.',
      tooLong: 'Lower periodSeconds or failureThreshold so that they add up to at most {{max}} s.',
    },
    references: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes',
    ],
    severity: 'error',
    recommended: false,
    messages: {
      wrong:
        'The {{field}} of container {{container}} gives up after {{found}} s ({{parts}}); expected exactly {{seconds}} s.',
      tooShort:
        'The {{field}} of container {{container}} gives up after {{found}} s ({{parts}}); expected at least {{min}} s.',
      tooLong:
        'The {{field}} of container {{container}} gives up after {{found}} s ({{parts}}); expected at most {{max}} s.',
    },
    options: {
      type: 'object',
      properties: {
        probe: { type: 'string', enum: PROBE_NAMES, default: 'startup', description: 'The probe to check.' },
        seconds: { type: 'integer', minimum: 0, description: 'The exact number of seconds after which it gives up.' },
        min: { type: 'integer', minimum: 0, description: 'The minimum number of seconds.' },
        max: { type: 'integer', minimum: 0, description: 'The maximum number of seconds.' },
      },
    },
  },
  isSubject({ cursor, type }, { probe }) {
    const field = probeOf(cursor, probe);
    return (type === 'container' || type === 'sidecar') && field.isMapping && isSet(field);
  },
  check({ cursor, name }, { options, report }) {
    const { seconds, min, max } = options;
    const probe = probeOf(cursor, options.probe);
    const delay = probeNumber(probe, 'initialDelaySeconds');
    const period = probeNumber(probe, 'periodSeconds');
    const failures = probeNumber(probe, 'failureThreshold');
    if (delay === undefined || period === undefined || failures === undefined) return;

    const found = delay + period * failures;
    const parts = `${delay === 0 ? '' : `${delay} s + `}${period} s × ${failures}`;
    const data = { container: name, field: PROBE_FIELDS[options.probe], found, parts };
    const place = [probe.at('failureThreshold'), probe.at('periodSeconds')].find(isSet) ?? probe.onKey;
    const from = [probe.at('initialDelaySeconds'), probe.at('periodSeconds'), probe.at('failureThreshold')];
    if (seconds !== undefined && found !== seconds) report(place, 'wrong', { ...data, seconds }, { from });
    else if (min !== undefined && found < min) report(place, 'tooShort', { ...data, min }, { from });
    else if (max !== undefined && found > max) report(place, 'tooLong', { ...data, max }, { from });
  },
});
