import { describe, expect, it } from 'vitest';
import { chart } from './chart-run.ts';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

function failure(files: Readonly<Record<string, string>>): { place: string; help: string | null | undefined } {
  const { report, status } = chartlintJson(['c'], { folder: folderWith(chart('c', files)) });
  expect(status).toBe(2);
  const [error, ...others] = report.errors;
  expect(others).toEqual([]);
  expect(error?.kind).toBe('render');
  const { file, line, column } = error?.location ?? {};
  return { place: `${file}:${line}:${column}`, help: error?.help };
}

describe('rendered text that is not YAML', () => {
  it.each([
    ['in a block', '  {{- if true -}}\n  labels: {a: b}\n  {{- end }}\n', '5:15'],
    ['after a block', '  {{- if true }}\n  namespace: x\n  {{- end -}}\ndata: {}\n', '7:11'],
    ['after ---', '{{- if true }}---{{ end -}}\napiVersion: v1\nkind: Secret\n', '5:25'],
    ['in a list', 'data:\n  a: [x]\n  {{- range tuple 1 -}}\n  k{{ . }}: x\n  {{- end }}\nbinaryData: {}\n', '7:21'],
  ])('since a line is glued to another one %s is reported at the trim', (_, text, place) => {
    expect(failure({ 'templates/config.yaml': HEAD + text })).toEqual({
      place: `c/templates/config.yaml:${place}`,
      help: 'The line after this is glued to the end of the line above it, since -}} removes the line break. Write }} there.',
    });
  });

  it.each([
    ['a: "x: y"\n', 'data:\n  a: {{ .Values.a }}\n', '6:6', /^A ":" is not allowed here\. .*with \| quote, or/],
    ['a: "say \\"hi\\""\n', 'data:\n  a: "{{ .Values.a }}"\n', '6:7', /^The value ends before this\. .*\| quote/],
    [
      'a: x\n',
      'data:\n  a: "{{ .Values.a }}\n  b: x\n',
      '6:6',
      /^The quote that opens here is never closed\. Close it\.$/,
    ],
    ['a: x\n', 'data:\n  a: x: {{ .Values.a -}}\n', '6:7', /^A ":" is not allowed here\. [^|]*$/],
    ['a: x\n', 'data:\n\ta: x\n', '5:5', /^A tab is used for indentation\. Indent with spaces\.$/],
  ])('says what to write (%j, %j)', (values, text, place, help) => {
    const found = failure({ 'values.yaml': values, 'templates/config.yaml': HEAD + text });
    expect(found).toEqual({ place: `c/templates/config.yaml:${place}`, help: expect.stringMatching(help) });
  });
});

describe('a file that keeps a chart from being loaded', () => {
  it.each([
    ['values.yaml', 'a: 1\nname: "abc\nb: c\n', '2:7', /^The quote that opens here is never closed/],
    ['values.yaml', 'a: 1\n  b: c\n', '2:4', /^A ":" is not allowed here/],
    ['Chart.yaml', 'apiVersion: v2\nname: c\nversion: 1\ndescription: a "x" : y\n', '4:20', /^A ":" is not/],
    ['Chart.yaml', 'apiVersion: v2\nname: [c\nversion: 1.0.0\n', '3:8', /^A comma or \] is missing before this/],
  ])('is shown, and the help says what to write (%s: %j)', (file, text, place, help) => {
    const files = { [file]: text };
    expect(failure(files)).toEqual({ place: `c/${file}:${place}`, help: expect.stringMatching(help) });
    const { stdout } = chartlint(['c'], { folder: folderWith(chart('c', files)) });
    expect(stdout).toMatch(/^ {2}> \d+ │/m);
  });

  it('of which the lines are shown has its secrets hidden', () => {
    const text = 'db:\n  password: hunter2hunter2\n  host: "x\n  user: y\n';
    const { stdout } = chartlint(['c'], { folder: folderWith(chart('c', { 'values.yaml': text })) });
    expect(stdout).toContain('c/values.yaml:3:9');
    expect(stdout).toContain('password:');
    expect(stdout).not.toContain('hunter2');
  });
});

it.each(['pretty', 'markdown', 'html'])('lists only broken principles where nothing was read (%s)', (format) => {
  const folder = folderWith(chart('c', { 'templates/config.yaml': '{{ fail "no" }}' }));
  const { stdout } = chartlint(['c', '--policy', 'observer', '--format', format], { folder });
  expect(stdout).toContain('chart-layout');
  expect(stdout).not.toContain('The readiness probe requests /ready');
  expect(stdout).not.toMatch(/not applicable/i);
});

it('says where the policy names a values file that a chart does not have', () => {
  const policy = 'version: 1\nextends: [recommended]\nenvironments:\n  prod: { values: [values-prod.yaml] }\n';
  const named = { 'chartlint.yaml': policy };
  const help = (where: string): string =>
    `${where} names it for this environment: add the file, or write optional: true there, for charts without it.`;
  expect(failure(named)).toEqual({ place: 'c/Chart.yaml:1:1', help: help('c/chartlint.yaml:4') });
  const folder = folderWith(chart('c', named));
  const { report } = chartlintJson(['c', '--policy', 'c/chartlint.yaml'], { folder });
  expect(report.errors[0]?.help).toBe(help('The policy'));
});
