import { describe, expect, it } from 'vitest';
import { Bundle, type BundleOptions } from '../../src/bundle/bundle.ts';
import { readResources } from '../../src/bundle/resource.ts';
import { SourceText } from '../../src/text/source.ts';
import { parseDocuments } from '../../src/yaml/parse.ts';

function bundleOf(text: string, options: BundleOptions = {}): Bundle {
  const resources = [...parseDocuments(new SourceText('f.yaml', text))].flatMap(({ document, fault }) => {
    if (fault !== undefined) throw new Error(fault.message);
    return readResources(document).resources;
  });
  return new Bundle(resources, options);
}

const OBJECTS = `
apiVersion: v1
kind: ConfigMap
metadata: {name: one}
data: {HOST: db, PORT: "5432", SHARED: from-one}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: two}
data: {SHARED: from-two}
binaryData: {BLOB: aGk=}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: sealed}
spec:
  encryptedData: {PASSWORD: AgBy}
  template: {metadata: {name: db-secret}, data: {USER: app}}
---
apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata: {name: external}
spec:
  target: {name: kis-secret}
  data: [{secretKey: APP_KEY}]
---
apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata: {name: everything}
spec: {dataFrom: [{extract: {key: all}}]}
---
`;

function environmentOf(container: string, options?: BundleOptions) {
  const bundle = bundleOf(
    `${OBJECTS}apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [${container}]}\n`,
    options,
  );
  const [first] = bundle.workloads[0]?.containers ?? [];
  if (first === undefined) throw new Error('no container');
  return bundle.environmentOf(first);
}

function valuesOf(container: string, options?: BundleOptions): Record<string, string | undefined> {
  return Object.fromEntries([...environmentOf(container, options).variables].map(([name, { value }]) => [name, value]));
}

describe('the effective environment of a container', () => {
  it('takes envFrom in order, later over earlier, with prefixes', () => {
    expect(
      valuesOf(
        '{name: c, envFrom: [{configMapRef: {name: one}}, {configMapRef: {name: two}}, {prefix: DB_, configMapRef: {name: one}}]}',
      ),
    ).toEqual({ HOST: 'db', PORT: '5432', SHARED: 'from-two', DB_HOST: 'db', DB_PORT: '5432', DB_SHARED: 'from-one' });
  });

  it('puts env over all and expands $(VAR) from what stands before', () => {
    expect(
      valuesOf(
        '{name: c, envFrom: [{configMapRef: {name: one}}], env: [{name: LATE, value: $(AFTER)}, {name: AFTER, value: x}, ' +
          '{name: URL, value: "$(HOST):$(PORT)/$$(HOST)/$(NONE)"}, {name: SHARED, value: own}]}',
      ),
    ).toEqual({
      HOST: 'db',
      PORT: '5432',
      SHARED: 'own',
      LATE: '$(AFTER)',
      AFTER: 'x',
      URL: 'db:5432/$(HOST)/$(NONE)',
    });
  });

  it('knows what each variable comes from and what it hides', () => {
    const { variables } = environmentOf(
      '{name: c, envFrom: [{configMapRef: {name: one}}], env: [{name: SHARED, valueFrom: {configMapKeyRef: {name: two, key: SHARED}}}]}',
    );
    const shared = variables.get('SHARED');
    expect(shared?.reference?.provider?.name).toBe('two');
    expect(shared?.place?.path).toEqual(['data', 'SHARED']);
    expect(shared?.shadows?.reference?.provider?.name).toBe('one');
    expect(shared?.shadows?.place?.root).not.toBe(shared?.place?.root);
  });

  it('reads the keys of Secrets in every form, and never their values', () => {
    const { variables, isComplete } = environmentOf(
      '{name: c, envFrom: [{secretRef: {name: db-secret}}, {secretRef: {name: kis-secret}}], env: [{name: URL, value: "u:$(PASSWORD)"}]}',
    );
    expect([...variables.keys()]).toEqual(['PASSWORD', 'USER', 'APP_KEY', 'URL']);
    expect([...variables.values()].map(({ value }) => value)).toEqual([undefined, undefined, undefined, undefined]);
    expect(isComplete).toBe(true);
  });

  it('tells missing keys from unknown ones', () => {
    expect(environmentOf('{name: c, envFrom: [{secretRef: {name: everything}}]}').isComplete).toBe(false);
    const { isComplete, references } = environmentOf(
      '{name: c, envFrom: [{secretRef: {name: elsewhere, optional: true}}]}',
    );
    expect(isComplete).toBe(false);
    expect(references[0]?.provider).toBeUndefined();
    expect(references[0]?.isOptional).toBe(true);
  });

  it('takes externals for objects that stand outside the input', () => {
    const externals = [{ kind: 'Secret', name: 'else*', keys: ['TOKEN'] }];
    const { variables, isComplete } = environmentOf('{name: c, envFrom: [{secretRef: {name: elsewhere}}]}', {
      externals,
    });
    expect([...variables.keys()]).toEqual(['TOKEN']);
    expect(isComplete).toBe(true);
  });

  it('reads nothing from what has the wrong shape', () => {
    for (const shape of [
      'envFrom: null',
      'envFrom: x',
      'envFrom: [null, 1, {configMapRef: null}]',
      'env: {}',
      'env: [x, {name: null}]',
    ]) {
      expect(valuesOf(`{name: c, ${shape}}`)).toEqual({});
    }
  });
});

