import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { chart } from './chart-run.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

interface Run {
  readonly status: number;
  readonly stderr: string;
  readonly environments: readonly string[];
  readonly findings: readonly string[];
}

async function lint(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Run> {
  const { status, stdout, stderr } = await runMain(['.', '--format', 'json', ...args], folderWith(files));
  const report = stdout === '' ? undefined : (JSON.parse(stdout) as Report);
  return {
    status,
    stderr,
    environments: report?.environments ?? [],
    findings: report?.findings.map(({ rule, environments }) => `${rule} ${environments.join('+')}`) ?? [],
  };
}

const WRONG = 'a: 5\n';

describe('the environments of a chart without any in its policy', () => {
  it.each([
    ['values-prod.yaml', 'prod'],
    ['values.prod.yml', 'prod'],
    ['prod-values.yaml', 'prod'],
    ['values/prod.yaml', 'prod'],
    ['values/values-prod.yaml', 'prod'],
    ['ci/prod-values.yaml', 'ci-prod'],
  ])('include %s as %s', async (file, name) => {
    expect(await lint(chart('app', { [file]: WRONG }))).toMatchObject({
      stderr: '',
      environments: ['default', name],
      findings: [`configmap-string-values ${name}`],
    });
    expect((await lint(chart('app', { [file]: WRONG }), '--env', name)).environments).toEqual([name]);
  });

  it.each(['test/prod-values.yaml', 'values/eu/prod.yaml', 'ci/deep/prod-values.yaml', 'values/notes.txt'])(
    'do not include %s',
    async (file) => {
      expect(await lint(chart('app', { [file]: WRONG }))).toMatchObject({ stderr: '', environments: ['default'] });
    },
  );

  it('are named in a note where they are not sure', async () => {
    const files = { 'values/schema.yaml': 'type: object\n', 'default-values.yaml': WRONG };
    expect(await lint(chart('app', files))).toMatchObject({
      environments: ['default'],
      stderr:
        'chartlint: app: values/schema.yaml is not used: its name is that of an environment, but no key of values.yaml is set there. ' +
        'List it in environments of chartlint.yaml if it is one. ' +
        'default-values.yaml is not used: its name is that of an environment, but another values file has that name already. ' +
        'List it in environments of chartlint.yaml if it is one.\n',
    });
    expect((await lint(chart('app', { 'values/list.yaml': '- a\n' }))).stderr).toContain(
      'values/list.yaml is not used: its name is that of an environment',
    );
    const policy = 'version: 1\nenvironments: { prod: {} }\nextends: [recommended]\n';
    expect(await lint(chart('app', { ...files, 'chartlint.yaml': policy }))).toMatchObject({
      environments: ['prod'],
      stderr: '',
    });
  });

  it('are compared with each other, but not with those of CI', async () => {
    const policy =
      'version: 1\nprinciples:\n  same: { title: T, severity: error, checks: [{ rule: environment-parity }, { rule: values-overlay-keys }] }\n';
    const template =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  A: x\n{{- if eq .Values.a "more" }}\n  B: x\n{{- end }}\n';
    const files = { 'chartlint.yaml': policy, 'templates/config.yaml': template };
    const more = 'a: more\nunknown: 1\n';
    expect((await lint(chart('app', { ...files, 'ci/more-values.yaml': more }))).findings).toEqual([]);
    expect((await lint(chart('app', { ...files, 'values/more.yaml': more }))).findings).toEqual([
      expect.stringContaining('environment-parity'),
      expect.stringContaining('values-overlay-keys'),
    ]);
    const listed = `${policy}environments: { default: {}, tests: { values: [ci/more-values.yaml] } }\n`;
    const withList = { ...files, 'chartlint.yaml': listed, 'ci/more-values.yaml': more };
    expect(await lint(chart('app', withList))).toMatchObject({ environments: ['default', 'tests'], findings: [] });
  });
});

describe('an optional environment', () => {
  const policy = (optional: string): string =>
    `version: 1\nextends: [recommended]\nenvironments:\n  dev: {}\n  prod: { values: [values-prod.yaml]${optional} }\n`;
  const files = (optional: string): Record<string, string> => ({
    'chartlint.yaml': policy(optional),
    ...chart('one', { 'values-prod.yaml': WRONG }),
    ...chart('two'),
  });

  it('is left out of charts that lack its file', async () => {
    expect(await lint(files(', optional: true'))).toMatchObject({
      status: 1,
      stderr: '',
      environments: ['dev', 'prod'],
      findings: ['configmap-string-values prod'],
    });
    expect((await lint(files(''))).status).toBe(2);
    expect((await lint(files(', optional: false'))).status).toBe(2);
  });

  it('is one that a chart does not have', async () => {
    expect(await lint(files(', optional: true'), '--env', 'prod')).toMatchObject({
      stderr: 'chartlint: two has no environment prod: the chart is skipped.\n',
      environments: ['prod'],
    });
  });

  it('leaves the chart with its own values when there is no other', async () => {
    const only = 'version: 1\nextends: [recommended]\nenvironments: { prod: { values: [p.yaml], optional: true } }\n';
    const found = await lint(chart('app', { 'chartlint.yaml': only, 'values.yaml': WRONG }));
    expect(found).toMatchObject({ status: 1, environments: ['default'] });
  });

  it('may have its values outside of the chart', async () => {
    const outside =
      'version: 1\nextends: [recommended]\nenvironments: { dev: {}, prod: { values: [../prod.yaml], optional: true } }\n';
    const all = { ...chart('app', { 'chartlint.yaml': outside }), 'prod.yaml': WRONG, '.git/HEAD': '' };
    expect((await lint(all)).environments).toEqual(['dev', 'prod']);
  });
});
