import { expect, it } from 'vitest';
import { explainScope } from '../../../src/helm/template/explain-scope.ts';
import { RenderError } from '../../../src/helm/template/render-error.ts';
import { render } from './render-text.ts';

const VALUES = { n: 5, s: 'str', m: { a: 'x', b: null }, l: [1, 'two', { x: 1 }, null], name: 'app' };

function failureOf(template: string): RenderError {
  try {
    render(template, VALUES);
  } catch (error) {
    if (error instanceof RenderError) return error;
    throw error;
  }
  throw new Error('It renders.');
}

/** What the frame points at: the failed text, or from the place on to the next blank. */
function pointedAt({ place }: RenderError): string {
  if (place === undefined) return '';
  const { text } = place.file.source;
  const rest = text.slice(place.offset);
  return place.end === undefined || place.end === place.offset
    ? (/^\S*/.exec(rest)?.[0] ?? '')
    : text.slice(place.offset, place.end);
}

it.each([
  [
    '{{ range .Values.l }}{{ .Values.name }}{{ end }}',
    'Values',
    'Inside {{ range .Values.l }} the dot is each item in turn, not the context of the chart. Write $.Values.name.',
  ],
  [
    '{{ with .Values.s }}{{ if true }}a{{ else }}{{ .Release.Name }}{{ end }}{{ .Values.s }}{{ end }}',
    'Values',
    'Inside {{ with .Values.s }} the dot is that value, not the context of the chart. Write $.Values.s.',
  ],
  [
    '{{ with .Values.s }}{{ if eq . "str" }}{{ .Release.Name }}{{ end }}{{ end }}',
    'Release',
    'Inside {{ with .Values.s }} the dot is that value, not the context of the chart. Write $.Release.Name.',
  ],
  [
    '{{ define "lbl" }}{{ .Values.name }}{{ end }}{{ range .Values.l }}{{ include "lbl" . }}{{ end }}',
    'Values',
    'The dot is what the caller passed to template lbl, not the context of the chart. ' +
      'Call it with {{ include "lbl" $ }}, or pass a dict with what it reads.',
  ],
  [
    '{{ define "lbl" }}{{ $.Values.name }}{{ end }}{{ template "lbl" .Values.s }}',
    'Values',
    '$ is what the caller passed to template lbl, not the context of the chart. ' +
      'Call it with {{ include "lbl" $ }}, or pass a dict with what it reads.',
  ],
  [
    '{{ define "lbl" }}{{ range list 1 }}{{ .Values.name }}{{ end }}{{ end }}{{ include "lbl" . }}',
    'Values',
    'Inside {{ range list 1 }} the dot is each item in turn, not the context of the chart. Write $.Values.name. ' +
      'There, $ is what the caller passed to this template.',
  ],
  [
    '{{ tpl "{{ .Values.name }}" .Values.s }}',
    'tpl',
    'The dot is what the caller passed to tpl, not the context of the chart. Pass $ to tpl as its second argument.',
  ],
  [
    '{{ upper (tpl "{{ .Values.name }}" .Values) }}',
    'tpl',
    'The dot is what the caller passed to tpl, not the context of the chart. Pass $ to tpl as its second argument.',
  ],
  [
    '{{ with .Values.m }}{{ .Values.name }}{{ end }}',
    'name',
    'Inside {{ with .Values.m }} the dot is that value, not the context of the chart. Write $.Values.name.',
  ],
  [
    '{{ range list (dict "a" 1) }}{{ upper .Release.Name }}{{ end }}',
    'Name',
    'Inside {{ range list (dict "a" 1) }} the dot is each item in turn, not the context of the chart. Write $.Release.Name.',
  ],
  [
    '{{ define "lbl" }}{{ .Chart.Name }}{{ end }}{{ include "lbl" .Values.m }}',
    'Name',
    'The dot is what the caller passed to template lbl, not the context of the chart. ' +
      'Call it with {{ include "lbl" $ }}, or pass a dict with what it reads.',
  ],
  [
    '{{ define "lbl" }}{{ $.Values.name }}{{ end }}{{ include "lbl" (dict "a" 1) }}',
    'name',
    '$ is what the caller passed to template lbl, not the context of the chart. ' +
      'Call it with {{ include "lbl" $ }}, or pass a dict with what it reads.',
  ],
  ['{{ .values.name }}', 'name', '.values is not set. Did you mean .Values?'],
  ['{{ $.Relase.Name }}', 'Name', '$.Relase is not set. Did you mean $.Release?'],
  ['{{ with .Values.m }}{{ .values.name }}{{ end }}', 'name', '.values is not set. Did you mean $.Values?'],
  ['a: {{ Values }}', 'Values', 'A name without a dot is that of a function. Write .Values.'],
  ['{{ .Values.s | uper }}', 'uper', 'Did you mean upper?'],
  [
    '{{ default localhost .Values.s }}',
    'localhost',
    'Helm has no function of this name. Use one that it has, or put localhost in double quotes if it is text.',
  ],
  ['{{ define "app.labels" }}x{{ end }}{{ include "app.lables" . }}', 'include', 'Did you mean "app.labels"?'],
  ['{{ define "app.labels" }}x{{ end }}{{ template "app.lables" . }}', '"app.lables"', 'Did you mean "app.labels"?'],
  [
    '{{ include "other" . }}',
    'include',
    'No file of the chart or of its subcharts defines it. Define it with {{ define "other" }}, or correct the name.',
  ],
  [
    '{{ index .Values.l 7 }}',
    'index',
    '.Values.l has no item 7: the first one is item 0. Add it to the values, or call index only inside {{ if gt (len .Values.l) 7 }}.',
  ],
  [
    '{{ index .Values "l" 9 }}',
    'index',
    'One of the lists that index goes through is too short. Add the item to the values, or check len first.',
  ],
  [
    '{{ .Values.db.host }}',
    'host',
    '.Values.db is not set. Set it in the values, or write (.Values.db).host, which is empty where it is not set.',
  ],
  [
    '{{ $.Values.m.b.c.b }}',
    'c',
    '$.Values.m.b is not set. Set it in the values, or write ($.Values.m.b).c, which is empty where it is not set.',
  ],
  [
    '{{ $m := .Values.m }}{{ $m.b.b }}',
    'b',
    '$m.b is not set. Set it in the values, or write ($m.b).b, which is empty where it is not set.',
  ],
  [
    '{{ range .Values.l }}{{ if kindIs "invalid" . }}{{ .x }}{{ end }}{{ end }}',
    'x',
    'The item is empty (null). Correct the values, or skip empty items with {{ if . }}.',
  ],
  [
    '{{ .Values.l.x }}',
    'x',
    '.Values.l is not a mapping, so it has no x. Correct the values, or what the template reads.',
  ],
  ['{{ (list 1 2).a }}', 'a', '(list 1 2) is a list. Use range to read its items, or index for one of them.'],
  [
    '{{ .Values.s.x.y }}',
    'x',
    '.Values.s is not a mapping, so it has no x. Correct the values, or what the template reads.',
  ],
  [
    '{{ index .Values.hosts 0 }}',
    'index',
    '.Values.hosts is not set. Set it in the values, or call index only inside {{ if }} or {{ with }} of it.',
  ],
  [
    'a: {{ upper (index .Values "m" "b" "c") }}',
    'index',
    'One of the values that index goes through is not set. Set it in the values, or call index only inside {{ if }} or {{ with }} of it.',
  ],
  [
    '{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}',
    '$x',
    'A variable is known only inside the if, with, range or define where it was declared. ' +
      'Declare $x before that block with :=, and set it inside with =.',
  ],
])('points at what failed in %s, and says why', (template, pointed, help) => {
  const failure = failureOf(template);
  expect(pointedAt(failure)).toBe(pointed);
  expect(explainScope(failure)).toBe(help);
});

it.each(['{{ fail "no" }}', '{{ upper .Values.n }}', '{{ .Values.m "x" }}', '{{ range .Values.n }}{{ end }}'])(
  'has nothing to add to what Helm says of %s',
  (template) => expect(explainScope(failureOf(template))).toBeUndefined(),
);
