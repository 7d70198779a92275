import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chart, lint, OVERLAYS } from './chart-run.ts';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';

describe('a chart that does not render', () => {
  it.each([
    [
      'in one environment',
      {
        ...OVERLAYS,
        'templates/other.yaml': '{{ if eq (toString .Values.a) "true" }}\n{{ fail "not in production" }}{{ end }}\n',
      },
      ['dev'],
      'render c/templates/other.yaml:2:4 Environment prod does not render: ' +
        'execution error at (c/templates/other.yaml:2:3): not in production',
    ],
    [
      'with broken values in an overlay',
      { ...OVERLAYS, 'values.prod.yaml': 'a: 1\n b: 2\n' },
      ['dev'],
      'render c/values.prod.yaml:2:3 Environment prod does not render: failed to parse values.prod.yaml: ' +
        'cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 2: ' +
        'mapping values are not allowed in this context',
    ],
    [
      'with an overlay that is a list',
      { ...OVERLAYS, 'values.prod.yaml': '- a\n' },
      ['dev'],
      'render c/values.prod.yaml:1:1 Environment prod does not render: failed to parse values.prod.yaml: ' +
        'cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: ' +
        'json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'with broken values',
      { 'values.yaml': 'a: 1\n b: 2\n' },
      [],
      'render c/values.yaml:2:3 The chart cannot be loaded: cannot load values.yaml: cannot unmarshal yaml document: ' +
        'error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
    ],
    [
      'with an unknown function',
      { 'templates/other.yaml': '\n{{ .Values.a | nope }}\n' },
      [],
      'render c/templates/other.yaml:2:16 The chart does not render: ' +
        'parse error at (c/templates/other.yaml:2): function "nope" not defined',
    ],
    [
      'with a template that prints no YAML',
      { 'templates/other.yaml': 'kind: "\n{{ .Values.a }}\n' },
      [],
      'render c/templates/other.yaml:1:7 The chart does not render: YAML parse error on c/templates/other.yaml: ' +
        'error converting YAML to JSON: yaml: line 2: found unexpected end of stream',
    ],
    [
      'without its dependencies',
      {
        'Chart.yaml':
          'apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n' +
          '  - { name: redis, version: 1.0.0, repository: "https://charts.example.com" }\n',
      },
      [],
      'render c/Chart.yaml:5:13 The chart does not render: an error occurred while checking for chart dependencies. You may need ' +
        'to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ ' +
        'directory: redis',
    ],
    [
      'without a values file of the policy',
      {
        'chartlint.yaml':
          'version: 1\nextends: [recommended]\nenvironments:\n' +
          '  dev: { values: [values.yaml] }\n  live: { values: [values-live.yaml] }\n',
        'values.yaml': 'a: 5\n',
      },
      ['dev'],
      'render c/Chart.yaml:1:1 Environment live does not render: open values-live.yaml: no such file or directory',
    ],
  ])('%s is an error at its place, and the rest is linted', (_, files, environments, error) => {
    const outcome = lint(['c'], folderWith(chart('c', files)));
    expect(outcome).toMatchObject({ status: 2, stderr: '', errors: [error] });
    expect(outcome.environments.filter((name) => name !== 'default')).toEqual(environments);
    expect(outcome.findings.map((finding) => finding.split(' ')[1])).toEqual(environments);
  });

  it('without the values file of the command line is an error', () => {
    expect(lint(['c', '-f', 'nope.yaml'], folderWith(chart('c')))).toMatchObject({
      status: 2,
      errors: ['render c/Chart.yaml:1:1 The chart does not render: open nope.yaml: no such file or directory'],
    });
  });

  it('holds up no other chart', () => {
    const folder = folderWith({
      ...chart('a', { 'templates/config.yaml': '{{ fail "no" }}' }),
      ...chart('b', { 'values.yaml': 'a: 5\n' }),
    });
    const { status, findings, errors } = lint(['.'], folder);
    expect(status).toBe(2);
    expect(findings).toEqual(['b/templates/config.yaml:6 default release-name-default < a b/values.yaml:1']);
    expect(errors).toEqual([
      'render a/templates/config.yaml:1:4 The chart does not render: execution error at (a/templates/config.yaml:1:3): no',
    ]);
  });
});

