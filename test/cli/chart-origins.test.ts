import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { chart, lint } from './chart-run.ts';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';

const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata:
  name: sub
data:
  A: {{ .Values.a }}
  G: {{ .Values.global.g }}
  T: {{ tpl .Values.t . }}
  I: {{ include "sub.inline" . }}
  {{- include "sub.lines" . | nindent 2 }}
  {{- toYaml .Values.map | nindent 2 }}
  {{- range $key, $value := .Values.map }}
  R_{{ $key }}: {{ $value }}
  {{- end }}
`;
const HELPERS = `{{- define "sub.inline" -}}
{{ add 1 .Values.a }}
{{- end -}}
{{- define "sub.lines" -}}
L: {{ .Values.a }}
{{- end -}}
`;

it('places what a subchart prints in its own files, whatever sets the value', () => {
  const folder = folderWith({
    'c/Chart.yaml': `apiVersion: v2
name: c
version: 1.0.0
dependencies: [{ name: sub, version: 1.0.0, alias: one }, { name: packed, version: 1.0.0 }]
`,
    'c/values.yaml': 'global: { g: 7 }\none: { a: 2 }\n',
    'c/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
    'c/charts/sub/values.yaml': 'a: 1\nt: "{{ .Values.a }}"\nmap:\n  X: 5\n  Z: fine\n',
    'c/charts/sub/templates/config.yaml': CONFIG,
    'c/charts/sub/templates/_helpers.tpl': HELPERS,
    'packed/Chart.yaml': 'apiVersion: v2\nname: packed\nversion: 1.0.0\n',
    'packed/values.yaml': 'a: 9\n',
    'packed/templates/config.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: packed }\ndata: { A: {{ .Values.a }} }\n',
  });
  execFileSync('tar', ['czf', 'c/charts/packed-1.0.0.tgz', 'packed'], { cwd: folder });
  const config = 'c/charts/sub/templates/config.yaml';
  expect(lint(['c', '-e', 'default'], folder)).toEqual({
    status: 1,
    stderr: '',
    environments: ['default'],
    errors: [],
    findings: [
      'c/charts/packed-1.0.0.tgz!packed/templates/config.yaml:4 default packed < ' +
        'packed.a c/charts/packed-1.0.0.tgz!packed/values.yaml:1',
      'c/charts/sub/templates/_helpers.tpl:5 default sub < one.a c/values.yaml:2',
      `${config}:6 default sub < one.a c/values.yaml:2`,
      `${config}:7 default sub < global.g c/values.yaml:1`,
      `${config}:8 default sub < one.a c/values.yaml:2, one.t c/charts/sub/values.yaml:2`,
      // A value that a helper prints into a line is placed in that line, which chooses it.
      `${config}:9 default sub < one.a c/values.yaml:2`,
      `${config}:11 default sub < one.map.X c/charts/sub/values.yaml:4`,
      `${config}:13 default sub < one.map.X c/charts/sub/values.yaml:4`,
    ],
  });
});

it.each([
  ['one object', ['a'], ['dev+prod dev-a']],
  // Of several nobody can tell which of them are the same.
  ['several', ['a', 'b'], ['dev dev-a', 'dev dev-b', 'prod prod-a', 'prod prod-b']],
])('makes one finding of %s called differently in each environment, when that is sure', (_, names, findings) => {
  const objects = names.map((name) => `"${name}"`).join(' ');
  const template = `{{- range list ${objects} }}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: {{ $.Values.a }}-{{ . }} }
data: { PORT: 5 }
{{- end }}
`;
  const overlays = { 'values-dev.yaml': 'a: dev\n', 'values-prod.yaml': 'a: prod\n' };
  const folder = folderWith(chart('c', { 'templates/config.yaml': template, ...overlays }));
  expect(lint(['c', '-e', 'dev', '-e', 'prod'], folder).findings).toEqual(
    findings.map((finding) => `c/templates/config.yaml:6 ${finding} < `),
  );
});

it('places what a file of crds holds in that file', () => {
  const crd = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata: { PORT: 5 }\n';
  const folder = folderWith(chart('c', { 'crds/x.yaml': crd }));
  expect(lint(['c', '--include-crds'], folder).findings).toEqual(['c/crds/x.yaml:4 default x < ']);
  expect(chartlint(['c', '--include-crds'], { folder }).stdout).toContain('> 4 │ data: { PORT: 5 }');
});

/** The findings of one rule in a chart of one template: the line, and the keys that it names. */
function findingsOf(rule: string, files: Readonly<Record<string, string>>): string[] {
  const policy = `version: 1\nname: p\nprinciples:\n  p: { title: t, checks: [${rule}] }\n`;
  const folder = folderWith({
    'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
    'chartlint.yaml': policy,
    ...files,
  });
  const { report } = chartlintJson(['.'], { folder });
  return report.findings.map(({ location, values, related }) => {
    const places = related.map((place) => ` (${place.location.file}:${place.location.line})`).join('');
    const keys = values.map(({ key, file, line }) => `${key} ${file}:${line}`).join(', ');
    return `${location.file}:${location.line}${places} < ${keys}`;
  });
}

const POD = `apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  containers:
    - name: c
      image: i
      env:
