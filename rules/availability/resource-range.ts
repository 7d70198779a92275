import { nanosOf } from '../../src/kube/validation/quantity.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'container',
  meta: {
    summary: 'Require requests and limits to be within a range',
    why: 'A request that no node can meet leaves the Pod pending, and one that is far too high leaves the node empty.',
    help: {
      tooLow: 'Raise it to {{bound}} or more.',
      tooHigh: 'Lower it to {{bound}} or less.',
    },
    references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
    severity: 'warning',
    recommended: false,
    messages: {
      tooLow: 'Container {{container}} has {{field}}: {{found}}; expected at least {{bound}}.',
      tooHigh: 'Container {{container}} has {{field}}: {{found}}; expected at most {{bound}}.',
    },
    options: {
      type: 'object',
      properties: {
        ranges: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              in: { type: 'string', enum: ['requests', 'limits'], description: 'Which list is looked at.' },
              resource: { type: 'string', description: 'A resource: cpu, memory.' },
              min: { type: 'string', description: 'The least quantity.' },
              max: { type: 'string', description: 'The greatest quantity.' },
            },
            required: ['in', 'resource'],
          },
          default: [],
          description: 'Ranges; none by default.',
        },
      },
    },
  },
  isSubject: ({ type }) => type !== 'ephemeral',
  check({ cursor, name }, { options, report }) {
    for (const { in: list, resource, min, max } of options.ranges) {
      const place = cursor.at('resources', list, resource);
      const found = place.text ?? '';
      const quantity = place.exists && !place.isNull ? nanosOf(found) : undefined;
      if (quantity === undefined) continue;
      const data = { container: name, field: `${list}.${resource}`, found };
      const least = min === undefined ? undefined : nanosOf(min);
      const most = max === undefined ? undefined : nanosOf(max);
      if (least !== undefined && quantity < least) report(place, 'tooLow', { ...data, bound: min ?? '' });
      else if (most !== undefined && quantity > most) report(place, 'tooHigh', { ...data, bound: max ?? '' });
    }
  },
});
