import type { ContainerEnvironment, EnvironmentReference } from '../../bundle/environment.ts';
import type { Workload } from '../../bundle/workload.ts';
import type { ObservedChart, ObservedEnvironment } from './observe.ts';
import { common, groupBy, type Proposal, type ProposedCheck } from './proposal.ts';
import type { YamlValue } from '../../policy/write-yaml.ts';

/** What there is to say about ConfigMaps and Secrets. */
export function proposeSettings({ environments }: ObservedChart): Proposal[] {
  const keys = common(environments.map(settingsOf));
  const secrets = secretKeys(environments);
  return [
    {
      id: 'config-source-of-truth',
      title: 'No container sets a setting to a literal',
      checks: [{ rule: 'env-no-literals' }],
    },
    {
      id: 'config-read-whole',
      title: 'Containers read their settings from the ConfigMap',
      checks: [{ rule: 'env-from-config' }],
    },
    {
      id: 'one-way-flow',
      title: 'Settings flow from values only through the ConfigMap',
      checks: [{ rule: 'values-one-way' }],
    },
    {
      id: 'config-rollout',
      title: 'A change to the ConfigMap restarts the Pods',
      checks: [{ rule: 'config-rollout' }],
    },
    ...(keys.length === 0
      ? []
      : [
          {
            id: 'config-keys',
            title: 'The ConfigMap holds every setting',
            checks: [{ rule: 'configmap-required-keys', with: { keys } }],
          },
        ]),
    {
      id: 'secret-refs',
      title: 'Workloads read the agreed Secrets',
      checks: secretReferences(environments),
    },
    {
      id: 'secret-keys',
      title: 'Each Secret has its keys',
      checks: secrets.length === 0 ? [] : [{ rule: 'secret-required-keys', with: { secrets } }],
    },
    {
      id: 'secrets-sealed',
      title: 'Secrets are committed only as SealedSecrets',
      checks: [{ rule: 'secret-sealed-only' }],
    },
  ];
}

/** Secrets and ConfigMaps that containers read and the chart does not hold. */
export function findExternals({ environments }: ObservedChart): YamlValue[] {
  const missing = environments.flatMap(({ bundle }) => {
    return bundle.workloads.flatMap(({ containers }) => {
      return containers.flatMap((container) => {
        return bundle.environmentOf(container).references.filter(({ provider, kind, name }) => {
          const isOutside = provider === undefined && name !== '' && name !== 'kube-root-ca.crt';
          return isOutside && !bundle.mayHold(kind, name);
        });
      });
    });
  });
  return groupBy(missing, ({ kind, name }) => `${kind}/${name}`).map((references) => {
    const [{ kind, name }] = references;
    const isWhole = references.some(({ via }) => via === 'envFrom');
    const keys = [...new Set(references.flatMap(({ key }) => key ?? []))];
    return isWhole ? { kind, name } : { kind, name, keys };
  });
}

/** The keys of the ConfigMaps that containers read into their environment, else of all. */
function settingsOf({ bundle }: ObservedEnvironment): string[] {
  const read = bundle.configMaps.filter((configMap) => bundle.referencesTo(configMap).length > 0);
  const configMaps = read.length > 0 ? read : bundle.configMaps;
  return configMaps.flatMap(({ resource }) => resource?.cursor.at('data').keys() ?? []);
}

/** The Secrets of all environments with the keys that they have in common. */
function secretKeys(environments: readonly ObservedEnvironment[]): YamlValue[] {
  const all = environments.flatMap(({ bundle }) => bundle.secrets.filter(({ hasAllKeys }) => hasAllKeys));
  return groupBy(all, ({ name }) => name).flatMap((secrets) => {
    const keys = common(secrets.map((secret) => [...secret.keys.keys()]));
    return keys.length === 0 ? [] : [{ name: secrets[0].name, keys }];
  });
}

interface SecretUse {
  readonly kind: string;
  readonly name: string;
  readonly options: { readonly [key: string]: YamlValue };
}

function secretReferences(environments: readonly ObservedEnvironment[]): ProposedCheck[] {
  const workloads = environments.flatMap(({ bundle }) => bundle.workloads.map((workload) => ({ bundle, workload })));
  const uses = groupBy(workloads, ({ workload: { resource } }) => `${resource.kind}/${resource.name}`).map(
    (same): SecretUse => {
      const { kind, name } = same[0].workload.resource;
      const reads = same.map(({ bundle, workload }) =>
        secretsOf(workload, (container) => bundle.environmentOf(container)),
      );
      const names = [...new Set(reads.flatMap((read) => [...read.keys()]))];
      const everywhere = names.filter((secret) => reads.every((read) => read.has(secret)));
      const describe = (secret: string): YamlValue => {
        const keys = common(reads.map((read) => read.get(secret)?.flatMap(({ key }) => key ?? []) ?? []));
        const isWhole = reads.some((read) => read.get(secret)?.some(({ via }) => via === 'envFrom'));
        return isWhole || keys.length === 0 ? { name: secret } : { name: secret, keys };
      };
      const isOptional = (secret: string): boolean => {
        return reads.every((read) => read.get(secret)?.every((reference) => reference.isOptional) !== false);
      };
      const required = everywhere.filter((secret) => !isOptional(secret)).map(describe);
      const optional = names.filter(isOptional).map(describe);
      const lists = { ...(required.length > 0 && { required }), ...(optional.length > 0 && { optional }) };
      return { kind, name, options: { ...lists, closed: required.length + optional.length === names.length } };
    },
  );
  const groups = groupBy(
    uses.filter(({ options }) => 'required' in options || 'optional' in options),
    ({ options }) => JSON.stringify(options),
  );
  return groups.map((group) => {
    const isAll = groups.length === 1 && group.length === uses.length;
    const match = {
      kinds: [...new Set(group.map(({ kind }) => kind))],
      names: [...new Set(group.map(({ name }) => name))],
    };
    return { rule: 'secret-refs-required', ...(isAll ? {} : { match }), with: group[0].options };
  });
}

/** The Secrets that the running containers of a workload read, by name. */
function secretsOf(
  { containers }: Workload,
  environmentOf: (container: Workload['containers'][number]) => ContainerEnvironment,
): Map<string, EnvironmentReference[]> {
  const running = containers.filter(({ type }) => type === 'container' || type === 'sidecar');
  const references = running.flatMap((container) => environmentOf(container).references);
  const secrets = references.filter(({ kind, name }) => kind === 'Secret' && name !== '');
  return new Map(groupBy(secrets, ({ name }) => name).map((same) => [same[0].name, same]));
}
