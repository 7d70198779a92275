import { describe, expect, it } from 'vitest';
import { loadVerdicts } from '../../src/kube/verdict.ts';
import { parseNode } from './validation/parse-node.ts';

/** What is said of the kind of an object, as `field problem`. */
async function refusalsOf(apiVersion: string, kind: string, kubeVersion?: string): Promise<string[]> {
  const verdicts = await loadVerdicts([{ apiVersion, kind }], { kubeVersion });
  const node = parseNode(`{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: a}}`);
  return verdicts.judge(apiVersion, kind, node).flatMap((issue) => {
    return issue.by === 'validation' && issue.cause === 'FieldValueNotSupported'
      ? [`${issue.path.join('.')} ${issue.problem}`]
      : [];
  });
}

describe('kinds that were removed', () => {
  it.each([
    ['extensions/v1beta1', 'Deployment', 16, 'apps/v1'],
    ['apps/v1beta2', 'StatefulSet', 16, 'apps/v1'],
    ['extensions/v1beta1', 'Ingress', 22, 'networking.k8s.io/v1'],
    ['networking.k8s.io/v1beta1', 'IngressClass', 22, 'networking.k8s.io/v1'],
    ['batch/v1beta1', 'CronJob', 25, 'batch/v1'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26, 'autoscaling/v2'],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 32, 'flowcontrol.apiserver.k8s.io/v1'],
    // Its own replacement was removed, too.
    ['flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema', 26, 'flowcontrol.apiserver.k8s.io/v1'],
    // Nothing is named as its replacement, but there is a stable version.
    ['node.k8s.io/v1beta1', 'RuntimeClass', 25, 'node.k8s.io/v1'],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 22, 'apiextensions.k8s.io/v1'],
    // Served longer than promised, or shorter.
    ['rbac.authorization.k8s.io/v1alpha1', 'ClusterRole', 23, 'rbac.authorization.k8s.io/v1'],
    ['resource.k8s.io/v1alpha3', 'ResourceClaim', 34, 'resource.k8s.io/v1'],
    // With another name.
    ['apps/v1alpha1', 'PetSet', 5, 'StatefulSet of apps/v1'],
    ['batch/v2alpha1', 'ScheduledJob', 8, 'CronJob of batch/v1'],
    ['resource.k8s.io/v1alpha2', 'ResourceClass', 31, 'DeviceClass of resource.k8s.io/v1'],
  ])('%s %s, in 1.%i', async (apiVersion, kind, removed, replacement) => {
    const said = `apiVersion ${apiVersion} of ${kind} was removed in Kubernetes 1.${removed}; use ${replacement}`;
    expect(await refusalsOf(apiVersion, kind)).toEqual([said]);
    const then = await refusalsOf(apiVersion, kind, `1.${removed}`);
    expect(then.map((text) => text.replace(/;.*/, ''))).toEqual([said.replace(/;.*/, '')]);
    expect(await refusalsOf(apiVersion, kind, `v1.${removed - 1}.3`)).toEqual([]);
  });

  it('without a replacement, or with one that was removed, too', async () => {
    expect(await refusalsOf('policy/v1beta1', 'PodSecurityPolicy')).toEqual([
      'apiVersion policy/v1beta1 of PodSecurityPolicy was removed in Kubernetes 1.25',
    ]);
    expect(await refusalsOf('extensions/v1beta1', 'PodSecurityPolicy')).toEqual([
      'apiVersion extensions/v1beta1 of PodSecurityPolicy was removed in Kubernetes 1.16',
    ]);
  });

  it('with a replacement that was not removed yet in the version asked', async () => {
    expect(await refusalsOf('flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema', '1.27')).toEqual([
      'apiVersion flowcontrol.apiserver.k8s.io/v1beta1 of FlowSchema was removed in Kubernetes 1.26; ' +
        'use flowcontrol.apiserver.k8s.io/v1beta3',
    ]);
  });
});

