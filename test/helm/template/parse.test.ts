import { expect, it } from 'vitest';
import { SourceText } from '../../../src/text/source.ts';
import type { TemplateFile } from '../../../src/helm/value/origin.ts';
import { nodeText } from '../../../src/helm/template/node-text.ts';
import { parseFile } from '../../../src/helm/template/parse-file.ts';
import { messageOf } from './render-text.ts';

const FUNCTIONS = new Set(['include', 'print', 'eq', 'list', 'upper']);

function fileOf(text: string): TemplateFile {
  return { name: 'c/t.yaml', source: new SourceText('t.yaml', text) };
}

function parse(text: string): ReturnType<typeof parseFile> {
  return parseFile(fileOf(text), (name) => FUNCTIONS.has(name));
}

// Observed of Helm 4.1.4.
it.each([
  ['a {{/* c */ }} b', 'comment ends before closing delimiter'],
  ['{{ /* c */}}', 'unexpected "/" in command'],
  ['{{/* c', 'unclosed comment'],
  ['{{- "x"-}} b', 'unexpected "-" in operand'],
  ['{{"a""b"}}', String.raw`unexpected "\"b\"" in operand`],
  ['{{}}', 'missing value for command'],
  ['{{-}}', '"-"'],
  ['{{ 08 }}', '"08"'],
  ['{{ 1+1 }}', '"1+1"'],
  ['{{ 0xG }}', '"0xG"'],
  ['{{ break }}', '{{break}} outside {{range}}'],
  ['{{ range list 1 }}{{ else }}{{ break }}{{ end }}', '{{break}} outside {{range}}'],
  ['{{ with $x := 5 }}{{ $x }}{{ end }}{{ $x }}', 'undefined variable "$x"'],
  ['{{ end }}', 'unexpected {{end}}'],
  ['{{ with 1 }}{{ else if true }}{{ end }}', 'unexpected <if> in input'],
  ['{{ if }}x{{ end }}', 'missing value for if'],
  ['{{ template (print "x") 3 }}', 'unexpected "(" in template clause'],
  ['{{ if true }}{{ define "z" }}{{ end }}{{ end }}', 'unexpected <define> in command'],
  ['{{ define "x" }}1{{ end }}{{ define "x" }}2{{ end }}', 'multiple definition of template "x"'],
  ['{{ .Values.a-b }}', "bad character U+002D '-'"],
  ['{{ ."a" }}', `bad character U+0022 '"'`],
  ['{{ .Values.l.0 }}', 'unexpected ".0" in operand'],
  ['{{ true.foo }}', 'unexpected . after term "true"'],
  ['{{ nosuch }}', 'function "nosuch" not defined'],
  ['{{ (1 }}', 'unclosed left paren'],
  ['{{ 1) }}', 'unexpected right paren'],
  ['{{ "a" | | upper }}', 'unexpected "|" in command'],
  ['{{ 1 | 2 }}', 'non executable command in pipeline stage 2'],
  ['{{ .Values.a.b := 1 }}', 'unexpected ":=" in operand'],
  ['{{ $x, $y := list 1 }}', 'too many declarations in command'],
  ['{{ range $i, 5 := list 1 }}{{ end }}', 'range can only initialize variables'],
  ['{{ "a\nb" }}', 'unterminated quoted string'],
  [String.raw`{{ "\q" }}`, 'invalid syntax'],
  ["{{ 'ab' }}", "'ab'"],
  ['{{{ 1 }}', 'unexpected "{" in command'],
  ['{{ block "x" }}{{ end }}', 'missing value for block clause'],
  ['{{ if true }}{{ else foo }}{{ end }}', 'unexpected "foo" in else'],
  ['{{ 9223372036854775808000 }}', '"9223372036854775808000"'],
])('refuses %j as Go does', (text, message) => {
  expect(messageOf(() => parse(text))).toBe(`parse error at (c/t.yaml:1): ${message}`);
});

it('names the line of the token that it stopped at', () => {
  expect(messageOf(() => parse('a: 1\nb: {{ .Values.x'))).toBe('parse error at (c/t.yaml:2): unclosed action');
  expect(messageOf(() => parse('{{ if true }}x\n'))).toBe('parse error at (c/t.yaml:2): unexpected EOF');
  expect(messageOf(() => parse('{{ .Values.a\n'))).toBe(
    'parse error at (c/t.yaml:2): unclosed action started at c/t.yaml:1',
  );
});

it.each([
  ['{{eq    1  (  print   "1.5" )|upper }}', '{{eq 1 (print "1.5") | upper}}'],
  ['{{ $x:=1 }}{{ $x  = .a.b }}', '{{$x := 1}}{{$x = .a.b}}'],
  ['{{ range $i,$e := list 1 }}{{ $e.a }}{{else}}n{{ end }}', '{{range $i, $e := list 1}}{{$e.a}}{{else}}n{{end}}'],
  ['{{ if .a }}1{{ else if .b }}2{{ end }}', '{{if .a}}1{{else}}{{if .b}}2{{end}}{{end}}'],
  ['{{ template "t"  (list 1).a }}', '{{template "t" (list 1).a}}'],
  ['a \n {{- /* c */ -}} \n b', 'ab'],
  ['a \u00a0{{- 1 }}', 'a \u00a0{{1}}'],
])('prints %j from its tree as %j', (text, printed) => {
  const root = parse(text).trees.get('c/t.yaml')?.root;
  expect(root === undefined ? undefined : nodeText(root)).toBe(printed);
});

it('keeps the exact offsets of texts and the whole range of actions', () => {
  const nodes = parse('a  {{- .b -}}  c{{ if 1 }}d{{ end }}').trees.get('c/t.yaml')?.root.nodes ?? [];
  expect(nodes.map(({ kind, start, end }) => [kind, start, end])).toEqual([
    ['text', 0, 1],
    ['action', 3, 13],
    ['text', 15, 16],
    ['if', 16, 36],
  ]);
});

it('keeps the definitions of a file under their names', () => {
  const { trees } = parse('{{ define "a" }}1{{ end }}{{ block "b" . }}2{{ end }}{{ define "a" }} {{ end }}');
  expect([...trees.keys()]).toEqual(['a', 'b', 'c/t.yaml']);
  expect(trees.get('a')?.root.nodes).toHaveLength(1);
});

it('survives brackets nested beyond its stack', () => {
  expect(messageOf(() => parse(`{{ ${'('.repeat(9000)}1${')'.repeat(9000)} }}`))).toMatch(/^(no error|parse error at)/);
});
