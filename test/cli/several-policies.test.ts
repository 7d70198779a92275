import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { chartlintJson, folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { A: 1 }\n';

const policy = (clause: string, title: string): string =>
  `version: 1\nprinciples:\n  strings: { clause: "${clause}", title: ${title}, severity: error, checks: [{ rule: configmap-string-values }] }\n`;

const chart = (folder: string, files: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const all = {
    'Chart.yaml': `apiVersion: v2\nname: ${folder.replaceAll('/', '-')}\nversion: 0.1.0\n`,
    'values.yaml': 'a: 1\n',
    'templates/a.yaml': CONFIG_MAP,
    ...files,
  };
  return Object.fromEntries(Object.entries(all).map(([file, text]) => [`${folder}/${file}`, text]));
};

describe('two policies that have a principle of one id', () => {
  const files = {
    ...chart('one', { 'chartlint.yaml': policy('1', 'First title') }),
    ...chart('two', { 'chartlint.yaml': policy('2', 'Second title') }),
    ...chart('three', { 'chartlint.yaml': policy('2', 'Second title') }),
  };

  async function report(...args: readonly string[]): Promise<string> {
    return (await runMain([...args, '.'], folderWith(files))).stdout;
  }

  it('keep them apart in the report for programs', async () => {
    const { findings, principles } = JSON.parse(await report('--format', 'json')) as Report;
    expect(findings.map(({ location, clause }) => `${location.file} ${clause}`)).toEqual([
      'one/templates/a.yaml 1',
      'three/templates/a.yaml 2',
      'two/templates/a.yaml 2',
    ]);
    expect(principles).toEqual([
      { id: 'strings', clause: '1', title: 'First title', status: 'failed', findings: 1 },
      { id: 'strings', clause: '2', title: 'Second title', status: 'failed', findings: 2 },
    ]);
  });

  it('show each finding with its own clause and title at the terminal', async () => {
    const text = await report();
    expect(text.match(/clause\s\d\s·\s\w+ title/g)?.map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
      'clause 1 · First title',
      'clause 2 · Second title',
      'clause 2 · Second title',
    ]);
    expect(text).toMatch(/strings +1 +First title +1 finding/);
    expect(text).toMatch(/strings +2 +Second title +2 findings/);
    const quiet = await report('--quiet');
    expect(quiet).toMatch(/✗ 2 failed/);
    expect(quiet).toMatch(/strings +2 +Second title +2 findings/);
  });

  it('are two lines of every table, each with its findings', async () => {
    const markdown = await report('--format', 'markdown');
    expect(markdown).toMatch(/strings<\/code> \| 1 \| First title \| 1 \|/);
    expect(markdown).toMatch(/strings<\/code> \| 2 \| Second title \| 2 \|/);
    const junit = await report('--format', 'junit');
    const [first, second] = ['strings (clause 1): First title', 'strings (clause 2): Second title'].map((name) => {
      const start = junit.indexOf(`name="${name}"`);
      return junit.slice(start, junit.indexOf('</testcase>', start));
    });
    expect(first).toContain('one/templates/a.yaml');
    expect(first).not.toContain('two/templates/a.yaml');
    expect(second).toContain('two/templates/a.yaml');
    expect(second).toContain('three/templates/a.yaml');
    const html = await report('--format', 'html');
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const items = [...html.matchAll(/<li id="principle[^]*?<\/li>/g)].map(([item]) => item);
    expect(items.map((item) => /(?:First|Second) title.*?(\d) findings? of/.exec(item)?.[1])).toEqual(['1', '2']);
    expect(new Set(items.map((item) => /href="([^"]+)"/.exec(item)?.[1])).size).toBe(2);
    const sarif = await report('--format', 'sarif');
    expect(sarif).toMatch(/"clause-1"/);
    expect(sarif).toMatch(/"clause-2"/);
  });
});

describe('the environments of one of several charts', () => {
  const overlays = { 'values-dev.yaml': 'a: 2\n', 'values-prod.yaml': 'a: 3\n' };

  it.each(['pretty', 'markdown', 'github', 'junit', 'html'])(
    'are not said to be some where the chart has no more (%s)',
    async (format) => {
      const files = { ...chart('alone'), ...chart('many', overlays) };
      const only = { 'templates/a.yaml': `{{ if eq (int .Values.a) 3 }}${CONFIG_MAP}{{ end }}` };
      const args = ['--format', format, '--allow-empty', '.'];
      expect((await runMain(args, folderWith(files))).stdout).not.toMatch(/only in/);
      const some = (await runMain(args, folderWith({ ...chart('alone'), ...chart('many', { ...overlays, ...only }) })))
        .stdout;
      expect(some.match(/only in \w+/g)).toEqual(['only in prod']);
    },
  );
});

describe('an environment that some of the charts have', () => {
  const prod = { 'values-prod.yaml': 'a: 3\n', 'values-dev.yaml': 'a: 2\n' };
  const library = { 'Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n' };

  async function lint(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
    const { status, stdout, stderr } = await runMain(['--format', 'json', ...args], folderWith(files));
    const findings = stdout === '' ? [] : (JSON.parse(stdout) as Report).findings;
    return {
      status,
      stderr,
      findings: findings.map(({ location, environments }) => `${location.file} ${environments.join()}`),
    };
  }

  it('is rendered of these; the others are skipped with a note', async () => {
    const files = { ...chart('charts/a', prod), ...chart('charts/b'), ...chart('charts/lib', library) };
    expect(await lint(files, 'charts', '-e', 'prod')).toEqual({
      status: 1,
      stderr: 'chartlint: charts/b has no environment prod: the chart is skipped.\n',
      findings: ['charts/a/templates/a.yaml prod'],
    });
    expect(await lint(files, 'charts', '-e', 'prod', '-e', 'default')).toEqual({
      status: 1,
      stderr: 'chartlint: charts/b has no environment prod.\n',
      findings: ['charts/a/templates/a.yaml default,prod', 'charts/b/templates/a.yaml default'],
    });
  });

  it('is an error when none has it', async () => {
    const files = { ...chart('charts/a', prod), ...chart('charts/b') };
    expect(await lint(files, 'charts', '-e', 'prdo')).toEqual({
      status: 2,
      stderr: 'chartlint: There is no environment prdo. Did you mean prod?\n',
      findings: [],
    });
    expect(await lint(files, 'charts', '-e', 'prod', '-e', 'x')).toMatchObject({
      status: 2,
      stderr: 'chartlint: There is no environment x. Expected one of: default, dev, prod.\n',
    });
    expect(await lint(files, 'charts/b', '-e', 'prod')).toMatchObject({
      status: 2,
      stderr: 'chartlint: There is no environment prod. Expected one of: default.\n',
    });
  });

  it('may be that of a chart that cannot be loaded', async () => {
    const files = { ...chart('charts/a', { 'Chart.yaml': 'name: [\n' }), ...chart('charts/b') };
    expect(await lint(files, 'charts', '-e', 'prod')).toMatchObject({
      status: 2,
      stderr: 'chartlint: charts/b has no environment prod: the chart is skipped.\n',
    });
  });
});

it('says once what is wrong with the policy that several charts extend', () => {
  const extending = { 'chartlint.yaml': 'version: 1\nextends: [../team.yaml]\n' };
  const lintWith = (team: string): string[] => {
    const folder = folderWith({ '.git/': '', ...chart('a', extending), ...chart('b', extending), 'team.yaml': team });
    return chartlintJson(['a', 'b'], { folder }).report.errors.map(({ message }) => message);
  };
  expect(lintWith('version: 1\nextends: [recomended]\n')).toEqual([
    expect.stringMatching(/^There is no policy "recomended"\./),
  ]);
  expect(lintWith('version: 1\nextends: [recommended]\nbaseline: old.json\n')).toEqual([
    'The baseline old.json does not exist. Create it with chartlint baseline --baseline old.json.',
  ]);
});
