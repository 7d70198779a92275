import { expect, it } from 'vitest';
import { renderChart } from '../../../src/helm/render.ts';
import { RenderedText } from '../../../src/helm/provenance/rendered-text.ts';
import { lineOrigins } from '../../../src/helm/provenance/source-map.ts';
import type { Chart } from '../../../src/helm/chart/chart.ts';
import { chartOf, chartYaml } from '../chart/chart-files.ts';
import { renderRequest } from '../render-request.ts';

const HELPERS = `
{{- define "fullname" -}}
{{- if .Values.fullnameOverride -}}{{ .Values.fullnameOverride }}{{- else -}}rel-{{ .Values.name }}{{- end -}}
{{- end -}}
{{- define "render" -}}
{{- $text := typeIs "string" .value | ternary .value (.value | toYaml) }}
{{- if contains "{{" (toJson .value) }}{{ tpl $text .context }}{{ else }}{{ $text }}{{ end }}
{{- end -}}
{{- define "labels" -}}
{{- $all := dict -}}
{{- range .values -}}
{{- $all = include "render" (dict "value" . "context" $.context) | fromYaml | merge $all -}}
{{- end -}}
{{ $all | toYaml }}
{{- end -}}
{{- define "enabled" -}}
{{- if and .Values.a (eq .Values.mode "ha") }}true{{ end -}}
{{- end -}}
{{- define "config" -}}
{{- $config := dict "kind" "fixed" "mode" .Values.mode }}
{{- if eq .Values.mode "single" }}{{ $config = merge $config (dict "alone" true) }}{{ end }}
{{- toYaml $config }}
{{- end -}}
{{- define "pod" -}}
containers:
  - name: literal
    value: {{ .Values.tag }}
    {{- if .Values.digest }}
    digest: {{ .Values.digest }}
    {{- end }}
    script: |
      first
      second {{ .Values.mode }}
    "quoted": "x\\ty"
{{- end -}}
`;

const VALUES = `fullnameOverride: ""
name: app
a: x
mode: ha
digest: ""
tag: v1
labels: { team: t, tier: '{{ .Values.tag }}' }
resources: { limits: { cpu: 1 } }
none: []
text: |
  one
  two
`;

/** Each line that some key had a part in: the keys of its text, and behind a `<` those of its conditions. */
function originsOf(template: string): string[] {
  const rendered = renderTemplate(template);
  return lineOrigins(rendered)
    .slice(2)
    .filter(({ values, conditions }) => values.length + conditions.length > 0)
    .map(({ line, values, conditions }) => {
      return `${rendered.lineAt(line)} # ${[values.join(' '), conditions.join(' ')].join(' < ').replace(/ < $/, '')}`;
    });
}

function renderTemplate(template: string): RenderedText {
  const chart = chartOf({ 'values.yaml': VALUES, 'templates/_h.tpl': HELPERS, 'templates/t.yaml': template });
  return rendering(chart);
}

function rendering(chart: Chart): RenderedText {
  const { text, origin } = renderChart(renderRequest(chart));
  return new RenderedText('c', 'default', text, origin);
}

