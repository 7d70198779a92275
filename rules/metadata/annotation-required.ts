import { matchesAnyGlob, matchesGlob } from '../../src/text/glob.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Require an annotation of objects',
    why: 'Annotations say whom to ask, what an object belongs to, and what tools may do with it: an object without them is found by nobody.',
    help: {
      missing: 'Add {{key}} to metadata.annotations.',
      other: 'Change {{key}} to a value that matches {{expected}}.',
    },
    references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/'],
    covers: ['kube-linter/required-annotation-email'],
    severity: 'info',
    recommended: false,
    messages: {
      missing: '{{kind}} {{name}} has no annotation {{key}}.',
      other: '{{kind}} {{name}} has the annotation {{key}}: {{found}}; expected {{expected}}.',
    },
    options: {
      type: 'object',
      properties: {
        key: { type: 'string', default: 'email', description: 'The annotation, as a glob.' },
        value: { type: 'string', default: '*@*.*', description: 'What its value matches, as a glob.' },
        kinds: {
          type: 'array',
          items: { type: 'string' },
          default: [
            'Deployment',
            'DaemonSet',
            'StatefulSet',
            'ReplicaSet',
            'ReplicationController',
            'Pod',
            'Job',
            'CronJob',
            'DeploymentConfig',
          ],
          description: 'Kinds that need it, as globs.',
        },
      },
    },
  },
  check({ cursor, kind, name }, { options, report }) {
    const { key, value, kinds } = options;
    if (!matchesAnyGlob(kind, kinds)) return;
    const list = cursor.at('metadata', 'annotations');
    const found = list.entries().filter(([written]) => matchesGlob(written, key));
    if (found.length === 0) report(list, 'missing', { kind, name, key });
    else if (!found.some(([, place]) => matchesGlob(place.text ?? '', value))) {
      const [[written, place] = [key, list]] = found;
      report(place, 'other', { kind, name, key: written, found: place.text ?? '', expected: value });
    }
  },
});
