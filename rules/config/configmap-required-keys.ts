import { defineRule, type ProviderSubject } from '../../src/rule/rule.ts';
import { isGlob, matchesAnyGlob, matchesGlob, namedLike } from '../../src/text/glob.ts';
import { nearMiss } from '../../src/text/near-miss.ts';

export default defineRule({
  scope: 'bundle',
  selects: 'configMap',
  meta: {
    summary: 'Require the ConfigMaps together to have every key in a list',
    why:
      'A setting that the ConfigMap does not hold falls back to a default inside the application, which nobody reviews ' +
      'and which may differ from one release to the next.',
    help: {
      missing: 'Add {{wanted}} to the data of ConfigMap {{name}}.',
      misspelt: 'Rename {{found}} to {{key}}.',
    },
    references: ['https://kubernetes.io/docs/concepts/configuration/configmap/'],
    severity: 'error',
    recommended: false,
    messages: {
      missing: 'ConfigMap {{name}} has no key {{key}}.',
      misspelt: 'ConfigMap {{name}} has no key {{key}}, but it has {{found}} (did you mean {{key}}?).',
    },
    options: {
      type: 'object',
      required: ['keys'],
      properties: {
        keys: {
          type: 'array',
          items: { type: 'string' },
          description: 'Keys that must be present. A glob requires at least one key that matches it.',
        },
      },
    },
  },
  check({ bundle, selected }, context) {
    // What could not be read may be the ConfigMap with the key, or a workload that completes the name with a prefix.
    if (bundle.mayHold('ConfigMap') || bundle.mayHoldWorkload()) return;
    const { keys: required } = context.options;
    const present = new Map<string, ProviderSubject>();
    let fullest: { configMap: ProviderSubject; count: number } | undefined;
    for (const configMap of selected) {
      const prefixes = new Set(bundle.referencesTo(configMap).map(({ prefix }) => prefix));
      let count = 0;
      for (const [key] of configMap.resource.cursor.at('data').entries()) {
        if (matchesAnyGlob(key, required)) count++;
        if (!present.has(key)) present.set(key, configMap);
        // `prefix: DB_` on envFrom turns HOST into DB_HOST.
        for (const prefix of prefixes) if (!present.has(prefix + key)) present.set(prefix + key, configMap);
      }
      if (fullest === undefined || count > fullest.count) fullest = { configMap, count };
    }
    if (fullest === undefined) return;

    const names = [...present.keys()];
    const spare = new Set(names.filter((key) => !matchesAnyGlob(key, required)));
    for (const key of required) {
      if (isGlob(key) ? names.some((name) => matchesGlob(name, key)) : present.has(key)) continue;
      const found = isGlob(key) ? undefined : nearMiss(key, spare);
      const holder = found === undefined ? undefined : present.get(found);
      const place = found === undefined ? undefined : holder?.resource.cursor.at('data', found);
      if (found === undefined || holder === undefined || place?.exists !== true) {
        const { resource, name } = fullest.configMap;
        context.report(resource.cursor.at('data', key), 'missing', { name, key, wanted: namedLike(key, 'key') });
      } else {
        // One wrong key stands for one missing key.
        spare.delete(found);
        context.report(place.onKey, 'misspelt', { name: holder.name, found, key });
      }
    }
  },
});
