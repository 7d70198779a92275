import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadStructures, type StructureOptions, type Structures } from '../../src/kube/structure.ts';
import table from '../../src/kube/structures.generated.ts';
import { SourceText } from '../../src/text/source.ts';
import { toValue, type Node } from '../../src/yaml/node.ts';
import { parseDocuments } from '../../src/yaml/parse.ts';

let structures: Structures;
beforeAll(async () => {
  structures = await loadStructures([{ apiVersion: 'v1', kind: 'Pod' }]);
});

/** The issues of a manifest, one line each: path, problem, and what else there is. */
function issuesOf(manifest: string, options?: StructureOptions): string[] {
  const { apiVersion, kind } = valueOf(manifest);
  return structures.check(String(apiVersion), String(kind), parse(manifest), options).map(describeIssue);
}

function describeIssue(issue: ReturnType<Structures['check']>[number]): string {
  const { path, problem, expected, found, name, suggestion } = issue;
  const details = Object.entries({ name, expected, found, suggestion }).filter(([, text]) => text !== undefined);
  return [path.join('.'), problem, ...details.map(([key, text]) => `${key}=${text}`)].join(' ');
}

function parse(manifest: string): Node {
  for (const { document } of parseDocuments(new SourceText('manifest.yaml', manifest))) {
    if (document?.root !== undefined) return document.root;
  }
  throw new Error('The manifest of this test is faulty.');
}

