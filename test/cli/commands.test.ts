import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chartlint, chartlintJson, folderWith, ROOT } from './chartlint.ts';
import { runMain } from './main-in-process.ts';
import { RULE_PATHS } from '../rule-files.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {A: 1}\n';
const POLICY =
  'version: 1\nname: mine\nextends: [recommended]\nprinciples:\n  extra:\n    clause: 7.10\n    title: No literals\n    rationale: Because.\n    checks: [{ rule: env-no-literals }]\n';

describe('chartlint explain', () => {
  it('says of a name that is both a rule and a principle what each of them is', () => {
    const page = readFileSync(join(ROOT, 'docs/rules/pvc-names.md'), 'utf8');
    const { status, stdout } = chartlint(['explain', 'pvc-names', '--policy', 'observer']);
    expect({ status, isPageFirst: stdout.startsWith(page) }).toEqual({ status: 0, isPageFirst: true });
    expect(stdout.slice(page.length)).toContain('The workload claims and mounts the agreed volumes (clause 7.1).');
    const folder = folderWith({ 'chartlint.yaml': 'version: 1\nprinciples: [\n' });
    expect(chartlint(['explain', 'pvc-names'], { folder })).toEqual({ status: 0, stdout: page, stderr: '' });
  });

  it.each(readdirSync(join(ROOT, 'docs/rules')))('prints the page %s', (page) => {
    const { status, stdout } = chartlint(['explain', page.replace(/\.md$/, '')]);
    expect(status).toBe(0);
    expect(stdout).toBe(readFileSync(join(ROOT, 'docs/rules', page), 'utf8'));
  });

  it('says what the policy of the folder says of a principle', () => {
    const folder = folderWith({ 'chartlint.yaml': POLICY });
    const { status, stdout } = chartlint(['explain', 'extra'], { folder });
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^# extra\n\nNo literals \(clause 7\.10\)\.\n\nBecause\.\n\n## Checks\n\n- env-no-literals: /,
    );
  });
});

describe('chartlint rules', () => {
  it('lists every rule once, by group', () => {
    const { status, stdout } = chartlint(['rules']);
    expect(status).toBe(0);
    const paths = stdout
      .trimEnd()
      .split('\n\n')
      .flatMap((block) => {
        const [group, ...lines] = block.split('\n');
        return lines.map((line) => `${group}/${line.trim().split(' ')[0]}`);
      });
    expect(paths).toEqual([...RULE_PATHS.values()].toSorted());
    expect(stdout).toMatch(/^ {2}schema-valid +error +recommended +Require/m);
    expect(stdout).toMatch(/^ {2}role-secrets +warning {15,}Disallow/m);
  });

  it('says all of each rule to a program', () => {
    const { status, stdout } = chartlint(['rules', '--format', 'json']);
    expect(status).toBe(0);
    const rules = JSON.parse(stdout) as { id: string }[];
    expect(rules.map(({ id }) => id).toSorted()).toEqual([...RULE_PATHS.keys()].toSorted());
    const single = rules.find(({ id }) => id === 'env-single-source');
    expect(single).toEqual({
      id: 'env-single-source',
      group: 'environment',
      summary: expect.stringMatching(/^[A-Z].*[^.]$/),
      severity: 'error',
      policies: expect.arrayContaining(['observer', 'recommended']),
      covers: expect.any(Array),
      options: {
        type: 'object',
        properties: { forbid: expect.objectContaining({ type: 'array' }), allow: expect.anything() },
      },
    });
    const secrets = rules.find(({ id }) => id === 'role-secrets');
    expect(secrets).toMatchObject({ covers: expect.arrayContaining(['kube-linter/access-to-secrets']) });
  });
});

describe('chartlint policies', () => {
  it('lists the built-in policies with what they are about', () => {
    const { status, stdout } = chartlint(['policies']);
    expect(status).toBe(0);
    const names = stdout.split('\n').flatMap((line) => line.split(' ')[0] || []);
    expect(names).toEqual(
      readdirSync(join(ROOT, 'policies'))
        .map((file) => file.replace('.yaml', ''))
        .toSorted(),
    );
    expect(stdout).toMatch(/^recommended +\d+ checks {2}What breaks a release or leaks a secret, in any chart$/m);
  });

  it('counts their checks for a program', async () => {
    const policies = JSON.parse((await runMain(['policies', '--format', 'json'], ROOT)).stdout) as {
      name: string;
      title: string;
    }[];
    for (const { name, title, ...counts } of policies) {
      const { stdout } = await runMain(['policy', '--policy', name], ROOT);
      const { principles } = parse(stdout) as {
        principles: Record<string, { severity?: string; checks: { severity?: string }[] }>;
      };
      const held = Object.values(principles).filter(({ severity }) => severity !== 'off');
      expect(counts, name).toEqual({
        principles: held.length,
        checks: held.flatMap(({ checks }) => checks).filter(({ severity }) => severity !== 'off').length,
      });
      expect(title).not.toBe('');
    }
  });
});

it('chartlint policy prints a policy that says the same', () => {
  const folder = folderWith({ 'chartlint.yaml': POLICY });
  const printed = chartlint(['policy'], { folder });
  expect(printed.status).toBe(0);
  const again = folderWith({ 'chartlint.yaml': printed.stdout });
  expect(chartlint(['policy'], { folder: again }).stdout).toBe(printed.stdout);
  expect(printed.stdout).toContain('clause: "7.10"');
});

