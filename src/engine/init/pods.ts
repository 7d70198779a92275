import { claimsOf } from '../../bundle/claim.ts';
import { declaredPorts } from '../../bundle/ports.ts';
import { isLongRunning, volumesOf, type Container } from '../../bundle/workload.ts';
import { handlerOf, isSet, pathOf, PROBE_NAMES, probeNumber, probeOf, type ProbeName } from '../../kube/probe.ts';
import { redactLine } from '../../kube/redact.ts';
import type { ObservedChart, ObservedEnvironment } from './observe.ts';
import { common, groupBy, type Proposal, type ProposedCheck } from './proposal.ts';

/** What there is to say about probes, ports, volumes and images. */
export function proposePods(chart: ObservedChart): Proposal[] {
  const { environments } = chart;
  const claims = [
    ...new Set(environments.flatMap(({ bundle }) => bundle.workloads.flatMap(claimsOf).map(({ name }) => name))),
  ].toSorted();
  const hostPaths = [...new Set(environments.flatMap(hostPathsOf))];
  const pullSecrets = common(
    environments.flatMap(({ bundle }) =>
      bundle.workloads.map(({ podSpec }) => containerNames(podSpec.at('imagePullSecrets').items())),
    ),
  );
  const configKey = portKey(environments);
  return [
    ...PROBE_NAMES.map((probe) => proposeProbe(probe, environments)),
    {
      id: 'probes-need-config',
      title: 'Probed containers read their ConfigMap',
      checks: [{ rule: 'probe-config-wired' }],
    },
    {
      id: 'ports-agree',
      title: 'ConfigMap, container, probes and Service agree on one port',
      checks: [{ rule: 'port-agreement', ...(configKey === undefined ? {} : { with: { configKey } }) }],
    },
    {
      id: 'pvc-names',
      title: 'The workloads claim and mount the agreed volumes',
      checks: claims.length === 0 ? [] : [{ rule: 'pvc-names', with: { claims } }],
    },
    {
      id: 'image-pull-secrets',
      title: 'Images are pulled with the agreed Secrets',
      checks: pullSecrets.length === 0 ? [] : [{ rule: 'image-pull-secrets', with: { names: pullSecrets } }],
    },
    {
      id: 'host-paths',
      title: 'Only the agreed hostPaths are used',
      checks: [{ rule: 'host-path-allowed', ...(hostPaths.length === 0 ? {} : { with: { paths: hostPaths } }) }],
    },
  ];
}

/** A probe that the same container has everywhere. */
interface ProbeUse {
  readonly container: string;
  readonly path: string | undefined;
  readonly seconds: number | undefined;
}

function proposeProbe(probe: ProbeName, environments: readonly ObservedEnvironment[]): Proposal {
  const running = environments.flatMap(runningContainers);
  const byName = groupBy(running, ({ name }) => name);
  const uses = byName.flatMap((same): ProbeUse[] => {
    const probes = same.map(({ cursor }) => probeOf(cursor, probe));
    if (!probes.every(isSet)) return [];
    const endpoints = probes.map((place) => {
      const found = handlerOf(place);
      const path = found?.handler === 'httpGet' ? pathOf(found.cursor) : undefined;
      // What a query tells may be secret, and the policy is committed.
      return path !== undefined && redactLine(path) === path ? path : undefined;
    });
    const budgets = probes.map((place) => {
      const [delay, period, failures] = (['initialDelaySeconds', 'periodSeconds', 'failureThreshold'] as const).map(
        (field) => probeNumber(place, field),
      );
      if (delay === undefined || period === undefined || failures === undefined) return undefined;
      return delay + period * failures;
    });
    return [{ container: same[0].name, path: only(endpoints), seconds: only(budgets) }];
  });
  const isEverywhere = uses.length === byName.length;
  const matching = (some: readonly ProbeUse[], all: boolean): Pick<ProposedCheck, 'match'> => {
    return all ? {} : { match: { containers: some.map(({ container }) => container) } };
  };
  const byPath = groupBy(
    uses.filter(({ path }) => path !== undefined),
    ({ path }) => path ?? '',
  );
  const byBudget = probe === 'startup' ? groupBy(uses, ({ seconds }) => String(seconds)) : [];
  const checks: ProposedCheck[] = [
    ...(uses.length === 0
      ? []
      : [{ rule: 'probe-required', ...matching(uses, isEverywhere), with: { probes: [probe] } }]),
    ...byPath.map((group) => ({
      rule: 'probe-endpoint',
      ...matching(group, isEverywhere && group.length === uses.length),
      with: { probe, path: group[0].path ?? '/' },
    })),
    ...byBudget.flatMap((group) => {
      const { seconds } = group[0];
      if (seconds === undefined) return [];
      return [
        {
          rule: 'probe-budget',
          ...matching(group, isEverywhere && group.length === uses.length),
          with: { probe, seconds },
        },
      ];
    }),
  ];
  return { id: `${probe}-probe`, title: TITLES[probe], checks };
}

const TITLES: Record<ProbeName, string> = {
  startup: 'The startup probe waits for the application to start',
  liveness: 'The liveness probe detects a container that hangs',
  readiness: 'The readiness probe keeps traffic away from a container that is not ready',
};

function runningContainers({ bundle }: ObservedEnvironment): Container[] {
  return bundle.workloads
    .filter(isLongRunning)
    .flatMap(({ containers }) => containers.filter(({ type, name }) => type === 'container' && name !== ''));
}

function hostPathsOf({ bundle }: ObservedEnvironment): string[] {
  const volumes = bundle.workloads.flatMap(volumesOf);
  return volumes.flatMap((volume) => volume.at('hostPath', 'path').string ?? []);
}

function containerNames(items: readonly Container['cursor'][]): string[] {
  return items.flatMap((item) => item.at('name').string ?? []);
}

/** The setting that holds the container's port, where one key alone can be meant. */
function portKey(environments: readonly ObservedEnvironment[]): string | undefined {
  const keys = environments.flatMap((environment) => {
    return runningContainers(environment).flatMap((container) => {
      const ports = new Set(declaredPorts(container).map(({ number }) => String(number)));
      const variables = [...environment.bundle.environmentOf(container).variables.values()];
      return variables.flatMap(({ name, origin, value }) => {
        return origin === 'ConfigMap' && value !== undefined && /PORT$/i.test(name) && ports.has(value) ? [name] : [];
      });
    });
  });
  return only(keys);
}

/** The one value that all have; undefined when they differ. */
function only<T>(values: readonly T[]): T | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}