function valueOf(manifest: string): Record<string, unknown> {
  const value = toValue(parse(manifest));
  if (!isRecord(value)) throw new Error('The manifest of this test is no object.');
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A pod whose spec has these lines beside its containers. */
function pod(lines: string): string {
  return `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a}], ${lines}}}`;
}

/** A pod whose container has these lines beside its name. */
function container(lines: string): string {
  return `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, ${lines}}]}}`;
}

function object(apiVersion: string, kind: string, lines: string): string {
  return `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: a}, ${lines}}`;
}

describe('types', () => {
  it.each([
    [pod('hostNetwork: "true"'), 'spec.hostNetwork type expected=boolean found=string'],
    [pod('hostname: 5'), 'spec.hostname type expected=string found=number'],
    [pod('hostname: on'), 'spec.hostname type expected=string found=boolean'],
    [pod('priority: "5"'), 'spec.priority type expected=integer found=string'],
    [pod('priority: 1.5'), 'spec.priority type expected=integer found=number'],
    [pod('volumes: {name: a}'), 'spec.volumes type expected=list found=object'],
    [pod('volumes: [a]'), 'spec.volumes.0 type expected=object found=string'],
    [pod('nodeSelector: []'), 'spec.nodeSelector type expected=object found=list'],
    [pod('nodeSelector: {ssd: true}'), 'spec.nodeSelector.ssd type expected=string found=boolean'],
    [pod('securityContext: ""'), 'spec.securityContext type expected=object found=string'],
    [container('args: [1]'), 'spec.containers.0.args.0 type expected=string found=number'],
    [container('args: -v'), 'spec.containers.0.args type expected=list found=string'],
    [container('env: [{name: A, value: 5432}]'), 'spec.containers.0.env.0.value type expected=string found=number'],
    [
      container('resources: {limits: {cpu: true}}'),
      'spec.containers.0.resources.limits.cpu type expected=string found=boolean',
    ],
    [
      container('livenessProbe: {tcpSocket: {port: 1.5}}'),
      'spec.containers.0.livenessProbe.tcpSocket.port type expected=integer or string found=number',
    ],
    [
      container('livenessProbe: {tcpSocket: {port: true}}'),
      'spec.containers.0.livenessProbe.tcpSocket.port type expected=integer or string found=boolean',
    ],
    [object('v1', 'ConfigMap', 'data: {A: 1}'), 'data.A type expected=string found=number'],
    [object('v1', 'ConfigMap', 'data: {A: {b: c}}'), 'data.A type expected=string found=object'],
    [object('v1', 'Secret', 'data: {A: 1}'), 'data.A type expected=string found=number'],
    [object('v1', 'Service', 'spec: []'), 'spec type expected=object found=list'],
  ])('%s', (manifest, issue) => {
    expect(issuesOf(manifest)).toEqual([issue]);
  });

  it('names types, never values', () => {
    const issues = issuesOf(object('v1', 'Secret', 'data: {A: 31337, B: "hunter2!"}, type: 31337'));
    expect(issues).toEqual([
      'data.A type expected=string found=number',
      'data.B format expected=text in base64',
      'type type expected=string found=number',
    ]);
  });

  it('reports a root that is no object', () => {
    expect(structures.check('v1', 'Pod', parse('[a]')).map(describeIssue)).toEqual([
      ' type expected=object found=list',
    ]);
  });
});

describe('what the API server accepts', () => {
  it.each([
    ['whole numbers however written', pod('priority: 2.0, terminationGracePeriodSeconds: 3e1')],
    ['the smallest and largest int32', pod('priority: -2147483648, securityContext: {runAsUser: 2147483647}')],
    [
      'int64 that JavaScript rounds',
      object('v1', 'ConfigMap', 'data: {}').replace('name: a', 'name: a, generation: 9223372036854775807'),
    ],
    [
      'null for an optional field',
      pod('securityContext: null, volumes: ~, nodeSelector: null, priority: null, hostname: null'),
    ],
    ['null in a map and in a list of strings', container('args: [null], resources: {limits: {cpu: null}}')],
    ['null data', object('v1', 'Secret', 'data: null, stringData: {a: null}')],
    [
      'a dumped object',
      object('v1', 'Secret', 'type: Opaque').replace(
        'name: a',
        'name: a, creationTimestamp: null, managedFields: [{fieldsV1: {"f:data": {".": {}}}, time: "2024-05-01T10:00:00Z"}]',
      ),
    ],
    [
      'timestamps with fractions and offsets',
      object('v1', 'Namespace', 'spec: {}').replace(
        'name: a',
        'name: a, creationTimestamp: "2024-05-01T10:00:00.123+09:00"',
      ),
    ],
    ['base64 over several lines', 'apiVersion: v1\nkind: Secret\ndata:\n  a: |\n    aGVs\n    bG8=\n  b: ""\n'],
    [
      'quantities',
      container(
        'resources: {limits: {cpu: 1, memory: 1Gi, a: 0.5, b: 100m, c: 1e3, d: 1E, e: "+.5", f: 12E-3, g: " 1Ki ", h: 5., i: 3u}}',
      ),
    ],
    [
      'integers or strings',
      object(
        'v1',
        'Service',
        'spec: {ports: [{port: 1, targetPort: http}, {port: 2, targetPort: 2}, {port: 3, targetPort: "3"}]}',
      ),
    ],
    [
      'the empty string where a default exists',
      pod('restartPolicy: "", dnsPolicy: "", tolerations: [{operator: "", effect: ""}]'),
    ],
    ['any status', 'apiVersion: apps/v1\nkind: Deployment\nstatus: {replicas: x, conditions: 1, foo: {}}\n'],
    [
      'a claim template with its own header',
      `{apiVersion: apps/v1, kind: StatefulSet, spec: {selector: {}, template: {spec: {containers: [{name: a}]}}, volumeClaimTemplates: [{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce]}, status: {phase: Pending, x: 1}}, {metadata: {name: b}, spec: {}}]}}`,
    ],
    [
      'required fields whose zero value is valid',
      `{apiVersion: apps/v1, kind: StatefulSet, spec: {selector: {}, template: {spec: {containers: [{name: a}]}}}}`,
    ],
    ['a priority class without a value', object('scheduling.k8s.io/v1', 'PriorityClass', 'globalDefault: false')],
    [
      'a network policy without a pod selector',
      object('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {policyTypes: [Ingress]}'),
    ],
    [
      'a role reference without a group',
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: {kind: Role, name: a}'),
    ],
    ['a role without rules', object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'rules: null')],
    ['an HTTP header without a value', container('livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: A}]}}')],
    [
      'fields of Kubernetes 1.34 and 1.35',
      container(
        'restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [1]}}], env: [{name: A, valueFrom: {fileKeyRef: {volumeName: a, path: b, key: c}}}]',
      ),
    ],
    ['comparing tolerations', pod('tolerations: [{key: a, operator: Lt, value: "5"}]')],
    [
      'JSON where a schema holds any',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: a.b\n  names: {kind: A, plural: as}\n  scope: Namespaced\n  versions:\n  - name: v1\n    schema: {openAPIV3Schema: {type: object, default: {a: [1]}, example: 1, enum: [1, a, null, {}], items: {}, additionalProperties: true, properties: {a: null, b: {x-kubernetes-preserve-unknown-fields: true}}, dependencies: {a: [b]}}}\n',
    ],
    ['raw extensions', object('apps/v1', 'ControllerRevision', 'data: {spec: [1]}, revision: 1')],
    [
      'an empty closed object',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {group: a.b, names: {kind: A, plural: as}, scope: Cluster, versions: [{name: v1, subresources: {status: {}}}]}',
    ],
  ])('%s', (_, manifest) => {
    expect(issuesOf(manifest, { unknownFields: 'all' })).toEqual([]);
  });
});

