import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chart } from './chart-run.ts';
import { chartlint, chartlintJson, folderWith } from './chartlint.ts';

const CONFIG_MAP = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  PORT: ${value}\n`;
const POLICY =
  'version: 1\nprinciples:\n  strings:\n    title: Values are strings\n    checks: [{ rule: configmap-string-values }]\n';
const FILE = 'chartlint-baseline.json';

function project(): string {
  return folderWith({
    'chartlint.yaml': POLICY,
    'm/a.yaml': CONFIG_MAP('a', '8000'),
    'm/b.yaml': CONFIG_MAP('b', '"1"'),
  });
}

describe('chartlint baseline', () => {
  it('accepts what is there, and lint then fails on what is new', () => {
    const folder = project();
    expect(chartlint(['m'], { folder }).status).toBe(1);
    const written = chartlint(['baseline', 'm'], { folder });
    expect(written).toMatchObject({ status: 0, stdout: `${FILE}: 1 finding accepted.\n`, stderr: '' });
    const accepted = chartlintJson(['m', '--baseline', FILE], { folder });
    expect(accepted.status).toBe(0);
    expect(accepted.report.findings[0]?.suppressed?.by).toBe('baseline');
    writeFileSync(join(folder, 'm/b.yaml'), CONFIG_MAP('b', 'true'));
    const { status, report } = chartlintJson(['m', '--baseline', FILE], { folder });
    expect(status).toBe(1);
    const counting = report.findings.filter(({ suppressed }) => suppressed === undefined);
    expect(counting.map(({ location }) => location.file)).toEqual(['m/b.yaml']);
  });

  it('holds when lines move', () => {
    const folder = project();
    chartlint(['baseline', 'm'], { folder });
    writeFileSync(join(folder, 'm/a.yaml'), `# moved\n\n${CONFIG_MAP('a', '8000')}`);
    expect(chartlint(['m', '--baseline', FILE], { folder }).status).toBe(0);
  });

  it('holds for one environment of several that name an object differently', () => {
    const folder = folderWith(
      chart('c', {
        'values.yaml': 'env: base\n',
        'values-dev.yaml': 'env: dev\n',
        'values-prod.yaml': 'env: prod\n',
        'templates/config.yaml': CONFIG_MAP('{{ .Values.env }}-app', '8000'),
      }),
    );
    expect(chartlint(['baseline', 'c'], { folder }).stdout).toBe(`${FILE}: 1 finding accepted.\n`);
    for (const args of [[], ['-e', 'default'], ['-e', 'dev'], ['-e', 'prod']]) {
      expect(chartlint(['c', ...args], { folder }).status).toBe(1);
      expect(chartlint(['c', ...args, '--baseline', FILE], { folder }).status, args.join(' ')).toBe(0);
    }
  });

  it('takes out what is mended, and adds nothing, with --prune', () => {
    const folder = project();
    chartlint(['baseline', 'm'], { folder });
    writeFileSync(join(folder, 'm/a.yaml'), CONFIG_MAP('a', '"8000"'));
    writeFileSync(join(folder, 'm/b.yaml'), CONFIG_MAP('b', 'true'));
    const { status, stdout } = chartlint(['baseline', 'm', '--prune'], { folder });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `${FILE}: 0 findings accepted; 1 fixed and removed.\n`,
    });
    expect(JSON.parse(readFileSync(join(folder, FILE), 'utf8'))).toEqual({ version: 1, findings: [] });
  });

  it('is no manifest, and neither is a report, where they lie among what is linted', () => {
    const folder = project();
    const args = ['--baseline', 'accepted.json', '--format', 'json=report.json', '--format', 'pretty'];
    expect(chartlint(['baseline'], { folder })).toMatchObject({ status: 0, stderr: '' });
    expect(chartlint(['baseline'], { folder })).toMatchObject({ status: 0, stderr: '' });
    expect(chartlint(['--baseline', FILE], { folder }).status).toBe(0);
    expect(chartlint([], { folder }).status).toBe(1);
    expect(chartlint(['baseline', '--baseline', 'accepted.json'], { folder })).toMatchObject({ status: 0 });
    for (const input of ['.', '.', '**/*.{json,yaml}']) {
      expect(chartlint([input, ...args], { folder }).status).toBe(0);
    }
    expect(chartlint(['--hook', FILE], { folder }).status).toBe(0);
  });

  it('accepts what is found about ignores too', () => {
    const folder = folderWith({
      'chartlint.yaml': POLICY,
      'm/a.yaml': `# chartlint-ignore strings: long gone\n${CONFIG_MAP('a', '"1"')}`,
    });
    chartlint(['baseline', 'm'], { folder });
    expect(chartlint(['m', '--max-warnings', '0'], { folder }).status).toBe(1);
    expect(chartlint(['m', '--max-warnings', '0', '--baseline', FILE], { folder }).status).toBe(0);
  });

  it('accepts what is found about ignores from whatever folder it is read', () => {
    const folder = folderWith({
      'chartlint.yaml': `${POLICY}baseline: ${FILE}\n`,
      'm/n/a.yaml': `# chartlint-ignore strings: long gone\n${CONFIG_MAP('a', '"1"')}`,
    });
    expect(chartlint(['baseline', 'n'], { folder: join(folder, 'm') }).status).toBe(0);
    for (const [where, input] of [
      ['', 'm'],
      ['m', 'n'],
      ['m/n', 'a.yaml'],
    ] as const) {
      const args = [input, '--max-warnings', '0'];
      expect(chartlint(args, { folder: join(folder, where) }), where).toMatchObject({ status: 0 });
    }
  });

  it('knows findings by what earlier versions called them: the words of their messages', () => {
    const folder = project();
    const [{ messageId, message } = {}] = chartlintJson(['m'], { folder }).report.findings;
    const parts = ['m/a.yaml', 'strings', 'configmap-string-values', messageId, message, 'ConfigMap', null, 'a'];
    const fingerprint = hash('sha256', JSON.stringify([...parts, 'data/PORT'])).slice(0, 32);
    const entry = { fingerprint, principle: 'strings', rule: 'configmap-string-values', file: 'm/a.yaml' };
    writeFileSync(join(folder, FILE), JSON.stringify({ version: 1, findings: [entry] }));
    expect(chartlint(['m', '--baseline', FILE], { folder }).status).toBe(0);
    expect(chartlint(['baseline', 'm', '--prune'], { folder }).stdout).toBe(
      `${FILE}: 1 finding accepted; 0 fixed and removed.\n`,
    );
    chartlint(['baseline', 'm'], { folder });
    expect(readFileSync(join(folder, FILE), 'utf8')).not.toContain(fingerprint);
  });

  it('keeps, with --prune, what lies outside of the inputs', () => {
    const folder = folderWith({
      'chartlint.yaml': POLICY,
      'm/a.yaml': CONFIG_MAP('a', '1'),
      'm2/b.yaml': CONFIG_MAP('b', '1'),
    });
    chartlint(['baseline', '.'], { folder });
    const prune = (input: string): string => chartlint(['baseline', input, '--prune'], { folder }).stdout;
    expect(prune('m/')).toBe(`${FILE}: 2 findings accepted; 0 fixed and removed.\n`);
    writeFileSync(join(folder, 'm2/b.yaml'), CONFIG_MAP('b', '"1"'));
    expect(prune('m')).toBe(`${FILE}: 2 findings accepted; 0 fixed and removed.\n`);
    expect(prune('m2/b.yaml')).toBe(`${FILE}: 1 finding accepted; 1 fixed and removed.\n`);
  });

  it.each([
    ['--env', 'prod'],
    ['--set', 'a=b'],
    ['--set-string', 'a=b'],
  ])('needs every environment for --prune: %s', (...args) => {
    const folder = project();
    chartlint(['baseline', 'm'], { folder });
    const { status, stderr } = chartlint(['baseline', 'm', '--prune', ...args], { folder });
    expect(status).toBe(2);
    expect(stderr).toContain('--prune needs all environments');
  });

  it('is not written when the run is incomplete', () => {
    const folder = folderWith({ 'a.yaml': 'a: [' });
    const { status, stderr } = chartlint(['baseline', 'a.yaml'], { folder });
    expect(status).toBe(2);
    expect(stderr).toContain(
      'chartlint: The baseline was not written because the run is incomplete. Fix this first: a.yaml:1:',
    );
  });
});

