import type { Bundle } from '../bundle/bundle.ts';
import { valuesKeysOf } from '../bundle/chart.ts';
import type { Variable } from '../bundle/environment.ts';
import type { KeyProvider } from '../bundle/provider.ts';
import type { Container } from '../bundle/workload.ts';
import type { ValuesKey } from '../helm/values-key.ts';
import type { Location } from '../text/source.ts';
import type { Cursor } from '../yaml/cursor.ts';
import { placeOf, toValueOrigin } from './place.ts';
import type { ValueOrigin } from './result.ts';

/** The way of every setting of a chart in one environment: values → ConfigMap → container. */
export interface EnvironmentTrace {
  readonly environment: string;
  /** In the order of the ConfigMaps; those that leave the path at once come last. */
  readonly settings: readonly TracedSetting[];
}

/** One setting: a key of a ConfigMap, or a values key that reaches a container past every ConfigMap. */
export interface TracedSetting {
  /** The values keys that feed it; none for a text of the template. */
  readonly values: readonly ValueOrigin[];
  readonly configMap: TracedKey | undefined;
  readonly containers: readonly TracedUse[];
  /** Where it leaves the path, as full sentences; none when it is on it. */
  readonly departures: readonly string[];
}

interface TracedKey {
  readonly name: string;
  readonly key: string;
  /** The template line. */
  readonly location: Location;
}

/** How a container gets a setting. */
interface TracedUse {
  /** `Deployment/observer`. */
  readonly workload: string;
  readonly container: string;
  /** The environment variable, or the field (`args[0]`, `env[2].value`) when it is none. */
  readonly variable: string;
  /** `envFrom[0]`, `env[3]`, or undefined for a field. */
  readonly via: string | undefined;
  /** The template line of that. */
  readonly location: Location;
}

/** Follows all settings of one environment. */
export function traceSettings(bundle: Bundle): TracedSetting[] {
  const uses = new Map<Cursor['node'], { container: Container; variable: Variable }[]>();
  const bypasses: { container: Container; cursor: Cursor; keys: readonly ValuesKey[] }[] = [];
  for (const container of bundle.workloads.flatMap(({ containers }) => containers)) {
    for (const variable of bundle.environmentOf(container).variables.values()) {
      for (let used: Variable | undefined = variable; used !== undefined; used = used.shadows) {
        if (used.origin !== 'ConfigMap' || used.place?.node === undefined) continue;
        const known = uses.get(used.place.node);
        const use = { container, variable: used };
        if (known === undefined) uses.set(used.place.node, [use]);
        else known.push(use);
      }
    }
    for (const cursor of fieldsPastConfigMaps(container)) {
      const keys = valuesKeysOf(cursor);
      if (keys.length > 0) bypasses.push({ container, cursor, keys });
    }
  }
  const settings: TracedSetting[] = [];
  const feeding = new Set<string>();
  for (const provider of bundle.configMaps) {
    for (const [key, value] of provider.keys) {
      if (value === undefined) continue;
      const keys = valuesKeysOf(value);
      for (const { name } of keys) feeding.add(name);
      settings.push(traceKey(provider, key, value, keys, uses.get(value.node) ?? [], bypasses));
    }
  }
  for (const { container, cursor, keys } of bypasses) {
    if (keys.some(({ name }) => feeding.has(name))) continue;
    const use = useOf(container, fieldName(cursor), undefined, cursor);
    settings.push({
      values: keys.map(toValueOrigin),
      configMap: undefined,
      containers: [use],
      departures: [`It reaches ${use.workload} in ${use.variable} past every ConfigMap.`],
    });
  }
  return settings;
}

function traceKey(
  { name }: KeyProvider,
  key: string,
  value: Cursor,
  keys: readonly ValuesKey[],
  uses: readonly { container: Container; variable: Variable }[],
  bypasses: readonly { container: Container; cursor: Cursor; keys: readonly ValuesKey[] }[],
): TracedSetting {
  const departures: string[] = [];
  if (keys.length === 0) departures.push('Its value is written in the template, not in the values.');
  if (uses.length === 0) departures.push('No container reads it from its environment.');
  const containers = uses.map(({ container, variable }) => {
    return useOf(container, variable.name, stepOf(variable.cursor), variable.cursor);
  });
  const own = new Set(keys.map((feeding) => feeding.name));
  for (const bypass of bypasses) {
    if (!bypass.keys.some((feeding) => own.has(feeding.name))) continue;
    const use = useOf(bypass.container, fieldName(bypass.cursor), undefined, bypass.cursor);
    containers.push(use);
    departures.push(`Its values key also reaches ${use.workload} in ${use.variable}, past the ConfigMap.`);
  }
  return {
    values: keys.map(toValueOrigin),
    configMap: { name, key, location: placeOf(value.onKey) },
    containers,
    departures,
  };
}

/** What a container gets besides its ConfigMaps and Secrets: literal variables, its command and arguments. */
function* fieldsPastConfigMaps({ cursor }: Container): Generator<Cursor> {
  for (const item of cursor.at('env').items()) if (item.at('value').exists) yield item.at('value');
  yield* cursor.at('command').items();
  yield* cursor.at('args').items();
}

function useOf(container: Container, variable: string, via: string | undefined, cursor: Cursor): TracedUse {
  const { kind, name } = container.workload.resource;
  return { workload: `${kind}/${name}`, container: container.name, variable, via, location: placeOf(cursor) };
}

/** `envFrom[0]` of a cursor on that list's item. */
function stepOf({ parent, segment }: Cursor): string {
  return `${parent?.segment ?? ''}[${segment ?? ''}]`;
}

/** `args[0]`, or `env NAME` for the value of a literal variable. */
function fieldName(cursor: Cursor): string {
  const name = cursor.segment === 'value' ? cursor.parent?.at('name').string : undefined;
  return name === undefined ? stepOf(cursor) : `env ${name}`;
}
