import type { ChartEnvironment } from '../../src/bundle/chart.ts';
import type { KeyProvider } from '../../src/bundle/provider.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';

export default defineRule({
  scope: 'environments',
  meta: {
    summary: 'Require the ConfigMaps of all environments to have the same keys',
    why:
      'Environments differ in values, not in what can be set. A key that only one of them has is a setting that nobody ' +
      'tried before it reached the others.',
    help: {
      missing:
        'Render {{key}} in every environment: move it out of the condition, or give it a default in values.yaml.',
      noConfigMap: 'Render ConfigMap {{name}} in every environment.',
    },
    references: ['https://12factor.net/dev-prod-parity'],
    severity: 'error',
    recommended: false,
    messages: {
      missing: 'ConfigMap {{name}} has {{key}} in {{other}}, but not in {{environment}}.',
      noConfigMap: 'ConfigMap {{name}} is rendered in {{other}}, but not in {{environment}}.',
    },
    options: {
      type: 'object',
      properties: {
        allow: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Keys that may be missing, as globs.',
        },
      },
    },
  },
  check(chart, context) {
    const environments = chart.environments.filter(({ isForCi }) => isForCi !== true);
    const reported = new Set<string>();
    const unclear = new Set(environments.flatMap(({ bundle }) => bundle.unread.map(({ template }) => template)));
    for (const environment of environments) {
      const own = byIdentity(environment, unclear);
      for (const other of environments) {
        if (other === environment) continue;
        for (const [identity, theirs] of byIdentity(other, unclear)) {
          compare(environment.name, own.get(identity), other.name, theirs);
        }
      }
    }

    function compare(environment: string, own: KeyProvider | undefined, other: string, theirs: KeyProvider): void {
      const { name } = theirs;
      if (own === undefined) {
        if (isNew(environment, name) && theirs.resource !== undefined) {
          context.report(theirs.resource.cursor.at('metadata', 'name'), 'noConfigMap', { name, environment, other });
        }
        return;
      }
      for (const [key, place] of theirs.keys) {
        if (own.keys.has(key) || matchesAnyGlob(key, context.options.allow) || !isNew(environment, name, key)) continue;
        const related = place === undefined ? [] : [{ cursor: place.onKey, message: `${other} has it here.` }];
        const missing = own.resource?.cursor.at('data', key);
        if (missing !== undefined) {
          context.report(missing, 'missing', { name: own.name, key, environment, other }, { related });
        }
      }
    }

    /** What several other environments have is missed once. */
    function isNew(...words: readonly string[]): boolean {
      const id = words.join('\0');
      return !reported.has(id) && reported.add(id).size > 0;
    }
  },
});

/**
 * The ConfigMaps by what they are in every environment: a template's only one, else their names.
 * @param unclear the templates of which something could not be read: what they hold in an environment is not known
 */
function byIdentity({ bundle }: ChartEnvironment, unclear: ReadonlySet<string | undefined>): Map<string, KeyProvider> {
  const configMaps = bundle.configMaps.filter(({ resource }) => !unclear.has(resource?.template));
  const counts = new Map<string, number>();
  for (const { resource } of configMaps) {
    const template = resource?.template ?? '';
    counts.set(template, (counts.get(template) ?? 0) + 1);
  }
  return new Map(
    configMaps.map((configMap) => {
      const template = configMap.resource?.template ?? '';
      return [counts.get(template) === 1 ? template : `${template}\0${configMap.name}`, configMap];
    }),
  );
}
