import { expect, it } from 'vitest';
import { GoMap } from '../../../src/helm/value/value.ts';
import { RenderError } from '../../../src/helm/template/render-error.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { executionOf, messageOf, render } from './render-text.ts';

const VALUES = { n: 5, s: 'str', m: { a: 'x', b: null }, l: [1, 'two', { x: 1 }] };

// Observed of Helm 4.1.4.
it.each([
  ['{{ and 1 0 2 }}{{ or 0 "" "x" }}{{ 1 | and 0 }}{{ 0 | or 0 }}', '0x00'],
  ['{{ not nil }} {{ eq nil nil }} {{ eq nil "x" }} {{ eq 1 2 3 1 }}', 'true true false true'],
  ['{{ range $k, $v := dict "b" 1 "a" 2 }}{{ $k }}={{ $v }};{{ end }}', 'a=2;b=1;'],
  ['{{ range $i := 3 }}{{ $i }}{{ end }}{{ range .Values.zz }}{{ else }}E{{ end }}', '012E'],
  [
    '{{ range list 1 2 3 4 }}{{ if eq . 2 }}{{ continue }}{{ else if eq . 4 }}{{ break }}{{ end }}{{ . }}{{ end }}',
    '13',
  ],
  ['{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ $x = 3 }}{{ end }}{{ $x }}', '1'],
  ['{{ $x := 1 }}{{ range list 1 2 }}{{ $x = . }}{{ end }}{{ $x }}', '2'],
  ['{{ with .Values.zz }}{{ else with .Values.m }}{{ .a }}{{ end }}', 'x'],
  ['{{ block "blk" .Values }}B{{ .s }}{{ end }}{{ template "blk" .Values.m }}', 'BstrB<no value>'],
  ['{{ (.Values.zz).y.z }}{{ $v := .Values.zz }}{{ $v.y }}', '<no value><no value>'],
  [String.raw`{{ "a\x41\101\u00e9\xc3\xa9" }}{{ 'a' }} {{ 0x1p-2 }} {{ 017 }} {{ -0x1e }}`, 'aAAéé97 0.25 15 -30'],
  ['{{ index "abc" 1 }} {{ index (dict "a" (list 5)) "a" 0 }} {{ len "é" }}', '98 5 2'],
  ['{{ tpl "a {{ .Values.zz }} {{ define \\"w\\" }}W{{ end }}{{ template \\"w\\" }}" . }}', 'a  W'],
  ['{{ define "x" }}1{{ end }}{{ define "x" }}  {{ end }}{{ include "x" nil }}', '1'],
  ['{{ (lookup "v1" "Pod" "" "").items }}{{ .Values.s | print | }}', '<no value>str'],
])('renders %s', (template, text) => {
  expect(render(template, VALUES).value).toBe(text);
});

// Observed of Helm 4.1.4.
it.each([
  ['{{ .Values.q.r }}', '1:10', '.Values.q.r', 'nil pointer evaluating interface {}.r'],
  ['é{{ .Values.l.x }}', '1:12', '.Values.l.x', "can't evaluate field x in type interface {}"],
  ['{{ (list 1 2).a }}', '1:11', '2', "can't evaluate field a in type []interface {}"],
  ['{{ range .Values.l }}{{ .x }}{{ end }}', '1:24', '.x', "can't evaluate field x in type interface {}"],
  ['{{ .Values.m "x" }}', '1:10', '.Values.m', 'm is not a method but has arguments'],
  ['{{ upper .Values.n }}', '1:16', '.Values.n', 'wrong type for value; expected string; got float64'],
  ['{{ .Values.q | upper }}', '1:15', 'upper', 'invalid value; expected string'],
  ['{{ upper nil }}', '1:9', 'nil', 'cannot assign nil to string'],
  ['{{ upper }}', '1:3', 'upper', 'wrong number of args for upper: want 1 got 0'],
  ['{{ and }}', '1:3', 'and', 'wrong number of args for and: want at least 1 got 0'],
  ['{{ repeat "2" "a" }}', '1:10', '"2"', 'expected integer; found "2"'],
  ['{{ set "x" "a" 1 }}', '1:7', '"x"', `can't handle "x" for arg of type map[string]interface {}`],
  [
    '{{ set .Values.q "a" 1 }}',
    '1:14',
    '.Values.q',
    'wrong type for value; expected map[string]interface {}; got interface {}',
  ],
  ['{{ range .Values.n }}{{ end }}', '1:16', '.Values.n', "range can't iterate over 5"],
  ['{{ range $i, $j := 3 }}{{ end }}', '1:19', '3', "can't use 3 to iterate over more than one variable"],
  ['{{ (list 1) 2 }}', '1:3', '(list 1) 2', "can't give argument to non-function list 1"],
  ['{{ nil }}', '1:3', 'nil', 'nil is not a command'],
  ['{{ $x = 2 }}', '1:8', '2', 'undefined variable: $x'],
  ['{{ template "nope" .Values.s }}', '1:12', '{{template "nope" .Values.s}}', 'template "nope" not defined'],
  ['{{ 9223372036854775808 }}', '1:3', '9223372036854775808', '9223372036854775808 overflows int'],
])('reports what fails in %s', (template, place, node, message) => {
  expect(messageOf(() => render(template, VALUES))).toBe(
    `c/t.yaml:${place}\n  executing "c/t.yaml" at <${node}>:\n    ${message}`,
  );
});

