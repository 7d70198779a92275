import { expect, it } from 'vitest';
import type { Condition, Segment, Site, Taint } from '../../../src/helm/value/origin.ts';
import { GoMap } from '../../../src/helm/value/value.ts';
import { fieldChains } from '../../../src/helm/template/field-chains.ts';
import { nodeText } from '../../../src/helm/template/node-text.ts';
import { withoutNoValue } from '../../../src/helm/template/no-value.ts';
import { mixed, Tracked } from '../../../src/helm/value/tracked.ts';
import { executionOf, render, toValue } from './render-text.ts';

/** A key that merely chose has a question mark. */
function keysOf({ keys, choices }: Taint): string {
  return [...keys.map(({ name }) => name), ...choices.map(({ name }) => `${name}?`)].join(',');
}

function conditionsOf(condition: Condition | undefined): string {
  const parts: string[] = [];
  for (let inner = condition; inner !== undefined; inner = inner.outer) {
    parts.push(keysOf(inner.taint));
  }
  return parts.join(' < ');
}

function siteText(site: Site | undefined): string {
  if (site === undefined) return 'nowhere';
  const caller = site.caller === undefined ? '' : ` from ${siteText(site.caller)}`;
  return site.file.source.text.slice(site.start, site.end) + caller;
}

/** One line for each segment: its text, its keys, its conditions. */
function segmentsOf({ value, origin }: Tracked<string>): string[] {
  let at = 0;
  return (origin.segments ?? []).map(({ length, taint, condition }) => {
    const text = JSON.stringify(value.slice(at, at + length));
    at += length;
    return [text, keysOf(taint), conditionsOf(condition)].join(' | ').replace(/(?: \| )+$/, '');
  });
}

function sitesOf({ origin }: Tracked<string>): string[] {
  return (origin.segments ?? []).map((segment: Segment) => siteText(segment.site));
}

it('knows where texts and values came from', () => {
  const text = render('a: {{ .Values.a }}\n', { a: 'x' });
  expect(segmentsOf(text)).toEqual(['"a: "', '"x" | a', String.raw`"\n"`]);
  expect(sitesOf(text)).toEqual(['a: ', '{{ .Values.a }}', '\n']);
  expect(text.origin.segments?.map(({ offset }) => offset)).toEqual([0, undefined, 18]);
});

it.each([
  ['{{ if .Values.on }}x{{ end }}', ['"x" |  | on?']],
  ['{{ if not .Values.off }}x{{ end }}', ['"x" |  | off?']],
  ['{{ if .Values.off }}x{{ else }}y{{ end }}', ['"y" |  | off?']],
  ['{{ if .Values.off }}x{{ end }}', ['"" |  | off?']],
  ['{{ if .Values.off }}x\n{{ end }}', ['"" |  | off?']],
  ['{{ if eq .Values.s "b" }}x{{ else if .Values.on }}y{{ end }}', ['"y" |  | on? < s?']],
  ['{{ with .Values.m }}{{ .k }}{{ end }}', ['"v" | m.k | m?']],
  [
    '{{ range $i, $e := .Values.l }}{{ $i }}{{ $e }}{{ end }}',
    ['"0" | l.0 | l?', '"p" | l.0 | l?', '"1" | l.1 | l?', '"q" | l.1 | l?'],
  ],
  ['{{ range $k, $e := .Values.m }}{{ $k }}{{ end }}', ['"k" | m.k | m?']],
  ['{{ or .Values.off .Values.s }}', ['"str" | s,off']],
  ['{{ and .Values.on .Values.s }}', ['"str" | s,on?']],
  ['{{ index .Values.m .Values.key }}', ['"v" | m.k,key?']],
  ['{{ $x := "a" }}{{ if .Values.on }}{{ $x = "b" }}{{ end }}{{ $x }}', ['"" |  | on?', '"b" | on?']],
  ['{{ $x := .Values.s }}{{ if .Values.on }}{{ $x }}{{ end }}', ['"str" | s | on?']],
  ['{{ if eq .Values.s "str" }}x{{ end }}', ['"x" |  | s?']],
  ['{{ if ne .Values.s "b" }}x{{ end }}', ['"x" |  | s?']],
  ['{{ if not .Values.s }}{{ else }}x{{ end }}', ['"x" |  | s?']],
  ['{{ if and .Values.on (eq .Values.s "b") }}{{ else }}x{{ end }}', ['"x" |  | s?,on?']],
  ['{{ if or .Values.off (eq .Values.s "str") }}x{{ end }}', ['"x" |  | s?,off?']],
  ['{{ if kindIs "string" .Values.s }}x{{ end }}', ['"x" |  | s?']],
  ['{{ if contains "{{" .Values.s }}{{ else }}x{{ end }}', ['"x"']],
  ['{{ if lookup "v1" "Secret" .Values.s "x" }}{{ else }}x{{ end }}', ['"x"']],
  ['{{ if has "p" .Values.l }}x{{ end }}', ['"x" |  | l.0?,l?,l.1?']],
  ['{{ $x := "a" }}{{ if .Values.off }}{{ $x = "b" }}{{ end }}{{ $x }}', ['"" |  | off?', '"a" | off?']],
  ['{{ (index .Values.m2 .Values.key).j }}', ['"w" | m2.k.j,key?']],
  ['{{ (ternary .Values.m .Values.m2 .Values.on).k }}', ['"v" | m.k,on?']],
  ['{{ printf "%s-b" .Values.none | trimPrefix "-" }}', ['"" | none', '"b"']],
])('traces %s', (template, segments) => {
  const values = {
    on: true,
    off: false,
    s: 'str',
    key: 'k',
    none: '',
    m: { k: 'v' },
    m2: { k: { j: 'w' } },
    l: ['p', 'q'],
  };
  expect(segmentsOf(render(template, values))).toEqual(segments);
});

