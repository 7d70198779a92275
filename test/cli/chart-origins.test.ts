import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { chart, lint } from './chart-run.ts';
import { chartlint, folderWith } from './chartlint.ts';

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
