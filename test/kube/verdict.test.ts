import { describe, expect, it } from 'vitest';
import { loadVerdicts } from '../../src/kube/verdict.ts';
import { parseNode } from './validation/parse-node.ts';

/** The issues of a manifest, one line each. */
async function issuesOf(apiVersion: string, kind: string, fields: string, kubeVersion?: string): Promise<string[]> {
  const verdicts = await loadVerdicts([{ apiVersion, kind }], { kubeVersion });
  const node = parseNode(`{apiVersion: ${apiVersion}, kind: ${kind}, ${fields}}`);
  return verdicts.judge(apiVersion, kind, node).map((issue) => {
    return `${issue.path.join('.')} ${issue.by === 'decoding' ? issue.problem : issue.cause}`;
  });
}

function pod(fields: string): string {
  return `metadata: {name: a}, spec: {containers: [{name: a, image: a}], ${fields}}`;
}

describe('one mistake is one issue', () => {
  it.each([
    ['a value that cannot be decoded', pod('hostname: 5'), ['spec.hostname type']],
    ['a list that cannot be decoded', 'metadata: {name: a}, spec: {containers: {}}', ['spec.containers type']],
    [
      'a mistyped required field',
      'metadata: {name: a}, spec: {contaners: [{name: a, image: a}]}',
      ['spec.contaners unknown'],
    ],
    ['a value that two checks refuse', pod('restartPolicy: always'), ['spec.restartPolicy FieldValueNotSupported']],
  ])('%s', async (_, fields, issues) => {
    expect(await issuesOf('v1', 'Pod', fields)).toEqual(issues);
  });
});

describe('unknown fields', () => {
  it('are refused only where they look mistyped, for the API may be newer', async () => {
    expect(await issuesOf('v1', 'Pod', pod('somethingNew: 1'))).toEqual([]);
  });

  it('are always refused where the version of Kubernetes is said', async () => {
    expect(await issuesOf('v1', 'Pod', pod('somethingNew: 1'), '1.35.0')).toEqual(['spec.somethingNew unknown']);
  });
});

describe('fields that not every version has', () => {
  const rules = 'restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [1]}}]';
  const claim = 'containers: [{name: a, image: a}], resourceClaims: [{name: a, ';
  it.each([
    ['v1', 'Pod', pod('hostnameOverride: a'), 34, 'spec.hostnameOverride'],
    ['v1', 'Pod', pod('resources: {limits: {cpu: 1}}'), 32, 'spec.resources'],
    [
      'v1',
      'Pod',
      `metadata: {name: a}, spec: {containers: [{name: a, image: a, restartPolicy: Never, ${rules}}]}`,
      34,
      'spec.containers.0.restartPolicyRules',
    ],
    [
      'v1',
      'Pod',
      `metadata: {name: a}, spec: {${claim} resourceClaimName: a}]}`,
      31,
      'spec.resourceClaims.0.resourceClaimName',
    ],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'metadata: {name: a}, spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, behavior: {scaleUp: {tolerance: 0.1}}}',
      33,
      'spec.behavior.scaleUp.tolerance',
    ],
  ])('%s %s: %s came with 1.%i', async (apiVersion, kind, fields, since, path) => {
    expect(await issuesOf(apiVersion, kind, fields, `1.${since - 1}`)).toContain(`${path} unknown`);
    expect(await issuesOf(apiVersion, kind, fields, `1.${since}`)).not.toContain(`${path} unknown`);
    expect(await issuesOf(apiVersion, kind, fields)).toEqual([]);
  });

  it('are gone in later ones', async () => {
    const fields = `metadata: {name: a}, spec: {${claim} source: {resourceClaimName: b}}]}`;
    expect(await issuesOf('v1', 'Pod', fields, '1.30')).toEqual([]);
    expect(await issuesOf('v1', 'Pod', fields, '1.31')).toContain('spec.resourceClaims.0.source unknown');
    expect(await issuesOf('v1', 'Pod', fields)).toContain('spec.resourceClaims.0.source unknown');
  });

  it('are accepted where no version is said and they are newer than what is known', async () => {
    expect(await issuesOf('v1', 'Pod', pod('schedulingGroup: {podGroupName: a}'))).toEqual([]);
    expect(await issuesOf('v1', 'Pod', pod('schedulingGroup: {podGroupName: a}'), '1.35')).toEqual([
      'spec.schedulingGroup unknown',
    ]);
  });
});

