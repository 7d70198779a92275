import type { TracedSecretKey, TracedSetting, TracedUse } from '../data-flow.ts';
import type { Mask } from '../findings/unit-secrets.ts';

/** A setting of which the names that came from secrets are masked. */
export function maskSetting({ configMap, containers, departures, ...rest }: TracedSetting, mask: Mask): TracedSetting {
  return {
    ...rest,
    configMap: configMap && { ...configMap, name: mask(configMap.name), key: mask(configMap.key) },
    containers: containers.map((use) => maskUse(use, mask)),
    departures: departures.map(mask),
  };
}

/** The same of a key of a Secret. */
export function maskSecretKey(
  { secret, key, containers, departures, ...rest }: TracedSecretKey,
  mask: Mask,
): TracedSecretKey {
  return {
    ...rest,
    secret: mask(secret),
    key: key && mask(key),
    containers: containers.map((use) => maskUse(use, mask)),
    departures: departures.map(mask),
  };
}

function maskUse({ workload, container, variable, ...rest }: TracedUse, mask: Mask): TracedUse {
  return { ...rest, workload: mask(workload), container: mask(container), variable: mask(variable) };
}
