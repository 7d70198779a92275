import { decidersOf, keyOriginsOf, type ChartEnvironment, type ValuesKey } from '../../src/bundle/chart.ts';
import type { KeyProvider } from '../../src/bundle/provider.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

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
          compare(environment, own.get(identity), other, theirs);
        }
      }
    }

    function compare(
      here: ChartEnvironment,
      own: KeyProvider | undefined,
      there: ChartEnvironment,
      theirs: KeyProvider,
    ): void {
      const { name } = theirs;
      const environment = here.name;
      const other = there.name;
      const object = theirs.resource?.cursor.at('metadata', 'name');
      if (own === undefined) {
        if (isNew(environment, name) && object !== undefined) {
          const decidedBy = differing(decidersOf(object), [here, there]);
          context.report(object, 'noConfigMap', { name, environment, other }, { decidedBy });
        }
        return;
      }
      for (const [key, place] of theirs.keys) {
        if (own.keys.has(key) || matchesAnyGlob(key, context.options.allow) || !isNew(environment, name, key)) continue;
        const related = place === undefined ? [] : [{ cursor: place.onKey, message: `${other} has it here.` }];
        const missing = own.resource?.cursor.at('data', key);
        if (missing !== undefined) {
          const decidedBy = place === undefined ? [] : differing(decidersWithin(place, object), [here, there]);
          context.report(missing, 'missing', { name: own.name, key, environment, other }, { related, decidedBy });
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

/** What decided that an object has a key: not what decided on the object, which both environments have. */
function decidersWithin(place: Cursor, object: Cursor | undefined): readonly ValuesKey[] {
  const around = new Set(object === undefined ? [] : decidersOf(object));
  return [...decidersOf(place).filter((key) => !around.has(key)), ...keyOriginsOf(place)];
}

/** The keys that the values files of the environments set; all of them when something else makes the difference. */
function differing(keys: readonly ValuesKey[], environments: readonly ChartEnvironment[]): readonly ValuesKey[] {
  const overlays = environments.flatMap((environment) => environment.overlays);
  const set = keys.filter(({ path }) => overlays.some((root) => root.at(...path).exists));
  return set.length > 0 ? set : keys;
}
