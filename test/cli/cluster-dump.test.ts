import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

interface Owner {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
}

interface ObjectDraft {
  readonly kind: string;
  readonly apiVersion?: string;
  readonly name: string;
  readonly uid?: string;
  readonly namespace?: string;
  readonly owner?: Owner;
  readonly more?: object;
}

/** An object as the API server gives it. */
function object({ kind, apiVersion = 'apps/v1', name, uid, namespace = 'shop', owner, more }: ObjectDraft): object {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      uid: uid ?? `uid-of-${kind}-${name}`,
      resourceVersion: '12',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [{ manager: 'kubectl', operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: { 'f:data': {} } }],
      labels: { app: 'web' },
      ...(owner !== undefined && {
        ownerReferences: [
          { apiVersion: 'apps/v1', uid: `uid-of-${owner.kind}-${owner.name}`, controller: true, ...owner },
        ],
      }),
    },
    ...more,
  };
}

const POD_SPEC = { containers: [{ name: 'web', image: 'a', env: [{ name: 'LEVEL', value: 'info' }] }] };
const TEMPLATE = {
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: POD_SPEC },
  },
  status: { replicas: '1', unheardOf: true },
};
const deployment = object({ kind: 'Deployment', name: 'web', more: TEMPLATE });
const replicaSet = object({
  kind: 'ReplicaSet',
  name: 'web-1',
  owner: { kind: 'Deployment', name: 'web' },
  more: TEMPLATE,
});
const pod = (owner: Owner, name = 'web-1-a'): object =>
  object({ apiVersion: 'v1', kind: 'Pod', name, owner, more: { spec: POD_SPEC, status: { phase: 5, extra: 1 } } });
const OF_REPLICA_SET = { kind: 'ReplicaSet', name: 'web-1' };

const POLICY = `version: 1
principles:
  literals: { title: T, severity: error, checks: [{ rule: env-no-literals }] }
  valid: { title: T, severity: error, checks: [{ rule: schema-valid, with: { unknownFields: all } }] }
  sealed: { title: T, severity: error, checks: [{ rule: secret-sealed-only }] }
  references: { title: T, severity: error, checks: [{ rule: reference-resolves, with: { closed: [{ kind: Secret, names: ["*"] }] } }] }
`;

/** What is found in a list of objects: the rule and the object. */
async function lint(...items: readonly object[]): Promise<string[]> {
  const dump = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const folder = folderWith({ 'chartlint.yaml': POLICY, 'dump.yaml': dump });
  const { stdout } = await runMain(['dump.yaml', '--format', 'json'], folder);
  const { findings, errors } = JSON.parse(stdout) as Report;
  expect(errors).toEqual([]);
  return findings.map(({ rule, resource }) => `${rule} ${resource?.kind}/${resource?.name}`);
}

describe("a cluster's dump", () => {
  it('is looked at in the owners', async () => {
    expect(await lint(deployment, replicaSet, pod(OF_REPLICA_SET))).toEqual(['env-no-literals Deployment/web']);
    expect(await lint(pod(OF_REPLICA_SET), replicaSet, deployment)).toEqual(['env-no-literals Deployment/web']);
  });

  it('is looked at in what is there, where the owners are not', async () => {
    expect(await lint(replicaSet, pod(OF_REPLICA_SET))).toEqual(['env-no-literals ReplicaSet/web-1']);
    expect(await lint(pod(OF_REPLICA_SET), pod(OF_REPLICA_SET, 'web-1-b'))).toEqual([
      'env-no-literals Pod/web-1-a',
      'env-no-literals Pod/web-1-b',
    ]);
  });

  it.each<[string, object]>([
    ['another namespace', object({ kind: 'ReplicaSet', name: 'web-1', namespace: 'other', more: TEMPLATE })],
    ['another uid', object({ kind: 'ReplicaSet', name: 'web-1', uid: 'new', more: TEMPLATE })],
    ['another group', object({ kind: 'ReplicaSet', apiVersion: 'example.com/v1', name: 'web-1', more: TEMPLATE })],
    ['another name', object({ kind: 'ReplicaSet', name: 'web-2', more: TEMPLATE })],
  ])('knows no owner in %s', async (_, other) => {
    expect(await lint(other, pod(OF_REPLICA_SET))).toContain('env-no-literals Pod/web-1-a');
  });

  it('looks at Pods and workloads whose owner holds no Pod', async () => {
    const node = object({ apiVersion: 'v1', kind: 'Node', name: 'n' });
    const prometheus = object({ apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', name: 'p' });
    const ofNode = pod({ apiVersion: 'v1', kind: 'Node', name: 'n' });
    expect(await lint(node, ofNode)).toEqual(['env-no-literals Pod/web-1-a']);
    const owner = { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', name: 'p' };
    const statefulSet = object({ kind: 'StatefulSet', name: 's', owner, more: TEMPLATE });
    const ofStatefulSet = pod({ kind: 'StatefulSet', name: 's' }, 's-0');
    expect(await lint(prometheus, statefulSet, ofStatefulSet)).toContain('env-no-literals StatefulSet/s');
    expect(await lint(prometheus, statefulSet, ofStatefulSet)).not.toContain('env-no-literals Pod/s-0');
  });

  it('looks at objects that own each other', async () => {
    const one = pod({ apiVersion: 'v1', kind: 'Pod', name: 'two' }, 'one');
    const two = pod({ apiVersion: 'v1', kind: 'Pod', name: 'one' }, 'two');
    expect(await lint(one, two)).toEqual(['env-no-literals Pod/one', 'env-no-literals Pod/two']);
    expect(await lint(pod({ apiVersion: 'v1', kind: 'Pod', name: 'one' }, 'one'))).toEqual(['env-no-literals Pod/one']);
  });

  it('has Secrets that are there for others, and are not judged', async () => {
    const sealed = object({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      name: 's',
      more: { spec: { encryptedData: { KEY: 'AgBxxxxxxxxxxxx' }, template: {} } },
    });
    const secret = (owner?: Owner): object =>
      object({
        apiVersion: 'v1',
        kind: 'Secret',
        name: 'made',
        ...(owner && { owner }),
        more: { data: { KEY: 'eA==' } },
      });
    const reader = object({
      apiVersion: 'v1',
      kind: 'Pod',
      name: 'reader',
      more: { spec: { containers: [{ name: 'a', image: 'a', envFrom: [{ secretRef: { name: 'made' } }] }] } },
    });
    const owner = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', name: 's' };
    expect(await lint(secret(), reader)).toEqual(['secret-sealed-only Secret/made']);
    expect(await lint(sealed, secret(owner), reader)).toEqual([]);
    expect(await lint(sealed, reader)).toEqual(['reference-resolves Pod/reader']);
  });

  it('says nothing of what the server writes', async () => {
    const configMap = (metadata: object, more: object = {}): object => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', ...metadata },
      ...more,
    });
    const odd = {
      uid: 5,
      resourceVersion: 12,
      generation: 3,
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [{ new: 1 }],
    };
    expect(await lint(configMap(odd))).toEqual([]);
    expect(await lint(configMap({ labels: 5 }))).toEqual(['schema-valid ConfigMap/a']);
    expect(await lint(configMap({}, { status: {} }))).toEqual(['schema-valid ConfigMap/a']);
  });
});
