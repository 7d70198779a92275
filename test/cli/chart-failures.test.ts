import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chart, lint, OVERLAYS } from './chart-run.ts';
import { chartlintJson, folderWith } from './chartlint.ts';

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
      'render c/templates/other.yaml:2:1 The chart does not render: YAML parse error on c/templates/other.yaml: ' +
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
      'render c:1:1 The chart does not render: an error occurred while checking for chart dependencies. You may need ' +
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
      'render c:1:1 Environment live does not render: open values-live.yaml: no such file or directory',
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
      errors: ['render c:1:1 The chart does not render: open nope.yaml: no such file or directory'],
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
