import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require every key of an overlay to be declared in values.yaml',
    why:
      'Helm silently merges whatever an overlay sets: a misspelt key changes nothing, and the environment runs ' +
      'with the default. A key that values.yaml does not show is a setting that nobody will find.',
    help: {
      misspelt: 'Rename {{key}} to {{declared}}.',
      undeclared: 'Declare {{key}} with its default in values.yaml.',
      unread: 'Remove {{key}}, or declare it in values.yaml and read it in a template.',
    },
    references: ['https://helm.sh/docs/chart_template_guide/values_files/'],
    severity: 'error',
    recommended: false,
    messages: {
      misspelt: 'The file values.yaml does not declare {{key}} (did you mean {{declared}}?).',
      undeclared: 'The file values.yaml does not declare {{key}}, which a template reads.',
      unread: 'The file values.yaml does not declare {{key}}, and no template reads it.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Paths of keys that only overlays set, as globs.',
        },
      },
    },
  },
  isSubject({ environments }) {
    return environments.length > 0;
  },
  check({ environments, values, usage }, context) {
    const overlays = new Map<unknown, Cursor>();
    for (const environment of environments) {
      if (environment.isForCi === true) continue;
      for (const overlay of environment.overlays) overlays.set(overlay.document, overlay);
    }
    for (const overlay of overlays.values()) visit(overlay, values, []);

    function visit(overlay: Cursor, base: Cursor, path: readonly string[]): void {
      const names = overlay.keys();
      // What the overlay sets as well is not a misspelling of it.
      const declaredNames = new Set([...base.keys(), ...usage.namesDeclaredBelow(path)]);
      const others = [...declaredNames].filter((name) => !names.includes(name));
      for (const [name, value] of overlay.entries()) {
        const own = [...path, name];
        const key = own.join('.');
        if (usage.isForeign(own) || matchesAnyGlob(key, context.options.allow)) continue;
        const declared = base.at(name);
        if (declared.exists || usage.isDeclaredBelow(own)) {
          visit(value, declared, own);
          continue;
        }
        const meant = usage.isNamed(own) ? undefined : nearMiss(name, others);
        if (meant !== undefined) {
          context.report(value.onKey, 'misspelt', { key, declared: [...path, meant].join('.') });
        } else if (usage.isNamed(own)) {
          context.report(value.onKey, 'undeclared', { key });
        } else if (!usage.isRead(own)) {
          // A map that is passed on whole may hold what it likes.
          context.report(value.onKey, 'unread', { key });
        }
      }
    }
  },
});