it.each([
  ['a choice inside of a helper', 'n: {{ include "fullname" . }}', ['n: rel-app # name < fullnameOverride']],
  [
    'a choice at the beginning of a line that goes on without it',
    'a: 1\n{{ template "fullname" . }}: x',
    ['rel-app: x # name < fullnameOverride'],
  ],
  [
    'one line or another',
    '{{- if .Values.digest }}\nimage: d\n{{- else }}\nimage: {{ .Values.tag }}\n{{- end }}',
    ['image: v1 # tag < digest'],
  ],
  [
    'lines that are there or not',
    '{{- if not .Values.digest }}\na: 1\nb: 2\n{{- end }}',
    ['a: 1 #  < digest', 'b: 2 #  < digest'],
  ],
  [
    'labels that are merged, with a template in one',
    '{{ include "labels" (dict "values" (list .Values.labels (dict "app" "x" "v" .Values.tag)) "context" $) }}',
    ['team: t # labels.team < labels', 'tier: v1 # labels.tier tag < labels', 'v: v1 # tag'],
  ],
  ['a helper that is true or empty', 'k: {{ if include "enabled" . }}x{{ else }}y{{ end }}', ['k: x #  < mode a']],
  [
    'nested maps',
    'r:\n  {{- toYaml .Values.resources | nindent 2 }}',
    ['  limits: # resources.limits', '    cpu: 1 # resources.limits.cpu'],
  ],
  [
    'lines of a text',
    'r: {{ list "x" .Values.text | join "" | toYaml | nindent 2 }}',
    ['    xone # text', '    two # text'],
  ],
  [
    'what only another value would have added',
    '{{ include "config" . }}',
    ['kind: fixed #  < mode', 'mode: ha # mode'],
  ],
  ['a last line that stays empty', 'k:\n  v: {{ .Values.digest | b64enc }}\n', ['  v: # digest']],
  ['sums', 's: {{ include "fullname" . | sha256sum | trunc 4 }}', ['s: 2335 # name < fullnameOverride']],
  [
    'a text before a block on lines of its own',
    'k: v\n{{- with .Values.none }}{{ toYaml . | nindent 2 }}{{ end }}',
    [],
  ],
  [
    'a text before a nested one',
    'k: v\n{{- if .Values.a }}{{- range .Values.none }}{{ . | nindent 1 }}{{ end }}{{ end }}',
    [],
  ],
  ['a text that a block goes on with', 'k: v{{ with .Values.digest }}{{ . }}{{ end }}', ['k: v #  < digest']],
  ['a choice between literals', 'k: {{ ternary "x" "y" (eq .Values.mode "ha") }}', ['k: x #  < mode']],
  ['a literal instead of a key', 'k: {{ .Values.digest | default "x" }}', ['k: x # digest']],
  ['a key that chose an entry', 'k: {{ index (dict "ha" 3) .Values.mode }}', ['k: 3 #  < mode']],
  ['an undeclared key', 'k: {{ .Values.resources.none | default 1 }}', ['k: 1 # resources.none']],
  ['an undeclared key at the top', 'k: {{ .Values.nothing | default 1 }}', ['k: 1 # nothing']],
  [
    'a document read and written again',
    '{{ include "pod" . | fromYaml | toYaml }}',
    ['    second ha # mode', '  value: v1 # tag'],
  ],
  [
    'a document read and written again as JSON between',
    '{{ include "pod" . | fromYaml | toJson | fromJson | toYaml }}',
    ['    second ha # mode', '  value: v1 # tag'],
  ],
  [
    'an entry that was set under a condition',
    '{{ $d := dict }}{{ if .Values.a }}{{ $_ := set $d "k" "v" }}{{ end }}{{ toYaml $d }}',
    ['k: v #  < a'],
  ],
])('%s', (_name, template, lines) => {
  expect(originsOf(template)).toEqual(lines);
});

it('names in a sum what let nothing be printed', () => {
  const [sum] = originsOf('s: {{ include "pod" . | sha256sum }}');
  expect(sum).toMatch(/ # tag mode < digest$/);
});

it('places what went through YAML in the lines of the helper that wrote it', () => {
  const lineIn = (text: string): number => HELPERS.split('\n').indexOf(text) + 1;
  const rendered = renderTemplate('{{ include "pod" . | fromYaml | toYaml }}');
  const places = lineOrigins(rendered)
    .slice(2)
    .map(({ line, template, templateLine }) => `${rendered.lineAt(line)} # ${template}:${templateLine}`);
  expect(places).toEqual([
    `containers: # templates/_h.tpl:${lineIn('containers:')}`,
    `- name: literal # templates/_h.tpl:${lineIn('  - name: literal')}`,
    `  quoted: "x\\ty" # templates/_h.tpl:${lineIn('    "quoted": "x\\ty"')}`,
    `  script: | # templates/_h.tpl:${lineIn('    script: |')}`,
    `    first # templates/_h.tpl:${lineIn('      first')}`,
    `    second ha # templates/_h.tpl:${lineIn('      second {{ .Values.mode }}')}`,
    `  value: v1 # templates/_h.tpl:${lineIn('    value: {{ .Values.tag }}')}`,
  ]);
});

it('takes what switches a subchart on for a condition of all its lines', () => {
  const chart = chartOf({
    'Chart.yaml': chartYaml('c', 'dependencies: [{ name: sub, version: 0.1.0, condition: sub.enabled }]\n'),
    'values.yaml': 'sub: { enabled: true }\n',
    'charts/sub/Chart.yaml': chartYaml('sub'),
    'charts/sub/templates/t.yaml': 'a: 1\n',
  });
  expect(lineOrigins(rendering(chart)).at(-1)).toMatchObject({ values: [], conditions: ['sub.enabled'] });
});
