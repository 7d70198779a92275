import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Disallow keys of values.yaml that no template reads',
    why:
      'A value that nothing reads looks like a setting but is not one: changing it has no effect. Usually it is a ' +
      'leftover, or a template spells it differently.',
    help: 'Remove {{key}} from values.yaml, or read it in a template.',
    references: ['https://helm.sh/docs/chart_best_practices/values/'],
    severity: 'warning',
    recommended: false,
    messages: { unread: 'No template reads {{key}}.' },
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
      for (const [name, value] of parent.entries()) {
        const own = [...path, name];
        const key = own.join('.');
        const { allow } = context.options;
        if (usage.isForeign(own) || matchesAnyGlob(key, allow)) continue;
        const holdsAllowed = value.isMapping && allow.some((glob) => glob.startsWith(`${key}.`));
        if (usage.isRead(own) || holdsAllowed) visit(value, own);
        else context.report(value.onKey, 'unread', { key });
      }
    }
  },
});
