import type { Chart } from '../../src/bundle/chart.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { kindredName } from '../../src/text/kindred-name.ts';
import { Cursor } from '../../src/yaml/cursor.ts';

type UndeclaredRead = ReturnType<Chart['usage']['undeclaredReads']>[number];

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Disallow templates that print a key that no values file has',
    why:
      'Helm prints nothing for a key that is not there, and does not complain. Mostly the key is misspelt in the template ' +
      'or was renamed in values.yaml; otherwise it is a setting that nobody finds.',
    help: {
      misspelt: 'Write {{declared}} in the template.',
      undeclared: 'Declare {{key}} in values.yaml, or give it a default in the template.',
    },
    references: ['https://helm.sh/docs/chart_template_guide/values_files/'],
    severity: 'warning',
    recommended: true,
    messages: {
      misspelt: 'No values file has {{key}} (did you mean {{declared}}?).',
      undeclared: 'No values file has {{key}}.',
    },
    options: {
      type: 'object',
      properties: {
        nearMissOnly: {
          type: 'boolean',
          default: false,
          description: 'Report only keys for which the values have one that is spelt alike.',
        },
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Paths of keys that need no declaration, as globs.',
        },
      },
    },
  },
  isSubject({ environments }) {
    return environments.length > 0;
  },
  check({ usage }, context) {
    const { allow, nearMissOnly } = context.options;
    for (const read of usage.undeclaredReads()) {
      const key = read.path.join('.');
      if (matchesAnyGlob(key, allow)) continue;
      const cursor = Cursor.span(read.source, read.range);
      const meant = meantBy(read);
      if (meant !== undefined && !(nearMissOnly && read.isAskedElsewhere)) {
        const declared = [...read.path.slice(0, -1), meant].join('.');
        context.report(cursor, 'misspelt', { key, declared });
      } else if (!nearMissOnly) context.report(cursor, 'undeclared', { key });
    }
  },
});

/** A key that the template asks for around the place is one that it knows, and no misspelling of this one. */
function meantBy({ path, declared, askedAround }: UndeclaredRead): string | undefined {
  const others = [...declared].filter(([name]) => !askedAround.has(name));
  const unread = others.filter(([, { isRead }]) => !isRead).map(([name]) => name);
  return kindredName(
    path.at(-1) ?? '',
    others.map(([name]) => name),
    unread,
  );
}
