import { matchesGlob } from '../../src/text/glob.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Disallow kinds of objects',
    why: 'Some kinds are for the team of the cluster alone, or belong to a tool that is not there.',
    help: 'Remove the {{kind}}, or ask those who run the cluster to add it.',
    references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/'],
    severity: 'error',
    recommended: false,
    messages: {
      forbidden: '{{kind}} {{name}} ({{apiVersion}}) is of a kind that is not allowed.',
    },
    options: {
      type: 'object',
      properties: {
        kinds: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              group: { type: 'string', default: '*', description: 'The API group, as a glob.' },
              version: { type: 'string', default: '*', description: 'The version, as a glob.' },
              kind: { type: 'string', default: '*', description: 'The kind, as a glob.' },
            },
          },
          minItems: 1,
          description: 'Kinds that no object may have.',
        },
      },
      required: ['kinds'],
    },
  },
  check({ apiVersion, cursor, group, kind, name }, { options, report }) {
    const isForbidden = options.kinds.some(
      (forbidden) =>
        matchesGlob(kind, forbidden.kind) &&
        matchesGlob(group, forbidden.group) &&
        matchesGlob(apiVersion.slice(apiVersion.indexOf('/') + 1), forbidden.version),
    );
    if (isForbidden) report(cursor.at('kind'), 'forbidden', { kind, name, apiVersion });
  },
});