it('--help has groups of options, each with its default', () => {
  const { stdout } = chartlint(['--help']);
  expect([...stdout.matchAll(/^(\w[\w ]*):$/gm)].map(([, title]) => title)).toEqual([
    'Commands',
    'Positionals',
    'Policy',
    'Rendering',
    'Filtering',
    'Report',
    'Options',
    'Examples',
  ]);
  const [, options = ''] = /^Options:\n([^]*?)\n\n/m.exec(stdout) ?? [];
  expect([...options.matchAll(/--([\w-]+)/g)].map(([, name]) => name)).toEqual([
    'version',
    'help',
    'changed-since',
    'concurrency',
  ]);
  expect(stdout).toMatch(/standard input\n +\[string\] \[default: current folder\]/);
  expect(stdout).toMatch(/ -n, --namespace +Namespace of the release; default: that of the policy, else default /);
});

it('--help has examples, and --version is the version', () => {
  expect(chartlint(['--help']).stdout).toMatch(/Examples:\n[^]*helm template \. \| chartlint - --policy observer/);
  const { stdout: help } = chartlint(['explain', '--help']);
  expect(help).toContain('explain <name>');
  expect(chartlint(['help', 'explain'])).toEqual({ status: 0, stdout: help, stderr: '' });
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(chartlint(['--version']).stdout).toBe(`${version}\n`);
});

describe('inputs', () => {
  it('are files, folders, globs and standard input, each read once', () => {
    const folder = folderWith({
      'one/a.yaml': CONFIG_MAP,
      'one/deep/b.yml': CONFIG_MAP.replace('name: a', 'name: b'),
      'one/c.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": {"A": 1}}',
      'one/notes.txt': 'not a manifest',
      'one/node_modules/x.yaml': 'never: read\n',
      'one/.git/y.yaml': 'never: read\n',
      'one/chartlint.yaml': 'version: 1\nextends: [recommended]\n',
    });
    const files = (args: readonly string[], input = ''): string[] => {
      const { report } = chartlintJson(args, { folder, input });
      expect(report.errors).toEqual([]);
      return report.findings.map(({ location }) => location.file);
    };
    const all = ['one/a.yaml', 'one/c.json', 'one/deep/b.yml'];
    expect(files(['one'])).toEqual(all);
    expect(files(['one', 'one/a.yaml', './one/../one/a.yaml'])).toEqual(all);
    expect(files(['one/**/*.y*ml', '--config', 'one/chartlint.yaml', '--skip', 'secret-delegation'])).toEqual([
      'one/a.yaml',
      'one/deep/b.yml',
    ]);
    expect(files(['one/**/b.y*ml'])).toEqual(['one/deep/b.yml']);
    expect(files(['-', '--stdin-filename', 'piped.yaml'], CONFIG_MAP)).toEqual(['piped.yaml']);
    expect(files(['-'], CONFIG_MAP)).toEqual(['<stdin>']);
    expect(files(['--', '-'], CONFIG_MAP)).toEqual(['<stdin>']);
    expect(files(['one/c.json', '--', 'one/a.yaml'])).toEqual(['one/a.yaml', 'one/c.json']);
  });

  it('may have any name', () => {
    const folder = folderWith({
      '-x.yaml': CONFIG_MAP,
      'a*b c.yaml': CONFIG_MAP,
      'new\nline.yaml': CONFIG_MAP,
      'b.yaml': CONFIG_MAP,
    });
    for (const name of ['-x.yaml', 'a*b c.yaml', 'new\nline.yaml']) {
      const { report } = chartlintJson(['--policy', 'recommended', '--', name], { folder });
      expect(report.findings.map(({ location }) => location.file)).toEqual([name]);
    }
    expect(chartlint([''], { folder }).status).toBe(2);
    const chart = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', 'templates/a.yaml': CONFIG_MAP };
    const files = Object.entries(chart).map(([file, text]) => [`render/${file}`, text]);
    const charts = folderWith(Object.fromEntries(files));
    expect(chartlint(['--', 'render'], { folder: charts }).stdout).toContain('render/templates/a.yaml');
    expect(chartlint(['render', '--', 'render'], { folder: charts })).toMatchObject({ status: 0, stderr: '' });
  });

  it('bring the policy file of their folder, or of the nearest one above', () => {
    const folder = folderWith({
      'chartlint.yaml': 'version: 1\nname: root\nprinciples: {}\n',
      'deep/er/a.yaml': CONFIG_MAP,
      'own/chartlint.yaml': 'version: 1\nname: own\nprinciples: {}\n',
      'own/a.yaml': CONFIG_MAP,
    });
    const nameFor = (...args: string[]): string => chartlintJson(args, { folder }).report.policy.name;
    expect(nameFor('deep/er/a.yaml')).toBe('root');
    expect(nameFor('own')).toBe('own');
    expect(nameFor('own/a.yaml', '--policy', 'recommended')).toBe('recommended');
    expect(nameFor('own/a.yaml', '--config', 'chartlint.yaml')).toBe('root');
    expect(nameFor('own/a.yaml', 'deep/er/a.yaml')).toBe('own, root');
  });
});

describe('reports', () => {
  it('go to files whole, several at once', () => {
    const folder = folderWith({ 'a.yaml': CONFIG_MAP });
    const { status, stdout } = chartlint(['a.yaml', '--format', 'pretty', '--format', 'json=out.json', '--color'], {
      folder,
    });
    expect(status).toBe(1);
    expect(stdout).toContain('\u001b[');
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')).findings).toHaveLength(1);
    expect(readdirSync(folder).toSorted()).toEqual(['a.yaml', 'out.json']);
  });

  it('say nothing on standard output but the report, and nothing elsewhere', () => {
    const folder = folderWith({ 'a.yaml': CONFIG_MAP });
    const { stdout, stderr } = chartlint(['a.yaml', '--format', 'json'], { folder });
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    expect(stderr).toBe('');
  });
});
