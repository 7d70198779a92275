import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

type Files = Readonly<Record<string, string>>;

interface Linted {
  readonly status: number;
  readonly findings: readonly string[];
  readonly errors: readonly string[];
}

async function lint(files: Files, args: readonly string[] = []): Promise<Linted> {
  const folder = folderWith(files);
  const inputs = args.length > 0 ? args : ['.'];
  const { status, stdout } = await runMain(['--format', 'json', ...inputs], folder);
  const { findings, errors } = JSON.parse(stdout) as Report;
  return {
    status,
    findings: findings.map(({ rule, messageId, message }) => `${rule} ${messageId}: ${message}`),
    errors: errors.map(({ kind }) => kind),
  };
}

function policy(...checks: readonly string[]): string {
  const principles = checks.map((check, index) => `  p${index}: { title: P, checks: [{ rule: ${check} }] }\n`);
  return `version: 1\nprinciples:\n${principles.join('')}`;
}

const configMap = (name: string, data = 'A: a'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${data}\n`;

const pod = (container: string, spec = ''): string =>
  `apiVersion: apps/v1
kind: Deployment
metadata: { name: app }
spec:
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec:
      ${spec}
      containers: [{ name: app, image: a:1, ${container} }]
`;

const broken = (head: string): string => `${head}\nbroken: [\n`;
const LEGIBLE_CONFIG_MAP = broken('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  A: a');
const ILLEGIBLE = broken('{{ include "app" . }}');
const BROKEN_WORKLOAD = broken('apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db');

/** What a rule says of objects that are not there, and what the object may be in. */
const CASES: readonly (readonly [title: string, files: Files, finding: string, unread: string])[] = [
  [
    'a ConfigMap',
    {
      'chartlint.yaml': policy('reference-resolves, with: { closed: [{ kind: ConfigMap }] }'),
      'pod.yaml': pod('envFrom: [{ configMapRef: { name: settings } }]'),
    },
    'reference-resolves missing: ConfigMap settings is not in the input.',
    LEGIBLE_CONFIG_MAP,
  ],
  [
    'a misspelt name',
    {
      'chartlint.yaml': policy('reference-resolves'),
      'other.yaml': configMap('setting'),
      'pod.yaml': pod('envFrom: [{ configMapRef: { name: settings } }]'),
    },
    'reference-resolves misspelt: ConfigMap settings is not in the input (did you mean setting?).',
    LEGIBLE_CONFIG_MAP,
  ],
  [
    'a Secret',
    {
      'chartlint.yaml': policy('reference-resolves, with: { closed: [{ kind: Secret }] }'),
      'pod.yaml': pod('envFrom: [{ secretRef: { name: db } }]'),
    },
    'reference-resolves missing: Secret db is not in the input.',
    broken('kind: SealedSecret\nmetadata:\n  name: other'),
  ],
  [
    'a claim',
    {
      'chartlint.yaml': policy('reference-resolves'),
      'claim.yaml':
        'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: datas }\nspec: { accessModes: [ReadWriteOnce] }\n',
      'pod.yaml': pod('command: [a]', 'volumes: [{ name: v, persistentVolumeClaim: { claimName: data } }]'),
    },
    'reference-resolves misspelt: PersistentVolumeClaim data is not in the input (did you mean datas?).',
    broken('kind: PersistentVolumeClaim\nmetadata:\n  name: data'),
  ],
  [
    'a key that a ConfigMap must hold',
    { 'chartlint.yaml': policy('configmap-required-keys, with: { keys: [A, B] }'), 'other.yaml': configMap('one') },
    'configmap-required-keys missing: ConfigMap one has no key B.',
    LEGIBLE_CONFIG_MAP,
  ],
  [
    'a prefix that completes a key',
    { 'chartlint.yaml': policy('configmap-required-keys, with: { keys: [DB_A] }'), 'other.yaml': configMap('one') },
    'configmap-required-keys missing: ConfigMap one has no key DB_A.',
    BROKEN_WORKLOAD,
  ],
  [
    'a claim that a workload must use',
    { 'chartlint.yaml': policy('pvc-names, with: { claims: [data] }'), 'pod.yaml': pod('command: [a]') },
    'pvc-names missing: Deployment app does not claim data.',
    BROKEN_WORKLOAD,
  ],
  [
    'a Secret that is required under another name',
    {
      'chartlint.yaml': policy(
        'secret-refs-required, match: { names: [app] }, with: { optional: [{ name: db-secret }] }',
      ),
      'pod.yaml': pod('envFrom: [{ secretRef: { name: db-secrets, optional: true } }]'),
    },
    'secret-refs-required misspelt: Container app reads Secret db-secrets, which is not expected (did you mean db-secret?).',
    broken('kind: Secret\nmetadata:\n  name: db-secrets'),
  ],
  [
    'the Secrets of a service account',
    {
      'chartlint.yaml': policy('image-pull-secrets, with: { names: [pull] }'),
      'pod.yaml': pod('command: [a]', 'serviceAccountName: runner'),
    },
    'image-pull-secrets missing: The Pod of Deployment app does not list pull in imagePullSecrets.',
    broken('kind: ServiceAccount\nmetadata:\n  name: runner'),
  ],
  [
    'the ConfigMap that is meant',
    {
      'chartlint.yaml': policy('env-from-config, with: { configMaps: { withKeys: [A] } }'),
      'other.yaml': configMap('other', 'B: b'),
      'pod.yaml': pod(
        'envFrom: [{ configMapRef: { name: other } }, { configMapRef: { name: settings, optional: true } }]',
      ),
    },
    'env-from-config otherConfigMap: Container app reads other, settings with envFrom, but not a ConfigMap with A.',
    LEGIBLE_CONFIG_MAP,
  ],
  [
    'a probe for the ConfigMap that is meant',
    {
      'chartlint.yaml': policy('probe-config-wired, with: { configMaps: { withKeys: [A] } }'),
      'pod.yaml': pod('envFrom: [{ configMapRef: { name: settings } }]'),
    },
    'probe-config-wired unprobed: Container app reads ConfigMap settings but has no probe; expected startupProbe, livenessProbe and readinessProbe.',
    LEGIBLE_CONFIG_MAP,
  ],
  [
    'the port of a ConfigMap',
    {
      'chartlint.yaml': policy('port-agreement, with: { configKey: PORT }'),
      'pod.yaml': pod(
        'envFrom: [{ configMapRef: { name: settings } }], ports: [{ containerPort: 80 }], ' +
          'livenessProbe: { httpGet: { port: 81, path: / } }',
      ),
    },
    'port-agreement undeclaredProbe: The livenessProbe of container app uses port 81, which the container does not declare.',
    LEGIBLE_CONFIG_MAP,
  ],
  [
    'the workload that names a port',
    {
      'chartlint.yaml': policy('port-agreement'),
      'pod.yaml': pod('ports: [{ containerPort: 80, name: http }]'),
      'service.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { selector: { app: a }, ports: [{ port: 1, targetPort: web }] }\n',
    },
    'port-agreement unresolvedService: Service s targets port web, which is not the name of a port of Deployment app.',
    BROKEN_WORKLOAD,
  ],
];

describe('what could not be read is not missing', () => {
  it.each(CASES)('%s', async (_, files, finding, unread) => {
    // Without the broken document the rule speaks.
    expect(await lint(files)).toEqual({ status: 1, findings: [finding], errors: [] });
    expect(await lint({ ...files, 'z.yaml': unread })).toEqual({ status: 2, findings: [], errors: ['syntax'] });
    expect(await lint({ ...files, 'z.yaml': ILLEGIBLE })).toEqual({ status: 2, findings: [], errors: ['syntax'] });
  });

  it('is missing all the same when the broken document says that it is something else', async () => {
    const [, files, finding] = CASES[0] ?? ['', {}, ''];
    const others = [
      broken('kind: Secret\nmetadata:\n  name: settings'),
      broken('kind: ConfigMap\nmetadata:\n  labels: { a: b }\n  name: "other" # not settings'),
    ];
    for (const other of others) {
      expect(await lint({ ...files, 'z.yaml': other })).toEqual({ status: 2, findings: [finding], errors: ['syntax'] });
    }
    const unclear = [
      broken('kind: ConfigMap\nmetadata:\n  labels:\n    name: other'),
      broken('kind: ConfigMap\nmetadata:\n  name: other\nkind: Secret\nmetadata:\n  name: b'),
      broken('kind: ConfigMapList\nitems:'),
      broken('kind: {{ .Kind }}'),
    ];
    for (const text of unclear) {
      const { findings, errors } = await lint({ ...files, 'z.yaml': text });
      expect(errors).toEqual(['syntax']);
      expect(findings.filter((each) => !each.startsWith('duplicate-keys merged:'))).toEqual([]);
    }
  });

  it('may be in a file that cannot be opened, in an object without a kind, or in a broken item of a list', async () => {
    const [, files, finding] = CASES[0] ?? ['', {}, ''];
    expect(await lint(files, ['pod.yaml'])).toMatchObject({ status: 1, findings: [finding] });
    expect(await lint(files, ['pod.yaml', 'gone.yaml'])).toEqual({ status: 2, findings: [], errors: ['input'] });
    const untyped = { ...files, 'z.yaml': 'apiVersion: v1\nmetadata: { name: settings }\n' };
    expect(await lint(untyped)).toEqual({ status: 2, findings: [], errors: ['input'] });
    const list = `apiVersion: v1\nkind: List\nitems:\n  - metadata: { name: settings }\n    data: {}\n`;
    expect(await lint({ ...files, 'z.yaml': list })).toEqual({ status: 2, findings: [], errors: ['input'] });
  });

  it('may be another object of the same name', async () => {
    const files = {
      'chartlint.yaml': policy('reference-resolves'),
      'other.yaml': configMap('settings', 'B: b'),
      'pod.yaml': pod('env: [{ name: X, valueFrom: { configMapKeyRef: { name: settings, key: A } } }]'),
    };
    const finding = 'reference-resolves missingKey: ConfigMap settings has no key A.';
    expect(await lint({ ...files, 'z.yaml': LEGIBLE_CONFIG_MAP })).toMatchObject({ status: 2, findings: [] });
    // What says nothing of itself makes no object unknown that was read.
    expect(await lint({ ...files, 'z.yaml': ILLEGIBLE })).toMatchObject({ status: 2, findings: [finding] });
  });

  it('may be the first of two objects that no line separates', async () => {
    const [, files] = CASES[0] ?? ['', {}];
    const glued = `${configMap('settings')}${configMap('other')}`;
    expect(await lint({ ...files, 'z.yaml': glued })).toEqual({
      status: 1,
      findings: [
        'duplicate-keys merged: There are two objects in one document: the last one is used, and the first one is lost.',
      ],
      errors: [],
    });
  });
});

const CHART = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 0.1.0\n', 'values.yaml': 'extra: ""\n' };

describe('parity of environments', () => {
  const parity = policy('environment-parity');

  it('says nothing of a template in which something could not be read', async () => {
    const template = `{{- range $name := list "a" "b" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $name }}
data:
  A: {{ if eq $name "b" }}{{ $.Values.extra }}{{ end }}x
{{- end }}
`;
    const files = {
      ...CHART,
      'chartlint.yaml': parity,
      'templates/a.yaml': template,
      'templates/b.yaml': `${configMap('c')}{{ if .Values.extra }}  B: b\n{{ end }}`,
      'values-prod.yaml': 'extra: "!unknown "\n',
    };
    expect(await lint(files)).toEqual({
      status: 2,
      findings: ['environment-parity missing: ConfigMap c has B in prod, but not in default.'],
      errors: ['syntax'],
    });
  });

  it('is of the environments that render', async () => {
    const files = {
      ...CHART,
      'chartlint.yaml': parity,
      'templates/a.yaml': `{{ if eq .Values.extra "bad" }}{{ fail "no" }}{{ end }}${configMap('a')}`,
      'values-prod.yaml': 'extra: bad\n',
    };
    expect(await lint(files)).toEqual({ status: 2, findings: [], errors: ['render'] });
  });
});

describe('trace', () => {
  it('does not say that nobody reads what an unreadable workload may read', async () => {
    const files = {
      ...CHART,
      'values.yaml': 'a: A\n',
      'templates/config.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { A: "{{ .Values.a }}" }\n',
    };
    const says = async (more: Files): Promise<string> => {
      return (await runMain(['trace', '.'], folderWith({ ...files, ...more }))).stdout;
    };
    expect(await says({})).toMatch(/No container reads it/);
    const workload = 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: !unknown {}\n';
    expect(await says({ 'templates/pod.yaml': workload })).not.toMatch(/No container reads it/);
    const past =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: a, args: ["{{ .Values.b }}"] }] }\n';
    const chart = { 'values.yaml': 'a: A\nb: B\n', 'templates/pod.yaml': past };
    expect(await says(chart)).toMatch(/without going through a ConfigMap/);
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: d }\ndata: { B: !unknown "{{ .Values.b }}" }\n';
    expect(await says({ ...chart, 'templates/d.yaml': config })).not.toMatch(/without going through a ConfigMap/);
  });
});

describe('a values file that is read as Helm reads it', () => {
  const files = {
    ...CHART,
    'chartlint.yaml': policy('values-overlay-keys', 'values-unused'),
    'templates/a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { A: "{{ .Values.a }}{{ .Values.b.c }}{{ .Values.b.d }}" }\n',
    'values-prod.yaml': 'a: 3\nb: { c: 4 }\n---\nb: { d: 5 }\n',
  };

  it.each([
    ['a tag that there is not', 'a: !unknown 1\nb: { c: 1, d: 2 }\n'],
    ['several documents', 'b: { c: 1 }\n---\na: 2\nb: { d: 2 }\n'],
  ])('declares what is in it: %s', async (_, values) => {
    expect(await lint({ ...files, 'values.yaml': values })).toEqual({ status: 0, findings: [], errors: [] });
    const misspelt = { ...files, 'values.yaml': values, 'values-prod.yaml': 'a: 1\n---\nb: { cc: 4 }\n' };
    expect((await lint(misspelt)).findings).toHaveLength(1);
  });
});