describe('kinds', () => {
  it.each([
    ['a removed version', 'extensions/v1beta1', 'Ingress'],
    ['a beta version', 'policy/v1beta1', 'PodDisruptionBudget'],
    ['an unknown kind of a known version', 'apps/v1', 'Deploymnet'],
    ['a type that is no kind', 'v1', 'Container'],
    ['a template, which has metadata but no kind', 'v1', 'PodTemplateSpec'],
    ['a list', 'v1', 'List'],
    ['a custom kind', 'example.com/v1', 'Deployment'],
    ['no kind at all', '', ''],
  ])('%s has no issues', (_, apiVersion, kind) => {
    const node = parse('{apiVersion: 1, spec: x, foo: 1}');
    expect(structures.check(apiVersion, kind, node, { unknownFields: 'all' })).toEqual([]);
  });

  it('loads nothing for custom kinds alone', async () => {
    const none = await loadStructures([{ apiVersion: 'example.com/v1', kind: 'Pod' }]);
    expect(none.check('v1', 'Pod', parse('{spec: 1}'))).toEqual([]);
    const some = await loadStructures([
      { apiVersion: 'example.com/v1', kind: 'Foo' },
      { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
    ]);
    expect(some.check('v1', 'Pod', parse('{spec: 1}'))).toHaveLength(1);
  });
});

describe('required fields', () => {
  it.each([
    [pod('volumes: [{emptyDir: {}}]'), ['spec.volumes.0 required name=name']],
    ['{apiVersion: v1, kind: Pod, spec: {}}', ['spec required name=containers']],
    ['{apiVersion: v1, kind: Pod, spec: {containers: null}}', ['spec required name=containers']],
    ['{apiVersion: v1, kind: Pod, spec: {containers: [null]}}', ['spec.containers.0 required name=name']],
    [container('ports: [{name: http}]'), ['spec.containers.0.ports.0 required name=containerPort']],
    [
      container('env: [null, {value: a}]'),
      ['spec.containers.0.env.0 required name=name', 'spec.containers.0.env.1 required name=name'],
    ],
    [
      container('env: [{name: A, valueFrom: {secretKeyRef: {name: b}}}]'),
      ['spec.containers.0.env.0.valueFrom.secretKeyRef required name=key'],
    ],
    [container('volumeMounts: [{name: a}]'), ['spec.containers.0.volumeMounts.0 required name=mountPath']],
    [
      object('apps/v1', 'Deployment', 'spec: {replicas: 1}'),
      ['spec required name=selector', 'spec required name=template'],
    ],
    [object('v1', 'Service', 'spec: {ports: [{name: http}]}'), ['spec.ports.0 required name=port']],
    [
      object('networking.k8s.io/v1', 'Ingress', 'spec: {rules: [{http: {paths: [{path: /}]}}]}'),
      ['spec.rules.0.http.paths.0 required name=backend', 'spec.rules.0.http.paths.0 required name=pathType'],
    ],
    [
      object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'subjects: [{kind: User}]'),
      [' required name=roleRef', 'subjects.0 required name=name'].toReversed(),
    ],
    [
      object('autoscaling/v2', 'HorizontalPodAutoscaler', 'spec: {minReplicas: 1}'),
      ['spec required name=maxReplicas', 'spec required name=scaleTargetRef'],
    ],
    [
      object('batch/v1', 'CronJob', 'spec: {jobTemplate: {spec: {}}}'),
      ['spec.jobTemplate.spec required name=template', 'spec required name=schedule'],
    ],
  ])('%s', (manifest, issues) => {
    expect(issuesOf(manifest)).toEqual(issues);
  });
});