describe('an object without apiVersion or kind', () => {
  const GLUED =
    ', so it cannot be linted: its line is glued to the end of the line above it, since -}} removes the line break. ' +
    'Write }} there.';

  it.each([
    [
      '# Copyright\n{{- $name := "a" -}}\napiVersion: v1\nkind: Secret\nmetadata: { name: {{ $name }} }\n',
      `input c/templates/other.yaml:2:18 The object has no apiVersion${GLUED}`,
    ],
    [
      '{{- if true }}\n# c\n{{- end -}}\n\napiVersion: v1\nkind: Secret\nmetadata: { name: a }\n',
      `input c/templates/other.yaml:3:9 The object has no apiVersion${GLUED}`,
    ],
    [
      'apiVersion: v1 # {{ if true -}}\nkind: Secret\n{{- end }}\nmetadata: { name: a }\n',
      'input c/templates/other.yaml:1:29 The object has no kind' + GLUED,
    ],
    [
      'apiVersion: v1\nmetadata: { name: a }\n',
      'input c/templates/other.yaml:2:19 The object has no kind, so it cannot be linted. Add it, or leave this file out of the input.',
    ],
  ])('is at what trimmed its line break: %j', (template, error) => {
    expect(lint(['c'], folderWith(chart('c', { 'templates/other.yaml': template }))).errors).toEqual([error]);
  });

  it('is at the comment in a manifest', () => {
    const folder = folderWith({ 'x.yaml': 'a: 1\n---\n# see below apiVersion: v1\nkind: Secret\nmetadata: {}\n' });
    expect(lint(['x.yaml'], folder).errors[1]).toBe(
      'input x.yaml:3:13 The object has no apiVersion, so it cannot be linted: its line is glued to the end of the line ' +
        'above it. Put apiVersion on a line of its own.',
    );
  });
});

