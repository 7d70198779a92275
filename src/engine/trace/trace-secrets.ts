import type { Bundle } from '../../bundle/bundle.ts';
import { valuesKeysOf } from '../../bundle/chart.ts';
import type { EnvironmentReference } from '../../bundle/environment.ts';
import type { TracedSecretKey, TracedUse } from '../data-flow.ts';
import { toValueOrigin } from '../findings/provenance.ts';
import { stepOf, useOf } from './trace-settings.ts';

interface SecretKey extends TracedSecretKey {
  readonly containers: TracedUse[];
  readonly departures: string[];
}

/** Follows the keys of all Secrets that the containers of one environment read, in the order of the containers. */
export function traceSecrets(bundle: Bundle): TracedSecretKey[] {
  const traced = new Map<string, SecretKey>();
  for (const container of bundle.workloads.flatMap(({ containers }) => containers)) {
    for (const reference of bundle.environmentOf(container).references) {
      if (reference.kind !== 'Secret' || reference.name === '') continue;
      for (const [key, variable] of readKeys(reference)) {
        const secretKey = findOrAdd(traced, reference, key);
        secretKey.containers.push(useOf(container, variable, stepOf(reference.cursor), reference.cursor));
        const departure = departureOf(reference, key);
        if (departure !== undefined && !secretKey.departures.includes(departure)) secretKey.departures.push(departure);
      }
    }
  }
  return [...traced.values()];
}

/** The keys that a reference reads, each with the variable that it becomes. */
function readKeys({ via, key, prefix, cursor, provider }: EnvironmentReference): [string | undefined, string][] {
  if (via === 'env') return [[key, cursor.at('name').text ?? '']];
  const keys = [...(provider?.keys.keys() ?? [])].map((each): [string, string] => [each, prefix + each]);
  return provider?.hasAllKeys === true ? keys : [...keys, [undefined, `${prefix}*`]];
}

function findOrAdd(
  traced: Map<string, SecretKey>,
  { name, provider }: EnvironmentReference,
  key: string | undefined,
): SecretKey {
  const form = provider?.form ?? 'unknown';
  const identity = JSON.stringify([provider?.namespace, form, name, key]);
  let secretKey = traced.get(identity);
  if (secretKey === undefined) {
    const place = key === undefined ? undefined : provider?.keys.get(key);
    const values = place === undefined ? [] : valuesKeysOf(place).map(toValueOrigin);
    secretKey = { secret: name, form, key, values, containers: [], departures: [] };
    traced.set(identity, secretKey);
  }
  return secretKey;
}

function departureOf(
  { name, provider, isOptional }: EnvironmentReference,
  key: string | undefined,
): string | undefined {
  const isMissing = key !== undefined && provider?.hasAllKeys === true && !provider.keys.has(key);
  return isMissing && !isOptional ? `Secret ${name} has no key ${key}.` : undefined;
}
