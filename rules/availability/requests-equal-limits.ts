import { nanosOf } from '../../src/kube/validation/quantity.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require the requests of a container to equal its limits',
    why: 'A Pod whose requests equal its limits has the class Guaranteed: it is evicted last, and runs the same on a full node as on an empty one.',
    help: 'Change requests.{{resource}} or limits.{{resource}} so that they are equal.',
    references: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/'],
    covers: [
      'kube-score/container-resource-requests-equal-limits',
      'kube-score/container-cpu-requests-equal-limits',
      'kube-score/container-memory-requests-equal-limits',
      'kube-score/container-ephemeral-storage-request-equals-limit',
    ],
    severity: 'info',
    recommended: false,
    messages: {
      differ: 'Container {{container}} has {{request}} and {{limit}}.',
    },
    options: {
      type: 'object',
      properties: {
        resources: {
          type: 'array',
          items: { type: 'string' },
          default: ['cpu', 'memory', 'ephemeral-storage'],
          description: 'Resources that are compared.',
        },
      },
    },
  },
  isSubject: ({ type }) => type !== 'ephemeral',
  check({ cursor, name }, { options, report }) {
    for (const resource of options.resources) {
      const request = cursor.at('resources', 'requests', resource);
      const limit = cursor.at('resources', 'limits', resource);
      const isSet = (place: Cursor): boolean => place.exists && !place.isNull;
      // Only requests and limits of ephemeral storage are compared when both are there: most containers need neither.
      const isNeeded =
        resource === 'ephemeral-storage' ? isSet(request) && isSet(limit) : isSet(request) || isSet(limit);
      if (!isNeeded || nanosOf(request.text ?? '0') === nanosOf(limit.text ?? '0')) continue;
      const say = (field: string, place: Cursor): string =>
        isSet(place) ? `${field}.${resource}: ${place.text ?? ''}` : `no ${field}.${resource}`;
      const data = { container: name, resource, request: say('requests', request), limit: say('limits', limit) };
      report(isSet(request) ? request : limit, 'differ', data, { from: [request, limit] });
    }
  },
});