describe('a workload of a removed version', () => {
  const wrong =
    'template: {metadata: {labels: {a: b}}, spec: {containers: [{name: A_b, image: a, ports: [{containerPort: 0}], oops: 1}]}}';
  it.each([
    ['extensions/v1beta1', 'Deployment', `spec: {${wrong}}`, 'spec.template'],
    ['extensions/v1beta1', 'DaemonSet', `spec: {templateGeneration: 1, ${wrong}}`, 'spec.template'],
    ['apps/v1beta2', 'StatefulSet', `spec: {serviceName: a, ${wrong}}`, 'spec.template'],
    [
      'batch/v1beta1',
      'CronJob',
      `spec: {schedule: '@daily', jobTemplate: {spec: {${wrong.replace('spec: {', 'spec: {restartPolicy: Never, ')}}}}`,
      'spec.jobTemplate.spec.template',
    ],
  ])('%s %s is validated inside of its Pod template', async (apiVersion, kind, fields, template) => {
    expect(await issuesOf(apiVersion, kind, `metadata: {name: a}, ${fields}`, '1.35')).toEqual([
      'apiVersion FieldValueNotSupported',
      `${template}.spec.containers.0.oops unknown`,
      `${template}.spec.containers.0.name FieldValueInvalid`,
      `${template}.spec.containers.0.ports.0.containerPort FieldValueRequired`,
    ]);
  });

  it('is not asked for what its version did not want', async () => {
    const template = 'template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}';
    const fields = `metadata: {name: a}, spec: {rollbackTo: {revision: 1}, ${template}}`;
    expect(await issuesOf('extensions/v1beta1', 'Deployment', fields, '1.35')).toEqual([
      'apiVersion FieldValueNotSupported',
    ]);
  });
});

describe('versions', () => {
  it.each([
    ['a relaxed name of a variable', 'env: [{name: 1A}]', 32],
    ['a sleep of nothing', 'lifecycle: {preStop: {sleep: {seconds: 0}}}', 33],
    ['a restart policy of a container', 'restartPolicy: Never', 35],
    [
      'a variable from a file',
      'env: [{name: A, valueFrom: {fileKeyRef: {volumeName: v, path: p, key: k}}}]}], volumes: [{name: v, emptyDir: {}',
      35,
    ],
  ])('%s is accepted since 1.%s', async (_, field, since) => {
    const fields = `metadata: {name: a}, spec: {containers: [{name: a, image: a, ${field}}]}`;
    expect(await issuesOf('v1', 'Pod', fields, `1.${since}`)).toEqual([]);
    expect(await issuesOf('v1', 'Pod', fields, `v1.${since - 1}.2`)).toHaveLength(1);
  });
});

describe('kinds', () => {
  it('of which only the structure is known need a name', async () => {
    expect(await issuesOf('v1', 'Node', 'spec: {}')).toEqual(['metadata.name FieldValueRequired']);
  });

  it('that are asked and forgotten need none', async () => {
    expect(await issuesOf('authorization.k8s.io/v1', 'SubjectAccessReview', 'spec: {user: a}')).toEqual([]);
  });

  it('that are not built in are accepted', async () => {
    expect(await issuesOf('example.com/v1', 'Thing', 'spec: [1]')).toEqual([]);
    expect(await issuesOf('gateway.networking.k8s.io/v1', 'Gateway', 'spec: [1]')).toEqual([]);
  });
});

describe('a release that another tool completes', () => {
  it.each(['<path:kv/docker#config>', 'ref+vault://kv/docker', '${DOCKER_CONFIG}'])(
    'may have %s where the API server wants JSON',
    async (placeholder) => {
      const fields = `metadata: {name: a}, type: kubernetes.io/dockerconfigjson, stringData: {.dockerconfigjson: '${placeholder}'}`;
      expect(await issuesOf('v1', 'Secret', fields)).toEqual([]);
    },
  );
});

describe('a field whose feature is off', () => {
  it.each([
    [
      'v1',
      'PersistentVolumeClaim',
      'spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, dataSourceRef: {name: a, namespace: b}}',
    ],
    ['coordination.k8s.io/v1', 'Lease', 'spec: {strategy: none, preferredHolder: a}'],
    ['v1', 'Pod', 'spec: {containers: [{name: a, image: a, lifecycle: {stopSignal: NONE}}]}'],
  ])('is dropped, not refused: %s %s', async (apiVersion, kind, fields) => {
    expect(await issuesOf(apiVersion, kind, `metadata: {name: a}, ${fields}`)).toEqual([]);
  });
});

describe('names that objects of JavaScript have, too', () => {
  it.each(['constructor', '__proto__', 'toString'])('%s is a word like any other', async (word) => {
    const kinds: readonly (readonly [string, string, string])[] = [
      ['v1', 'Pod', `metadata: {name: a}, spec: {${word}: 1, containers: [{name: a, image: a, ${word}: 1}]}`],
      ['v1', 'Secret', `metadata: {name: a}, type: ${word}`],
      ['v1', 'ResourceQuota', `metadata: {name: a}, spec: {scopes: [${word}]}`],
      ['autoscaling/v2', 'HorizontalPodAutoscaler', `metadata: {name: a}, spec: {metrics: [{type: ${word}}]}`],
      [
        'flowcontrol.apiserver.k8s.io/v1',
        'FlowSchema',
        `metadata: {name: a}, spec: {rules: [{subjects: [{kind: ${word}}]}]}`,
      ],
      [
        'apps/v1',
        'Deployment',
        `metadata: {name: a}, spec: {selector: {matchExpressions: [{key: a, operator: ${word}}]}}`,
      ],
    ];
    for (const [apiVersion, kind, fields] of kinds) {
      await expect(issuesOf(apiVersion, kind, fields)).resolves.toBeInstanceOf(Array);
    }
  });
});