describe('enumerations', () => {
  it.each([
    [pod('restartPolicy: always'), 'spec.restartPolicy enum expected=Always, Never, OnFailure suggestion=Always'],
    [pod('restartPolicy: 5'), 'spec.restartPolicy type expected=string found=number'],
    [
      container('imagePullPolicy: Sometimes'),
      'spec.containers.0.imagePullPolicy enum expected=Always, IfNotPresent, Never',
    ],
    [
      container('ports: [{containerPort: 1, protocol: tcp}]'),
      'spec.containers.0.ports.0.protocol enum expected=SCTP, TCP, UDP suggestion=TCP',
    ],
    [
      object('v1', 'Service', 'spec: {type: LoadBalancr}'),
      'spec.type enum expected=ClusterIP, ExternalName, LoadBalancer, NodePort suggestion=LoadBalancer',
    ],
    [
      object('v1', 'PersistentVolumeClaim', 'spec: {accessModes: [ReadWriteOnce, RWX]}'),
      'spec.accessModes.1 enum expected=ReadOnlyMany, ReadWriteMany, ReadWriteOnce, ReadWriteOncePod',
    ],
    [
      object('networking.k8s.io/v1', 'Ingress', 'spec: {rules: [{http: {paths: [{pathType: "", backend: {}}]}}]}'),
      'spec.rules.0.http.paths.0.pathType enum expected=Exact, ImplementationSpecific, Prefix',
    ],
    [
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: {kind: role, name: a}'),
      'roleRef.kind enum expected=ClusterRole, Role suggestion=Role',
    ],
  ])('%s', (manifest, issue) => {
    expect(issuesOf(manifest)).toEqual([issue]);
  });
});

describe('formats and ranges', () => {
  it.each([
    [
      container('resources: {limits: {memory: 1GB}}'),
      'spec.containers.0.resources.limits.memory format expected=a quantity such as 500m or 1Gi',
    ],
    [
      container('resources: {limits: {memory: 64mi}}'),
      'spec.containers.0.resources.limits.memory format expected=a quantity such as 500m or 1Gi',
    ],
    [
      container('resources: {limits: {memory: 1 Gi}}'),
      'spec.containers.0.resources.limits.memory format expected=a quantity such as 500m or 1Gi',
    ],
    [
      container('resources: {limits: {memory: ""}}'),
      'spec.containers.0.resources.limits.memory format expected=a quantity such as 500m or 1Gi',
    ],
    [
      object('v1', 'PersistentVolumeClaim', 'spec: {resources: {requests: {storage: 1e}}}'),
      'spec.resources.requests.storage format expected=a quantity such as 500m or 1Gi',
    ],
    [object('v1', 'Secret', 'data: {a: hunter2}'), 'data.a format expected=text in base64'],
    [object('v1', 'Secret', 'data: {a: "aGVs bG8="}'), 'data.a format expected=text in base64'],
    [object('v1', 'Secret', 'data: {a: aGVsbG8}'), 'data.a format expected=text in base64'],
    [pod('priority: 2147483648'), 'spec.priority value expected=int32'],
    [
      container('ports: [{containerPort: 80000000000}]'),
      'spec.containers.0.ports.0.containerPort value expected=int32',
    ],
    [
      container('livenessProbe: {tcpSocket: {port: 80000000000}}'),
      'spec.containers.0.livenessProbe.tcpSocket.port value expected=int32',
    ],
    [pod('terminationGracePeriodSeconds: 1e20'), 'spec.terminationGracePeriodSeconds value expected=int64'],
    [
      object('coordination.k8s.io/v1', 'Lease', 'spec: {renewTime: 2024-05-01}'),
      'spec.renewTime format expected=a time such as 2030-01-31T12:00:00.000000Z',
    ],
  ])('%s', (manifest, issue) => {
    expect(issuesOf(manifest)).toEqual([issue]);
  });
});