describe('kinds that there never were', () => {
  it.each([
    ['v1', 'Conf', 'kind Conf is not a kind of v1'],
    ['v1', 'ConfigMaps', 'kind ConfigMaps is not a kind of v1 (did you mean ConfigMap?)'],
    ['apps/v1', 'Deploymnet', 'kind Deploymnet is not a kind of apps/v1 (did you mean Deployment?)'],
    ['apps/v1', 'deployment', 'kind deployment is not a kind of apps/v1 (did you mean Deployment?)'],
    ['v1', 'Deployment', 'apiVersion v1 has no kind Deployment (did you mean apps/v1?)'],
    ['app/v1', 'Deployment', 'apiVersion app/v1 has no kind Deployment (did you mean apps/v1?)'],
    ['apps/v2', 'Deployment', 'apiVersion apps/v2 has no kind Deployment (did you mean apps/v1?)'],
    ['extensions/v1', 'Ingress', 'apiVersion extensions/v1 has no kind Ingress (did you mean networking.k8s.io/v1?)'],
    // Parts of other kinds, not kinds that can be applied.
    ['autoscaling/v1', 'Scale', 'kind Scale is not a kind of autoscaling/v1'],
    ['v1', 'Deploymnet', 'kind Deploymnet is not a kind of v1 (did you mean Deployment of apps/v1?)'],
    [
      'networkin.k8s.io/v1',
      'Ingress',
      'apiVersion networkin.k8s.io/v1 is not a version of the Kubernetes API (did you mean networking.k8s.io/v1?)',
    ],
  ])('%s %s', async (apiVersion, kind, said) => {
    expect(await refusalsOf(apiVersion, kind)).toEqual([said]);
  });
});

describe('kinds of which nothing is said', () => {
  it.each([
    ['v1', 'List'],
    ['v1', 'ConfigMapList'],
    ['rbac.authorization.k8s.io/v1', 'RoleList'],
    ['example.com/v1', 'Deployment'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['snapshot.storage.k8s.io/v1', 'VolumeSnapshot'],
    ['metrics.k8s.io/v1beta1', 'PodMetrics'],
    ['audit.k8s.io/v1', 'Policy'],
    ['kubeadm.k8s.io/v1beta4', 'ClusterConfiguration'],
    // Whether it is served depends on the flags of the API server.
    ['admissionregistration.k8s.io/v1beta1', 'MutatingAdmissionPolicy'],
    ['scheduling.k8s.io/v1alpha1', 'Workload'],
    // Newer than what is known.
    ['admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy'],
    ['scheduling.k8s.io/v1beta1', 'PodGroup'],
  ])('%s %s', async (apiVersion, kind) => {
    expect(await refusalsOf(apiVersion, kind)).toEqual([]);
  });
});

describe('versions', () => {
  it('do not have the kinds that came later', async () => {
    expect(await refusalsOf('networking.k8s.io/v1', 'ServiceCIDR', '1.32')).toEqual([
      'apiVersion networking.k8s.io/v1 has no kind ServiceCIDR in Kubernetes 1.32: it is served since 1.33',
    ]);
    expect(await refusalsOf('networking.k8s.io/v1', 'ServiceCIDR', '1.33')).toEqual([]);
    const [said] = await refusalsOf('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', '1.35');
    expect(said).toContain('it is served since 1.36');
    // No flag of the API server brings what it does not have.
    const [beta] = await refusalsOf('networking.k8s.io/v1beta1', 'ServiceCIDR', '1.30');
    expect(beta).toContain('it is served since 1.31');
  });

  it('that are not known get no verdict', async () => {
    for (const kubeVersion of ['1.29', '1.36', '2.0', 'latest']) {
      const verdicts = await loadVerdicts([{ apiVersion: 'v1', kind: 'Pod' }], { kubeVersion });
      expect(verdicts.judge('v1', 'Pod', parseNode('{apiVersion: v1, kind: Pod, spec: 5}'))).toEqual([]);
      expect(await refusalsOf('v1', 'Conf', kubeVersion)).toEqual([]);
    }
  });
});

describe('deprecated and removed kinds', () => {
  it.each([
    [
      'v1',
      'Endpoints',
      undefined,
      { since: 33, removed: undefined, isServed: true, replacement: 'EndpointSlice of discovery.k8s.io/v1' },
    ],
    ['v1', 'Endpoints', '1.32', undefined],
    ['batch/v1beta1', 'CronJob', '1.24', { since: 21, removed: 25, isServed: true, replacement: 'batch/v1' }],
    ['batch/v1beta1', 'CronJob', '1.25', { since: 21, removed: 25, isServed: false, replacement: 'batch/v1' }],
    [
      'rbac.authorization.k8s.io/v1alpha1',
      'Role',
      undefined,
      { since: undefined, removed: 23, isServed: false, replacement: 'rbac.authorization.k8s.io/v1' },
    ],
    ['batch/v1beta1', 'CronJob', '1.20', undefined],
    ['apps/v1', 'Deployment', undefined, undefined],
    ['example.com/v1', 'Deployment', undefined, undefined],
  ])('%s %s in %s', async (apiVersion, kind, kubeVersion, deprecation) => {
    const verdicts = await loadVerdicts([{ apiVersion, kind }], { kubeVersion });
    expect(verdicts.deprecationOf(apiVersion, kind)).toEqual(deprecation);
  });
});
