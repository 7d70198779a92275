import { matchesAnyGlob, matchesGlob } from '../../src/text/glob.ts';
import { defineRule } from '../../src/rule/rule.ts';

export default defineRule({
  scope: 'resource',
  meta: {
    summary: 'Disallow an annotation of objects',
    why: 'Some annotations switch off what protects a cluster, or belong to a tool that is gone.',
    help: 'Remove {{key}} from metadata.annotations.',
    references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/'],
    severity: 'warning',
    recommended: false,
    messages: {
      forbidden: '{{kind}} {{name}} has the annotation {{key}}.',
    },
    options: {
      type: 'object',
      properties: {
        keys: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Annotations, as globs.' },
        value: { type: 'string', default: '*', description: 'Only those whose value matches this glob.' },
      },
      required: ['keys'],
    },
  },
  check({ cursor, kind, name }, { options, report }) {
    for (const [key, value] of cursor.at('metadata', 'annotations').entries()) {
      if (matchesAnyGlob(key, options.keys) && matchesGlob(value.text ?? '', options.value))
        report(value.onKey, 'forbidden', { kind, name, key });
    }
  },
});