// Observed of Helm 4.1.4.
it.each([
  ['{{ eq .Values.n 3 }}', 'eq .Values.n 3', 'eq: incompatible types for comparison: float64 and int'],
  [
    '{{ eq (list 1) (dict) }}',
    'eq (list 1) (dict)',
    'eq: non-comparable types [%!s(int=1)]: []interface {}, map[string]interface {}: map[]',
  ],
  [
    '{{ eq .Values.m .Values.m }}',
    'eq .Values.m .Values.m',
    'eq: non-comparable type map[a:x b:<nil>]: map[string]interface {}',
  ],
  ['{{ lt nil 1 }}', 'lt nil 1', 'lt: invalid type for comparison'],
  ['{{ len nil }}', 'len nil', 'len: reflect: call of reflect.Value.Type on zero Value'],
  ['{{ len .Values.q }}', 'len .Values.q', 'len: len of nil pointer'],
  ['{{ index .Values.l 9 }}', 'index .Values.l 9', 'index: index out of range: 9'],
  ['{{ call .Values.l 1 }}', 'call .Values.l 1', 'call: non-function .Values.l of type []interface {}'],
  [
    '{{ tpl "{{ .a.b }}" .Values }}',
    'tpl "{{ .a.b }}" .Values',
    'tpl: error during tpl function execution for "{{ .a.b }}": template: gotpl:1:5: executing "gotpl" at <.a.b>: nil pointer evaluating interface {}.b',
  ],
  [
    '{{ tpl "{{ nope }}" . }}',
    'tpl "{{ nope }}" .',
    'tpl: cannot parse template "{{ nope }}": template: gotpl:1: function "nope" not defined',
  ],
])('reports what a function refuses in %s', (template, node, message) => {
  expect(messageOf(() => render(template, VALUES))).toBe(
    `template: c/t.yaml:1:3: executing "c/t.yaml" at <${node}>: error calling ${message}`,
  );
});

it('shows each link of a chain of includes, and knows its ends', () => {
  const files = {
    'c/templates/_h.tpl': '{{ define "t" }}\n{{ .Values.x.y }}{{ end }}',
    'c/templates/a.yaml': 'a: 1\nb: {{ include "t" . }}',
  };
  const { execution } = executionOf(files);
  let error: unknown;
  try {
    execution.execute('c/templates/a.yaml', new Tracked(GoMap.from([['Values', new GoMap()]])));
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(RenderError);
  expect(error).toMatchObject({
    message:
      'c/templates/a.yaml:2:6\n  executing "c/templates/a.yaml" at <include "t" .>:\n    error calling include:\n' +
      'c/templates/_h.tpl:2:10\n  executing "t" at <.Values.x.y>:\n    nil pointer evaluating interface {}.y',
    place: { file: { name: 'c/templates/_h.tpl' }, offset: 30, end: 31 },
    outermost: { file: { name: 'c/templates/a.yaml' }, offset: 11 },
  });
});

it('reports fail and required where the outermost file called', () => {
  const text = '{{ define "t" }}{{ required "need: q" .Values.q }}{{ end }}\n{{ include "t" . }}';
  expect(messageOf(() => render(text))).toBe('execution error at (c/t.yaml:2:3): need: q');
  expect(messageOf(() => render('{{ fail "a\nb" }}'.replace('\n', '\\n')))).toBe(
    'execution error at (c/t.yaml:1:3): a\nb',
  );
});

it('names a template that is nowhere', () => {
  expect(messageOf(() => render('{{ include "t3" . }}'))).toBe(
    'c/t.yaml:1:3\n  executing "c/t.yaml" at <include "t3" .>:\n    error calling include:\n' +
      'template: no template "t3" associated with template "gotpl"',
  );
});

it.each([
  ['{{ range 100000 }}{{ end }}', { steps: 1000 }, /takes more than 1000 steps/],
  ['{{ range 100 }}0123456789{{ end }}', { output: 500 }, /writes more than 500 characters/],
  [
    '{{ define "x" }}{{ template "x" }}{{ end }}{{ template "x" }}',
    { depth: 20 },
    /exceeded maximum template depth \(20\)/,
  ],
  ['{{ define "x" }}{{ template "x" }}{{ end }}{{ template "x" }}', {}, /exceeded maximum template depth \(100000\)/],
  [
    '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}',
    { includes: 10 },
    /error calling include: rendering template has a nested reference name: x: unable to execute template$/,
  ],
  [
    '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}',
    {},
    /nested reference name|maximum template depth/,
  ],
])('gives up %s beyond %j', (template, limits, message) => {
  expect(() => render(template, {}, { limits })).toThrow(RenderError);
  expect(() => render(template, {}, { limits })).toThrow(message);
});

it('goes 200 includes deep', () => {
  const text =
    '{{ define "x" }}{{ if gt . 0 }}{{ include "x" (sub . 1 | int) }}{{ else }}end{{ end }}{{ end }}{{ include "x" 200 }}';
  expect(render(text).value).toBe('end');
});

it('executes the same with and without tracing', () => {
  const text = '{{ range $k, $v := .Values }}{{ $k }}: {{ $v }}\n{{ end }}';
  expect(render(text, VALUES, { isTracing: false })).toMatchObject({ value: render(text, VALUES).value });
  expect(render('{{ .Release }}a', {}, { isTracing: false }).origin.segments).toBeUndefined();
});