describe('lookups in a bundle', () => {
  const two = `
apiVersion: v1
kind: ConfigMap
metadata: {name: one, namespace: a}
---
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: b}
spec: {containers: [{name: c}]}
---
apiVersion: v1
kind: Pod
metadata: {name: q}
spec: {containers: [{name: c}]}
`;

  it('stay in the namespace where it is known', () => {
    const found = (options: BundleOptions): (string | undefined)[] => {
      const bundle = bundleOf(two, options);
      return bundle.workloads.map(({ resource }) => bundle.findProvider('ConfigMap', 'one', resource)?.name);
    };
    expect(found({})).toEqual([undefined, 'one']);
    expect(found({ namespace: 'a' })).toEqual([undefined, 'one']);
    expect(found({ namespace: 'c' })).toEqual([undefined, undefined]);
  });

  it('match Services to workloads by every label of the selector', () => {
    const bundle = bundleOf(`
apiVersion: v1
kind: Service
metadata: {name: s}
spec: {selector: {app: x, tier: "1"}}
---
apiVersion: v1
kind: Service
metadata: {name: headless}
spec: {}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: yes-one}
spec: {template: {metadata: {labels: {app: x, tier: "1", more: y}}, spec: {}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: other}
spec: {template: {metadata: {labels: {app: x, tier: "2"}}, spec: {}}}
`);
    const [service, headless] = bundle.ofKind('', 'Service');
    if (service === undefined || headless === undefined) throw new Error('no services');
    expect(bundle.workloadsOf(service).map(({ resource }) => resource.name)).toEqual(['yes-one']);
    expect(bundle.workloadsOf(headless)).toEqual([]);
  });

  it('find the Pods of every kind that holds one, and tell sidecars from init containers', () => {
    const spec =
      '{initContainers: [{name: i}, {name: s, restartPolicy: Always}], containers: [{name: c}], ephemeralContainers: [{name: e}]}';
    const object = (apiVersion: string, kind: string, rest: string): string =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: n}\n${rest}\n---\n`;
    const template = `spec: {template: {spec: ${spec}}}`;
    const bundle = bundleOf(
      [
        object('v1', 'Pod', `spec: ${spec}`),
        object('v1', 'PodTemplate', `template: {spec: ${spec}}`),
        object('v1', 'ReplicationController', template),
        ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].map((kind) => object('apps/v1', kind, template)),
        object('batch/v1', 'Job', template),
        object('batch/v1', 'CronJob', `spec: {jobTemplate: {spec: {template: {spec: ${spec}}}}}`),
        object('argoproj.io/v1alpha1', 'Rollout', template),
        object('example.com/v1', 'Deployment', template),
      ].join(''),
      { podKinds: [{ group: 'argoproj.io', kind: 'Rollout', template: ['spec', 'template'] }] },
    );
    expect(bundle.workloads).toHaveLength(10);
    for (const { containers } of bundle.workloads) {
      expect(containers.map(({ name, type }) => `${name} ${type}`)).toEqual([
        'i init',
        's sidecar',
        'c container',
        'e ephemeral',
      ]);
    }
  });

  it('reads lists, typed lists and lists in lists', () => {
    const bundle = bundleOf(`
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
  - apiVersion: v1
    kind: List
    items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}]
---
apiVersion: v1
kind: ConfigMapList
items: [{metadata: {name: c}}]
`);
    expect(bundle.configMaps.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});
