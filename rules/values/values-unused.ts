import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { kindredName } from '../../src/text/kindred-name.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Disallow keys of values.yaml that no template reads',
    why:
      'A value that nothing reads looks like a setting but is not one: changing it has no effect. Usually it is a ' +
      'leftover, or a template spells it differently.',
    help: {
      unread: 'Remove {{key}} from values.yaml, or read it in a template.',
      misspelt: 'Rename {{key}} to {{read}}.',
    },
    references: ['https://helm.sh/docs/chart_best_practices/values/'],
    severity: 'warning',
    recommended: false,
    messages: {
      unread: 'No template reads {{key}}.',
      misspelt: 'No template reads {{key}} (did you mean {{read}}?).',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Paths of keys that need not be read, such as `global.*`, as globs.',
        },
      },
    },
  },
  isSubject({ environments }) {
    return environments.length > 0;
  },
  check({ values, usage }, context) {
    visit(values, []);

    function visit(parent: Cursor, path: readonly string[]): void {
      const declared = new Set(parent.keys());
      for (const [name, value] of parent.entries()) {
        const own = [...path, name];
        const key = own.join('.');
        const { allow } = context.options;
        if (usage.isForeign(own) || matchesAnyGlob(key, allow)) continue;
        const holdsAllowed = value.isMapping && allow.some((glob) => glob.startsWith(`${key}.`));
        // What a subchart declares and does not read is the subchart's affair.
        if (usage.isRead(own) || usage.isDeclaredBelow(own) || holdsAllowed) visit(value, own);
        else {
          const others = [...usage.namesReadIn(path)].filter((other) => !declared.has(other));
          const meant = kindredName(name, others, others);
          if (meant === undefined) context.report(value.onKey, 'unread', { key });
          else context.report(value.onKey, 'misspelt', { key, read: [...path, meant].join('.') });
        }
      }
    }
  },
});
