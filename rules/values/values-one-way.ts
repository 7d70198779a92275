import { choosersOf, isSetting, valuesKeysOf, type ChartEnvironment } from '../../src/bundle/chart.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { matchesAnyGlob } from '../../src/text/glob.ts';
import type { Cursor } from '../../src/yaml/cursor.ts';

export default defineRule({
  scope: 'chart',
  meta: {
    summary: 'Require settings to flow from the values only through the ConfigMap',
    why:
      'A setting with one path from the values to the container can be traced and changed in one place. A ConfigMap value ' +
      'written in the template cannot be set at all; a value that reaches the container in two ways can disagree with itself.',
    help: {
      notFromValues: 'Move the value of {{key}} to values.yaml and print it with `.Values`.',
      bypass: 'Read the ConfigMap in {{container}}, and remove {{value}} from its {{field}}.',
    },
    references: ['https://kubernetes.io/docs/concepts/configuration/configmap/'],
    severity: 'error',
    recommended: false,
    messages: {
      notFromValues: 'ConfigMap {{name}} has {{key}} with a value that does not come from the values.',
      bypass: 'Container {{container}} gets {{value}} in its {{field}}, bypassing {{key}} of ConfigMap {{name}}.',
    },
    options: {
      type: 'object',
      properties: {
        configMaps: {
          type: 'array',
          items: { type: 'string' },
          default: ['*'],
          description: 'Names of the ConfigMaps that hold settings, as globs.',
        },
        allowKeys: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Keys of a ConfigMap whose values may be written in the template, as globs.',
        },
        allowValues: {
          type: 'array',
          items: { type: 'string' },
          default: [],
          description: 'Paths of values that may reach a container in two ways, as globs.',
        },
      },
    },
  },
  isSubject({ environments }) {
    return environments.length > 0;
  },
  check({ environments }, context) {
    const { configMaps, allowKeys, allowValues } = context.options;
    for (const environment of environments) {
      const fed = new Map<string, { name: string; key: string }>();
      for (const { name, resource } of environment.bundle.configMaps) {
        if (!matchesAnyGlob(name, configMaps)) continue;
        for (const [key, value] of resource?.cursor.at('data').entries() ?? []) {
          const keys = valuesKeysOf(value);
          for (const { name: path } of keys.filter(isSetting)) if (!fed.has(path)) fed.set(path, { name, key });
          const isEmpty = value.text === undefined || value.text === '';
          const isWritten = keys.length === 0 && choosersOf(value).length === 0;
          if (isWritten && !isEmpty && !matchesAnyGlob(key, allowKeys)) {
            context.report(value.onKey, 'notFromValues', { name, key });
          }
        }
      }
      for (const { container, field, cursor } of containerFields(environment)) {
        const path = valuesKeysOf(cursor).find(({ name }) => fed.has(name) && !matchesAnyGlob(name, allowValues))?.name;
        const past = path === undefined ? undefined : fed.get(path);
        if (path !== undefined && past !== undefined) {
          context.report(cursor, 'bypass', { container, value: path, field, ...past });
        }
      }
    }
  },
});

/** What a container gets other than ports and mounts, which may share a setting's value. */
function* containerFields({
  bundle,
}: ChartEnvironment): Generator<{ container: string; field: string; cursor: Cursor }> {
  for (const { name: container, cursor } of bundle.workloads.flatMap(({ containers }) => containers)) {
    for (const item of cursor.at('env').items()) {
      yield { container, field: `variable ${item.at('name').text ?? ''}`, cursor: item.at('value') };
    }
    for (const field of ['command', 'args']) {
      for (const item of cursor.at(field).items()) yield { container, field, cursor: item };
    }
  }
}