describe('an error of Helm', () => {
  it('is followed by what to write', () => {
    const folder = folderWith(
      chart('c', { 'templates/other.yaml': '{{ range list 1 }}\na: {{ .Values.a }}\n{{ end }}\n' }),
    );
    const { report } = chartlintJson(['c'], { folder });
    expect(report.errors).toMatchObject([
      {
        message: expect.stringMatching(/can't evaluate field Values in type interface \{\}$/),
        help:
          'Inside {{ range list 1 }} the dot is each item in turn, not the context of the chart. ' +
          'Write $.Values.a.',
        location: { file: 'c/templates/other.yaml', line: 2, column: 8, endColumn: 14 },
      },
    ]);
    for (const format of ['pretty', 'github', 'gitlab', 'sarif', 'junit', 'markdown', 'html']) {
      const { stdout } = chartlint(['c', '--format', format], { folder });
      expect(stdout.replace(/&#\d+;|\s+/g, ' ')).toContain('each item in turn, not the context of the chart.');
    }
  });

  it('says how to list the environments of a chart that is not used without a values file', () => {
    const files = {
      'templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Values.app.name }} }\n',
      'values-dev.yaml': 'app: { name: d }\n',
    };
    const { report } = chartlintJson(['c'], { folder: folderWith(chart('c', files)) });
    expect(report.errors.map(({ help }) => help)).toEqual([
      '.Values.app is not set. Set it in the values, or write (.Values.app).name, which is empty where it is not set. ' +
        'If the chart is never used with its own values alone, list its environments in chartlint.yaml, without ' +
        'default: environments: { dev: { values: [values.yaml, values-dev.yaml] } }.',
    ]);
  });

  it('shows a byte that is not UTF-8 as a byte', () => {
    const files = chart('c', { 'templates/config.yaml': '' });
    const text = Buffer.from('apiVersion: v1\nkind: ConfigMap # a \x97 b\n', 'latin1');
    const folder = folderWith({ ...files, 'c/templates/config.yaml': text });
    expect(chartlint(['c'], { folder }).stdout).toContain(String.raw`> 2 │ kind: ConfigMap # a \x97 b`);
  });

  it('is at the quote that is not closed', () => {
    const folder = folderWith(
      chart('c', { 'templates/other.yaml': 'kind: "ConfigMap\napiVersion: "v1"\nmetadata: { name: a }\n' }),
    );
    expect(lint(['c'], folder).errors).toEqual([expect.stringMatching(/^render c\/templates\/other.yaml:1:7 /)]);
    expect(lint(['c/templates/../x.yaml'], folderWith({ 'c/x.yaml': 'a: "b\nc: 1\n' })).errors).toEqual([
      'syntax c/x.yaml:1:4 The quote that opens here is never closed. Close it.',
    ]);
  });

  it.each([
    ['a: {{ "x }}\n', 'other.yaml:1:7'],
    ['a: b\n{{ .Values.a | quote\n', 'other.yaml:2:1'],
    ['{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}', 'other.yaml:1:39'],
  ])('is at what is not closed or not known in %s', (template, place) => {
    const [error] = lint(['c'], folderWith(chart('c', { 'templates/other.yaml': template }))).errors;
    expect(error).toContain(`render c/templates/${place} `);
  });
});

it('says nothing of principles where nothing could be checked', () => {
  const folder = folderWith(chart('c', { 'Chart.yaml': 'apiVersion: v2\nname: c\n' }));
  for (const input of ['c', 'nowhere']) {
    for (const format of ['pretty', 'markdown', 'html']) {
      const { status, stdout } = chartlint([input, '--format', format], { folder });
      expect(status).toBe(2);
      expect(stdout).not.toMatch(/valid-manifests|need a chart|not applicable/i);
    }
  }
  expect(lint(['c'], folder).errors).toEqual([expect.stringMatching(/^render c\/Chart.yaml:1:1 /)]);
});

it('says that what passed passed in part', () => {
  const folder = folderWith({
    ...chart('b'),
    ...chart('c', { 'templates/config.yaml': '{{ fail "no" }}' }),
  });
  for (const format of ['pretty', 'markdown', 'html']) {
    expect(chartlint(['b', 'c', '--format', format], { folder }).stdout).toContain('passed, of what was read');
    expect(chartlint(['b', '--format', format], { folder }).stdout).not.toContain('of what was read');
  }
});

it('passes no principle about renderings where there are none', () => {
  const policy = `version: 1
name: team
principles:
  layout: { title: Layout, checks: [{ rule: chart-layout }] }
  flow: { title: Flow, checks: [{ rule: values-one-way }] }
  used: { title: Used, checks: [{ rule: values-unused }] }
  overlays: { title: Overlays, checks: [{ rule: values-overlay-keys }] }
  parity: { title: Parity, checks: [{ rule: environment-parity }] }
`;
  const folder = folderWith({ ...chart('c', { ...OVERLAYS, 'chartlint.yaml': policy }) });
  const statuses = (): Record<string, string> => {
    const { report } = chartlintJson(['c'], { folder });
    return Object.fromEntries(report.principles.map(({ id, status }) => [id, status]));
  };
  const passed = { layout: 'passed', flow: 'passed', used: 'passed', overlays: 'passed', parity: 'passed' };
  expect(statuses()).toEqual(passed);
  writeFileSync(join(folder, 'c/templates/no.yaml'), '{{ fail "no" }}');
  const unknown = 'not-applicable';
  expect(statuses()).toEqual({ layout: 'passed', flow: unknown, used: unknown, overlays: unknown, parity: unknown });
});