const INCLUDE = '{{ define "t" }}{{ if .Values.on }}yes{{ end }}{{ end }}';

it('keeps the places and conditions of an include, under those that called it', () => {
  const text = render(`${INCLUDE}{{ if .Values.s }}{{ include "t" . | upper }}{{ end }}`, { on: true, s: 's' });
  expect(text.value).toBe('YES');
  expect(segmentsOf(text)).toEqual(['"YES" |  | on? < s?']);
  expect(sitesOf(text)).toEqual(['yes from {{ include "t" . | upper }}']);
});

it('takes the conditions inside an include into decisions on its text', () => {
  const template = `${INCLUDE}{{ if .Values.s }}{{ if eq (include "t" . | trim) "yes" }}x{{ end }}{{ end }}`;
  expect(segmentsOf(render(template, { on: true, s: 's' }))).toEqual(['"x" |  | on? < s?']);
});

it('puts a kept text into the condition that it is printed in', () => {
  const template = `${INCLUDE}{{ $x := include "t" . }}{{ if .Values.s }}{{ $x }}{{ end }}`;
  expect(segmentsOf(render(template, { on: true, s: 's' }))).toEqual(['"yes" |  | on? < s?']);
});

it('shows no place inside of a text that tpl was given', () => {
  const text = render('{{ tpl .Values.t . }}', { t: 'a{{ .Values.s }}{{ if .Values.s }}b{{ end }}', s: 's' });
  expect(segmentsOf(text)).toEqual(['"a" | t', '"s" | s,t', '"b" | t | s?,t?']);
  expect(sitesOf(text)).toEqual(Array.from({ length: 3 }, () => '{{ tpl .Values.t . }}'));
});

it('shows the template text that became a text for tpl', () => {
  const text = render('{{ define "t" }}a{{ "{{ .Values.s }}" }}b{{ end }}{{ tpl (include "t" .) . }}', { s: 's' });
  expect(text.value).toBe('asb');
  expect(sitesOf(text).map((site) => site.split(' from ')[0])).toEqual(['a', '{{ "{{ .Values.s }}" }}', 'b']);
  expect(text.origin.segments?.map(({ offset }) => offset)).toEqual([16, undefined, 40]);
});

it('lists the keys that were read and the chains that were not', () => {
  const values = { a: 'x', off: false, m: { k: 1 }, unused: 1 };
  const template =
    '{{ if .Values.off }}{{ $.Values.b }}{{ end }}{{ .Values.a }}{{ print .Values.m }}{{ $x := . }}{{ $x.Values }}';
  const { execution, set } = executionOf({ 'c/t.yaml': template });
  execution.execute('c/t.yaml', new Tracked(GoMap.from([['Values', toValue(values)]])));
  // Printing all values reads them all; `b` is none of them.
  expect([...execution.reads].map(({ name }) => name).sort()).toEqual(['a', 'm', 'm.k', 'off', 'unused']);
  const unused = [...fieldChains(set)].filter(({ node }) => !execution.evaluated.has(node));
  expect(unused.map(({ node, base, idents }) => [nodeText(node), base, idents])).toEqual([
    ['$.Values.b', 'root', ['Values', 'b']],
  ]);
});

it('removes <no value> wherever it came from and keeps what printed it', () => {
  const text = withoutNoValue(render('a{{ .Values.q }}b<no {{ .Values.v }}>', { v: 'value' }));
  expect(text.value).toBe('ab');
  expect(segmentsOf(text)).toEqual(['"a"', '"b"', '"" | v']);
  expect(withoutNoValue(mixed('x<no value>', text.taint)).value).toBe('x');
});
