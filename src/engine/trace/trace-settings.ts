import type { Bundle } from '../../bundle/bundle.ts';
import { choosersOf, isSetting, valuesKeysOf } from '../../bundle/chart.ts';
import type { Variable } from '../../bundle/environment.ts';
import type { KeyProvider } from '../../bundle/provider.ts';
import type { Container } from '../../bundle/workload.ts';
import { RenderedText } from '../../helm/provenance/rendered-text.ts';
import type { ValuesKey } from '../../helm/value/values-key.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import type { TracedSetting, TracedUse } from '../data-flow.ts';
import { locateOrigin, toValueOrigin } from '../findings/provenance.ts';
import { readMountedKeys } from './mounted-keys.ts';

/** The way of every setting of a chart in one environment: values → ConfigMap → container. */
export interface EnvironmentTrace {
  readonly environment: string;
  /** In the order of the ConfigMaps; those that leave the path at once come last. */
  readonly settings: readonly TracedSetting[];
}

/** How a container gets a key of a ConfigMap, and why it does not, when another variable hides it. */
interface KeyUse {
  readonly use: TracedUse;
  readonly departure: string | undefined;
}

/** A field that gets values keys without going through a ConfigMap. */
interface Bypass {
  readonly container: Container;
  readonly cursor: Cursor;
  readonly keys: readonly ValuesKey[];
}

/** Follows all settings of one environment. */
export function traceSettings(bundle: Bundle): TracedSetting[] {
  const uses = usesOfKeys(bundle);
  const bypasses: Bypass[] = [];
  for (const container of bundle.workloads.flatMap(({ containers }) => containers)) {
    for (const cursor of fieldsPastConfigMaps(container)) {
      const keys = valuesKeysOf(cursor).filter(isSetting);
      if (keys.length > 0) bypasses.push({ container, cursor, keys });
    }
  }
  const bypassesOf = new Map<string, Bypass[]>();
  for (const bypass of bypasses) {
    for (const name of new Set(bypass.keys.map((key) => key.name))) {
      const known = bypassesOf.get(name);
      if (known === undefined) bypassesOf.set(name, [bypass]);
      else known.push(bypass);
    }
  }
  const settings: TracedSetting[] = [];
  const feeding = new Set<string>();
  for (const provider of bundle.configMaps) {
    for (const [key, value] of provider.keys) {
      if (value === undefined) continue;
      const keys = valuesKeysOf(value);
      for (const { name } of keys) feeding.add(name);
      settings.push(traceKey(bundle, provider, key, value, keys, uses.get(value.node) ?? [], bypassesOf));
    }
  }
  for (const { container, cursor, keys } of bypasses) {
    if (keys.some(({ name }) => feeding.has(name))) continue;
    const use = useOf(container, fieldName(cursor), undefined, cursor);
    const departure = `It reaches ${use.workload} in ${use.variable} without going through a ConfigMap.`;
    settings.push({
      values: keys.map(toValueOrigin),
      configMap: undefined,
      containers: [use],
      // A ConfigMap that could not be read may be on the way.
      departures: bundle.mayHold('ConfigMap') ? [] : [departure],
    });
  }
  return settings;
}

/** How containers get the keys of ConfigMaps, by the nodes of their values. */
function usesOfKeys(bundle: Bundle): Map<Cursor['node'], KeyUse[]> {
  const uses = new Map<Cursor['node'], KeyUse[]>();
  const add = ({ node }: Cursor, use: KeyUse): void => {
    const known = uses.get(node);
    if (known === undefined) uses.set(node, [use]);
    else known.push(use);
  };
  for (const container of bundle.workloads.flatMap(({ containers }) => containers)) {
    for (const variable of bundle.environmentOf(container).variables.values()) {
      for (let used: Variable | undefined = variable; used !== undefined; used = used.shadows) {
        if (used.origin !== 'ConfigMap' || used.place?.node === undefined) continue;
        const use = useOf(container, used.name, stepOf(used.cursor), used.cursor);
        const instead = `${use.workload} gets ${used.name} from ${stepOf(variable.cursor)} instead.`;
        add(used.place, { use, departure: hides(variable, used) ? instead : undefined });
      }
    }
    for (const { value, path, mount } of readMountedKeys(bundle, container)) {
      add(value, { use: useOf(container, path, stepOf(mount), mount), departure: undefined });
    }
  }
  return uses;
}

function traceKey(
  bundle: Bundle,
  { name }: KeyProvider,
  key: string,
  value: Cursor,
  keys: readonly ValuesKey[],
  uses: readonly KeyUse[],
  bypassesOf: ReadonlyMap<string, readonly Bypass[]>,
): TracedSetting {
  const departures: string[] = [];
  // It is not known what wrote manifests that have no chart.
  const isRendered = value.document.source instanceof RenderedText;
  if (isRendered && keys.length === 0 && choosersOf(value).length === 0)
    departures.push('Its value is written in the template, not in the values.');
  if (uses.length === 0 && !bundle.mayHoldWorkload())
    departures.push('No container reads it, either from its environment or as a file.');
  const containers = uses.map(({ use }) => use);
  departures.push(...uses.flatMap(({ departure }) => departure ?? []));
  for (const bypass of new Set(keys.flatMap((feeding) => bypassesOf.get(feeding.name) ?? []))) {
    const use = useOf(bypass.container, fieldName(bypass.cursor), undefined, bypass.cursor);
    containers.push(use);
    departures.push(
      `Its values key also reaches ${use.workload} in ${use.variable} without going through the ConfigMap.`,
    );
  }
  return {
    values: keys.map(toValueOrigin),
    configMap: { name, key, location: locateOrigin(value.onKey) },
    containers,
    departures,
  };
}

/** Whether the last variable of a name is surely set, and to something else than an earlier one. */
function hides({ reference, place }: Variable, earlier: Variable): boolean {
  if (place !== undefined && place.node === earlier.place?.node) return false;
  return reference?.isOptional !== true || place !== undefined;
}

/** What a container gets besides its ConfigMaps and Secrets: literal variables, its command and arguments. */
function* fieldsPastConfigMaps({ cursor }: Container): Generator<Cursor> {
  for (const item of cursor.at('env').items()) if (item.at('value').exists) yield item.at('value');
  yield* cursor.at('command').items();
  yield* cursor.at('args').items();
}

/** How a container gets a setting, from the place where it says so. */
export function useOf(container: Container, variable: string, via: string | undefined, cursor: Cursor): TracedUse {
  const { kind, name } = container.workload.resource;
  return { workload: `${kind}/${name}`, container: container.name, variable, via, location: locateOrigin(cursor) };
}

/** `envFrom[0]` of a cursor on that list's item. */
export function stepOf({ parent, segment }: Cursor): string {
  return `${parent?.segment ?? ''}[${segment ?? ''}]`;
}

/** `args[0]`, or `env NAME` for the value of a literal variable. */
function fieldName(cursor: Cursor): string {
  const name = cursor.segment === 'value' ? cursor.parent?.at('name').string : undefined;
  return name === undefined ? stepOf(cursor) : `env ${name}`;
}