`;

it('names keys as --set takes them, and an undeclared one by itself', () => {
  const values = 'a: { c: 1 }\nusers: [{ name: ann }]\n"x.y": { "z,=[": q }\n';
  const expressions = [
    '.Values.a.b | default "x"',
    '.Values.zz | default "x"',
    '(index .Values.users 0).name',
    'index .Values "x.y" "z,=["',
  ];
  const env = expressions
    .map((value, index) => `        - { name: V${index}, value: {{ ${value} | quote }} }\n`)
    .join('');
  expect(findingsOf('{ rule: env-no-literals }', { 'values.yaml': values, 'templates/p.yaml': POD + env })).toEqual([
    'templates/p.yaml:9 < a.b values.yaml:1',
    'templates/p.yaml:10 < zz values.yaml:1',
    'templates/p.yaml:11 < users[0].name values.yaml:2',
    String.raw`templates/p.yaml:12 < x\.y.z\,\=\[ values.yaml:3`,
  ]);
});

it('names no key for a literal before a block that printed nothing, or in a branch that a key chose', () => {
  const env = `        - name: A
          value: literal
        {{- with .Values.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- if eq .Values.major "3" }}
        - name: B
          value: literal
        {{- end }}
`;
  const files = { 'values.yaml': 'env: []\nmajor: "3"\n', 'templates/p.yaml': POD + env };
  expect(findingsOf('{ rule: env-no-literals }', files)).toEqual(['templates/p.yaml:10 < ', 'templates/p.yaml:16 < ']);
});

it('places what a helper wrote in the helper, though it went through YAML, and says who called it', () => {
  const helper = `{{- define "pod" -}}
${POD}        - name: LITERAL
          value: literal
        - name: PORT
          value: {{ .Values.port | quote }}
{{- end -}}
`;
  const files = {
    'values.yaml': 'port: 80\nflag: false\n',
    'templates/_h.tpl': helper,
    'templates/p.yaml': '# a Pod\n{{ include "pod" . | fromYaml | toYaml }}\n',
  };
  expect(findingsOf('{ rule: env-no-literals }', files)).toEqual([
    'templates/_h.tpl:11 (templates/p.yaml:2) < ',
    'templates/_h.tpl:13 (templates/p.yaml:2) < port values.yaml:1',
  ]);
});

it('names the key that decided what one environment lacks', () => {
  const redis = `{{- if .Values.redis.enabled }}
apiVersion: v1
kind: ConfigMap
metadata: { name: redis }
data: { A: b }
{{- end }}
`;
  const main = `apiVersion: v1
kind: ConfigMap
metadata: { name: main }
data:
  A: b
  {{- if and .Values.always .Values.cache }}
  CACHE: x
  {{- end }}
`;
  const files = {
    'values.yaml': 'redis: { enabled: false }\ncache: true\nalways: true\n',
    'values-prod.yaml': 'redis:\n  enabled: true\ncache: false\n',
    'templates/main.yaml': main,
    'templates/redis.yaml': redis,
  };
  expect(findingsOf('{ rule: environment-parity }', files)).toEqual([
    'templates/main.yaml:4 (templates/main.yaml:7) < cache values.yaml:2',
    'templates/redis.yaml:4 < redis.enabled values-prod.yaml:2',
  ]);
});

it.each([
  [
    'a product',
    '{ rule: probe-budget, with: { seconds: 10 } }',
    '      startupProbe: { httpGet: { port: 1 }, periodSeconds: {{ .Values.period }}, failureThreshold: {{ .Values.failures }} }\n',
    ['failures values.yaml:2', 'period values.yaml:1'],
  ],
  [
    'two ports',
    '{ rule: port-agreement }',
    '      ports: [{ containerPort: {{ .Values.period }} }]\n      readinessProbe: { httpGet: { port: {{ .Values.failures }} } }\n',
    ['failures values.yaml:2', 'period values.yaml:1'],
  ],
  [
    'two paths',
    '{ rule: probe-endpoint, with: { probe: liveness, differsFrom: readiness } }',
    '      livenessProbe: { httpGet: { port: 1, path: /{{ .Values.period }} } }\n' +
      '      readinessProbe: { httpGet: { port: 1, path: /{{ .Values.same }} } }\n',
    ['period values.yaml:1', 'same values.yaml:3'],
  ],
])('names the keys of all that it compared: %s', (_, rule, fields, keys) => {
  const files = {
    'values.yaml': 'period: 3\nfailures: 4\nsame: 3\n',
    'templates/p.yaml': POD.replace('      env:\n', '') + fields,
  };
  const findings = findingsOf(rule, files);
  expect(findings.map((finding) => finding.split(' < ')[1])).toEqual([keys.join(', ')]);
});