describe('a baseline that cannot be trusted', () => {
  it.each([
    ['half written', '{"version": 1, "findings": [', 'It is not JSON: it may be only partly written.'],
    ['another version', '{"version": 2, "findings": []}', 'It has version 2, but this chartlint reads version 1.'],
    ['no baseline', '[]', 'It is not a baseline.'],
    ['a list of something else', '{"version": 1, "findings": [1]}', 'Its list of findings cannot be read.'],
  ])('%s', (_, text, message) => {
    const folder = folderWith({ 'b.json': text, 'a.yaml': CONFIG_MAP('a', '"1"') });
    const { status, stdout, stderr } = chartlint(['a.yaml', '--baseline', 'b.json'], { folder });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`chartlint: The baseline b.json cannot be used. ${message}`);
    const again = chartlint(['baseline', 'a.yaml', '--baseline', 'b.json'], { folder });
    expect(again).toMatchObject({ status: 2, stdout: '' });
    expect(again.stderr).toContain(message);
    expect(readFileSync(join(folder, 'b.json'), 'utf8')).toBe(text);
  });

  it('is missing', () => {
    const folder = folderWith({ 'a.yaml': CONFIG_MAP('a', '"1"') });
    const { status, stderr } = chartlint(['a.yaml', '--baseline', 'b.json'], { folder });
    expect(status).toBe(2);
    expect(stderr).toContain('The baseline b.json does not exist.');
  });
});