describe('unknown fields', () => {
  it.each([
    [
      container('imagePullPolcy: Always'),
      'spec.containers.0.imagePullPolcy unknown name=imagePullPolcy suggestion=imagePullPolicy',
    ],
    [
      container('imagepullpolicy: Always'),
      'spec.containers.0.imagepullpolicy unknown name=imagepullpolicy suggestion=imagePullPolicy',
    ],
    [container('Env: []'), 'spec.containers.0.Env unknown name=Env suggestion=env'],
    [container('port: [{containerPort: 1}]'), 'spec.containers.0.port unknown name=port suggestion=ports'],
    [container('volumeMount: []'), 'spec.containers.0.volumeMount unknown name=volumeMount suggestion=volumeMounts'],
    [container('command: [a], commands: [b]'), 'spec.containers.0.commands unknown name=commands suggestion=command'],
    [
      container('resources: {request: {cpu: 1}}'),
      'spec.containers.0.resources.request unknown name=request suggestion=requests',
    ],
    [
      object('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {policyType: [Ingress]}'),
      'spec.policyType unknown name=policyType suggestion=policyTypes',
    ],
    [object('v1', 'ConfigMap', 'datas: {}'), 'datas unknown name=datas suggestion=data'],
  ])('%s', (manifest, issue) => {
    expect(issuesOf(manifest)).toEqual([issue]);
    expect(issuesOf(manifest, { unknownFields: 'all' })).toEqual([issue]);
    expect(issuesOf(manifest, { unknownFields: 'off' })).toEqual([]);
  });

  it.each([
    [container('imageDigest: a'), 'spec.containers.0.imageDigest unknown name=imageDigest'],
    [container('replicas: 1'), 'spec.containers.0.replicas unknown name=replicas'],
    [container('tt: true'), 'spec.containers.0.tt unknown name=tt'], // too short for a guess
    [container('livenessProbe: {}, livenesProbe: {}'), 'spec.containers.0.livenesProbe unknown name=livenesProbe'], // taken
    [object('v1', 'ConfigMap', 'spec: {}'), 'spec unknown name=spec'],
    ['apiVersion: v1\nkind: ConfigMap\n__proto__: {}\n', '__proto__ unknown name=__proto__'],
    ['apiVersion: v1\nkind: ConfigMap\nconstructor: {}\n', 'constructor unknown name=constructor'],
  ])('only with all: %s', (manifest, issue) => {
    expect(issuesOf(manifest)).toEqual([]);
    expect(issuesOf(manifest, { unknownFields: 'all' })).toEqual([issue]);
  });

  it('reports a mistyped required field once', () => {
    const manifest = pod('volumes: [{nmae: a}]');
    expect(issuesOf(manifest)).toEqual(['spec.volumes.0.nmae unknown name=nmae suggestion=name']);
    expect(issuesOf(manifest, { unknownFields: 'off' })).toEqual(['spec.volumes.0 required name=name']);
  });

  it('does not look into maps and open places', () => {
    const manifest = object('v1', 'ConfigMap', 'data: {imagePullPolcy: a, __proto__: b}').replace(
      'name: a',
      'name: a, labels: {nmae: a}, annotations: {spce: a}',
    );
    expect(issuesOf(manifest, { unknownFields: 'all' })).toEqual([]);
  });
});

/**
 * kubernetes-models compiles the published OpenAPI document into validators, which say less and refuse more than the
 * API server. Where the two ways of reading the same facts may differ is written down here.
 */
