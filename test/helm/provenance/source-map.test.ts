import { expect, it } from 'vitest';
import { renderChart } from '../../../src/helm/render.ts';
import { RenderedText } from '../../../src/helm/provenance/rendered-text.ts';
import { lineOrigins } from '../../../src/helm/provenance/source-map.ts';
import { chartOf } from '../chart/chart-files.ts';
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
`;

const VALUES = `fullnameOverride: ""
name: app
a: x
mode: ha
digest: ""
tag: v1
labels: { team: t, tier: '{{ .Values.tag }}' }
resources: { limits: { cpu: 1 } }
text: |
  one
  two
`;

/** Each line that some key had a part in: the keys of its text, and behind a `<` those of its conditions. */
function originsOf(template: string): string[] {
  const chart = chartOf({ 'values.yaml': VALUES, 'templates/_h.tpl': HELPERS, 'templates/t.yaml': template });
  const { text, origin } = renderChart(renderRequest(chart));
  const rendered = new RenderedText('c', 'default', text, origin);
  return [...lineOrigins(rendered)]
    .slice(2)
    .filter(({ values, conditions }) => values.length + conditions.length > 0)
    .map(({ line, values, conditions }) => {
      return `${rendered.lineAt(line)} # ${[values.join(' '), conditions.join(' ')].join(' < ').replace(/ < $/, '')}`;
    });
}

it.each([
  [
    'a choice inside of a helper',
    'n: {{ include "fullname" . }}',
    ['n: rel-app # fullnameOverride name < fullnameOverride'],
  ],
  [
    'a choice at the beginning of a line that goes on without it',
    'a: 1\n{{ template "fullname" . }}: x',
    ['rel-app: x # fullnameOverride name < fullnameOverride'],
  ],
  [
    'one line or another',
    '{{- if .Values.digest }}\nimage: d\n{{- else }}\nimage: {{ .Values.tag }}\n{{- end }}',
    ['image: v1 # digest tag < digest'],
  ],
  [
    'lines that are there or not',
    '{{- if not .Values.digest }}\na: 1\nb: 2\n{{- end }}',
    ['a: 1 #  < digest', 'b: 2 #  < digest'],
  ],
  [
    'labels that are merged, with a template in one',
    '{{ include "labels" (dict "values" (list .Values.labels (dict "app" "x" "v" .Values.tag)) "context" $) }}',
    ['team: t # labels.team < labels', 'tier: v1 # tag labels.tier < labels', 'v: v1 # tag'],
  ],
  ['a helper that is true or empty', 'k: {{ if include "enabled" . }}x{{ else }}y{{ end }}', ['k: x # mode < mode a']],
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
  ['sums', 's: {{ include "fullname" . | sha256sum | trunc 4 }}', ['s: 2335 # name fullnameOverride']],
])('%s', (_name, template, lines) => {
  expect(originsOf(template)).toEqual(lines);
});