describe('agreement with the validators of kubernetes-models', () => {
  const types = new Map(table.split('\n').map((line) => [line.replace(/;.*/, ''), line.split(';').slice(1)]));

  it.each([
    [pod('hostNetwork: true, volumes: [{name: a, configMap: {name: a, items: [{key: a, path: b}]}}]'), true],
    [pod('volumes: [{name: a, configMap: {items: [{key: a}]}}]'), false],
    [
      pod(
        'tolerations: [{key: a, operator: Exists}], affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}',
      ),
      true,
    ],
    [pod('affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}}'), false],
    [container('livenessProbe: {httpGet: {path: /, port: http}, periodSeconds: 5}'), true],
    [container('livenessProbe: {httpGet: {path: /}}'), false],
    [container('livenessProbe: {periodSeconds: "5"}'), false],
    [container('lifecycle: {preStop: {exec: {command: [a, b]}}}'), true],
    [container('lifecycle: {preStop: {exec: {command: a b}}}'), false],
    [container('securityContext: {runAsUser: 1000, capabilities: {drop: [ALL]}}'), true],
    [container('securityContext: {runAsUser: root}'), false],
    [object('v1', 'Secret', 'type: Opaque, data: {a: aGVsbG8=}, stringData: {b: c}'), true],
    [object('v1', 'Secret', 'stringData: {b: 1}'), false],
    [object('v1', 'Service', 'spec: {clusterIP: None, selector: {a: b}, ports: [{port: 80, targetPort: web}]}'), true],
    [object('v1', 'Service', 'spec: {selector: {a: 1}}'), false],
    [
      object(
        'v1',
        'PersistentVolumeClaim',
        'spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}',
      ),
      true,
    ],
    [object('v1', 'PersistentVolumeClaim', 'spec: {accessModes: ReadWriteOnce}'), false],
    [object('v1', 'ServiceAccount', 'imagePullSecrets: [{name: a}], automountServiceAccountToken: false'), true],
    [object('v1', 'ServiceAccount', 'imagePullSecrets: [a]'), false],
    [
      object(
        'apps/v1',
        'DaemonSet',
        'spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a}]}}, updateStrategy: {rollingUpdate: {maxUnavailable: 10%}}}',
      ),
      true,
    ],
    [object('apps/v1', 'DaemonSet', 'spec: {selector: {matchLabels: [a]}, template: {}}'), false],
    [
      object(
        'batch/v1',
        'CronJob',
        'spec: {schedule: "@daily", jobTemplate: {spec: {template: {spec: {containers: [{name: a}], restartPolicy: Never}}}}}',
      ),
      true,
    ],
    [object('batch/v1', 'CronJob', 'spec: {schedule: "@daily", suspend: "no", jobTemplate: {}}'), false],
    [
      object(
        'networking.k8s.io/v1',
        'Ingress',
        'spec: {tls: [{hosts: [a]}], rules: [{host: a, http: {paths: [{pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]}',
      ),
      true,
    ],
    [
      object(
        'networking.k8s.io/v1',
        'Ingress',
        'spec: {rules: [{http: {paths: [{pathType: Prefix, backend: {service: {name: a, port: {number: http}}}}]}}]}',
      ),
      false,
    ],
    [
      object(
        'networking.k8s.io/v1',
        'NetworkPolicy',
        'spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80, endPort: 90}]}]}',
      ),
      true,
    ],
    [
      object(
        'networking.k8s.io/v1',
        'NetworkPolicy',
        'spec: {podSelector: {}, ingress: [{from: [{ipBlock: {except: [a]}}]}]}',
      ),
      false,
    ],
    [
      object('rbac.authorization.k8s.io/v1', 'Role', 'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]'),
      true,
    ],
    [object('rbac.authorization.k8s.io/v1', 'Role', 'rules: [{apiGroups: [""], resources: [pods]}]'), false],
    [
      object(
        'policy/v1',
        'PodDisruptionBudget',
        'spec: {minAvailable: 50%, selector: {matchExpressions: [{key: a, operator: Exists}]}}',
      ),
      true,
    ],
    [object('policy/v1', 'PodDisruptionBudget', 'spec: {minAvailable: [1]}'), false],
    [
      object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: a}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}',
      ),
      true,
    ],
    [
      object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: a}, metrics: [{type: Resource, resource: {name: cpu}}]}',
      ),
      false,
    ],
    [
      object(
        'storage.k8s.io/v1',
        'StorageClass',
        'provisioner: a, parameters: {type: gp3}, allowVolumeExpansion: true',
      ),
      true,
    ],
    [object('storage.k8s.io/v1', 'StorageClass', 'provisioner: a, parameters: {iops: 3000}'), false],
    [
      object(
        'admissionregistration.k8s.io/v1',
        'ValidatingWebhookConfiguration',
        'webhooks: [{name: a, admissionReviewVersions: [v1], sideEffects: None, clientConfig: {caBundle: "", service: {name: a, namespace: b}}, rules: [{operations: ["*"], scope: "*"}]}]',
      ),
      true,
    ],
    [
      object(
        'admissionregistration.k8s.io/v1',
        'ValidatingWebhookConfiguration',
        'webhooks: [{name: a, clientConfig: {}}]',
      ),
      false,
    ],
    [
      object(
        'apiregistration.k8s.io/v1',
        'APIService',
        'spec: {group: a, version: v1, groupPriorityMinimum: 1, versionPriority: 1}',
      ),
      true,
    ],
    [object('apiregistration.k8s.io/v1', 'APIService', 'spec: {group: a, version: v1}'), false],
    [
      object(
        'discovery.k8s.io/v1',
        'EndpointSlice',
        'addressType: IPv4, endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}]',
      ),
      true,
    ],
    [object('discovery.k8s.io/v1', 'EndpointSlice', 'addressType: IPv5, endpoints: []'), false],
  ])('%s: %s', async (manifest, isValid) => {
    const value = valueOf(manifest);
    const [apiVersion, kind] = [String(value['apiVersion']), String(value['kind'])];
    expect(issuesOf(manifest, { unknownFields: 'all' }).length === 0).toBe(isValid);
    expect((await refusals(apiVersion, kind, value)).length === 0).toBe(isValid);
  });

  const PROBES = [
    'x',
    '1',
    'aGk=',
    '2024-05-01T10:00:00Z',
    1,
    -1,
    1.5,
    2 ** 31,
    true,
    [],
    ['x'],
    [1],
    [{}],
    {},
    { k: 'x' },
    { k: 1 },
    { k: ['x'] },
  ];
  /** Decided by a closed set of values that the OpenAPI document does not have, or by one that it has too narrow. */
  const SETS = new Set([
    'apiextensions.k8s.io/v1.CustomResourceDefinitionSpec.scope',
    'autoscaling/v2.HPAScalingPolicy.type',
    'autoscaling/v2.HPAScalingRules.selectPolicy',
    'autoscaling/v2.MetricSpec.type',
    'autoscaling/v2.MetricTarget.type',
    'meta/v1.LabelSelectorRequirement.operator',
    'rbac.authorization.k8s.io/v1.RoleRef.kind',
    'rbac.authorization.k8s.io/v1.Subject.kind',
  ]);
  /** Fields that came after Kubernetes 1.33, of which the validators are. */
  const LATER = new Set(
    Object.entries<Record<string, string>>(JSON.parse(readFileSync('scripts/api-fields.json', 'utf8')).types).flatMap(
      ([type, fields]) =>
        Object.entries(fields).flatMap(([field, fact]) => (fact.startsWith('@') ? [] : `${type}.${field}`)),
    ),
  );

  /** Fields whose type the validators have lost or have wrong: a list, a boolean, times with a fixed number of digits. */
  const UNCHECKED =
    /^(description|x-kubernetes-.*|dependencies|additional(Items|Properties)|eventTime|acquireTime|renewTime|lastObservedTime)$/;

  it('holds for the type of every field of every object', async () => {
    let compared = 0;
    const differences: string[] = [];
    for (const [type, { apiVersion, kind, path }] of placesOfTypes()) {
      for (const [field = '', written = ''] of (types.get(type) ?? []).map((each) => each.split('='))) {
        // Theirs fixes apiVersion and kind; status is free here.
        if (written === 'any' || LATER.has(`${type}.${field}`) || SETS.has(`${type}.${field}`)) continue;
        if (UNCHECKED.test(field) || type.endsWith('.ValidationRule')) continue;
        if (path.length === 0 && ['apiVersion', 'kind'].includes(field)) continue;
        for (const probe of PROBES) {
          const value = wrap({ [field]: probe }, path);
          const place = [...path, field];
          const ours = structures.check(apiVersion, kind, parse(JSON.stringify(value)), { unknownFields: 'off' });
          const isOurs = ours.some(
            (issue) => issue.problem !== 'required' && startsWith(issue.path.map(String), place),
          );
          const theirs = await refusals(apiVersion, kind, value);
          const isTheirs = theirs.some((each) => each.keyword !== 'required' && startsWith(each.path, place));
          compared++;
          if (isOurs !== isTheirs)
            differences.push(`${type}.${field}: ${JSON.stringify(probe)} ${isTheirs ? 'they' : 'we'} refuse`);
        }
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(20_000);
  });

  it('holds for the required fields of every object but these', async () => {
    const accepted: string[] = [];
    for (const [type, { apiVersion, kind, path }] of placesOfTypes()) {
      if (type.endsWith('.ValidationRule') || apiVersion.startsWith('auth')) continue;
      const value = wrap({}, path);
      const ours = structures
        .check(apiVersion, kind, parse(JSON.stringify(value)))
        .flatMap((issue) => (issue.path.length === path.length ? (issue.name ?? []) : []));
      const theirs = (await refusals(apiVersion, kind, value)).flatMap((each) =>
        each.path.length === path.length ? (each.missing ?? []) : [],
      );
      const ourSet = new Set(ours);
      accepted.push(...theirs.filter((name) => !ourSet.delete(name)).map((name) => `${type}.${name}`));
      expect([type, ...ourSet]).toEqual([type]);
    }
    expect(accepted.toSorted()).toEqual([
      'apiextensions.k8s.io/v1.CustomResourceDefinitionVersion.served',
      'apiextensions.k8s.io/v1.CustomResourceDefinitionVersion.storage',
      'apps/v1.ControllerRevision.revision',
      'batch/v1.PodFailurePolicy.rules',
      'batch/v1.PodFailurePolicyOnPodConditionsPattern.status',
      'discovery.k8s.io/v1.EndpointSlice.endpoints',
      'discovery.k8s.io/v1.ForNode.name',
      'discovery.k8s.io/v1.ForZone.name',
      'events.k8s.io/v1.Event.eventTime',
      'events.k8s.io/v1.EventSeries.count',
      'events.k8s.io/v1.EventSeries.lastObservedTime',
      'networking.k8s.io/v1.NetworkPolicySpec.podSelector',
      'rbac.authorization.k8s.io/v1.RoleRef.apiGroup',
      'scheduling.k8s.io/v1.PriorityClass.value',
      'storage.k8s.io/v1.CSIDriver.spec',
      'storage.k8s.io/v1.CSINode.spec',
      'storage.k8s.io/v1.CSINodeSpec.drivers',
      'storage.k8s.io/v1.TokenRequest.audience',
      'v1.ComponentCondition.status',
      'v1.ComponentCondition.type',
      'v1.ConfigMapNodeConfigSource.kubeletConfigKey',
      'v1.ConfigMapNodeConfigSource.name',
      'v1.ConfigMapNodeConfigSource.namespace',
      'v1.HTTPHeader.value',
      'v1.ISCSIPersistentVolumeSource.lun',
      'v1.ISCSIVolumeSource.lun',
      'v1.LimitRangeSpec.limits',
      'v1.PreferredSchedulingTerm.preference',
      'v1.ScaleIOPersistentVolumeSource.secretRef',
      'v1.ScaleIOVolumeSource.secretRef',
      'v1.SleepAction.seconds',
      'v1.Sysctl.value',
    ]);
  });

  /** For each type one way to reach it: `v1.PodSpec` in `v1` `Pod` at `spec`. */
  function placesOfTypes(): Map<string, { apiVersion: string; kind: string; path: string[] }> {
    const places = new Map<string, { apiVersion: string; kind: string; path: string[] }>();
    for (const [type, fields] of types) {
      if (!fields.includes('metadata=meta/v1.ObjectMeta') || !fields.includes('apiVersion=string')) continue;
      if (LATER.has(`${type}.metadata`)) continue;
      const dot = type.lastIndexOf('.');
      places.set(type, { apiVersion: type.slice(0, dot), kind: type.slice(dot + 1), path: [] });
    }
    for (const [type, place] of places) {
      for (const [field = '', written = ''] of (types.get(type) ?? []).map((each) => each.split('='))) {
        const target = written.replace(/@.*|[[\]{}!]/g, '');
        if (!types.has(target) || places.has(target) || LATER.has(`${type}.${field}`)) continue;
        const steps = [...written].flatMap((letter) => (letter === '[' ? ['0'] : letter === '{' ? ['k'] : []));
        places.set(target, { ...place, path: [...place.path, field, ...steps] });
      }
    }
    return places;
  }

  function wrap(value: unknown, path: readonly string[]): unknown {
    return path.reduceRight((inner, step) => (step === '0' ? [inner] : { [step]: inner }), value);
  }

  function startsWith(path: readonly string[], start: readonly string[]): boolean {
    return start.every((step, index) => path[index] === step);
  }

  interface Refusal {
    readonly keyword: string;
    readonly path: readonly string[];
    readonly missing: string | undefined;
  }

  const models = new Map<string, Function>();

  async function refusals(apiVersion: string, kind: string, value: unknown): Promise<Refusal[]> {
    const specifier = `kubernetes-models/${apiVersion}/${kind}`;
    const Model = models.get(specifier) ?? (await importModel(specifier, kind));
    models.set(specifier, Model);
    const model: unknown = Reflect.construct(Model, [value]);
    if (!isRecord(model) || typeof model['validate'] !== 'function') throw new Error(`${specifier} is no model.`);
    try {
      model['validate']();
      return [];
    } catch (error) {
      if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) throw error;
      return error.errors.map(readRefusal);
    }
  }

  async function importModel(specifier: string, kind: string): Promise<Function> {
    const exported: unknown = await import(specifier);
    const model = isRecord(exported) ? exported[kind] : undefined;
    if (typeof model !== 'function') throw new Error(`${specifier} exports no model.`);
    return model;
  }

  /** Reads one error of ajv. */
  function readRefusal(error: unknown): Refusal {
    if (!isRecord(error) || !isRecord(error['params'])) throw new Error('That is no error of ajv.');
    const missing = error['params']['missingProperty'];
    const [, ...path] = String(error['instancePath']).split('/');
    return {
      keyword: String(error['keyword']),
      path: path.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
      missing: missing === undefined ? undefined : String(missing),
    };
  }
});
