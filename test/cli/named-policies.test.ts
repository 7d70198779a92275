import { describe, expect, it } from 'vitest';
import { lint } from '../../src/index.ts';
import type { Report } from '../../src/report/json.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const MANIFEST = `apiVersion: v1
kind: ConfigMap
metadata: { name: a }
data: { A: 1 }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: a }
rules: [{ apiGroups: [""], resources: [events], verbs: ["*"] }]
`;

const policy = (severity: string): string =>
  `version: 1\nname: ${severity}\nprinciples:\n  strings:\n    title: Strings\n    severity: ${severity}\n    checks: [{ rule: configmap-string-values }]\n`;

const FILES = {
  'a.yaml': MANIFEST,
  'policies/warn.yaml': policy('warning'),
  'policies/off.yaml': policy('"off"'),
  'policies/strict.yaml': `extends: [../policies/warn.yaml]\n${policy('error')}`,
};

async function run(...args: readonly string[]): Promise<{ status: number; stderr: string; report: Report }> {
  const { status, stdout, stderr } = await runMain([...args, '--format', 'json', 'a.yaml'], folderWith(FILES));
  return { status, stderr, report: JSON.parse(stdout === '' ? 'null' : stdout) as Report };
}

function named(...policies: readonly string[]): ReturnType<typeof run> {
  return run(...policies.flatMap((name) => ['--policy', name]));
}

describe('several policies that are named', () => {
  it('hold together, and the report names them all', async () => {
    const { report } = await named('recommended', 'access');
    expect(new Set(report.findings.map(({ principle }) => principle))).toEqual(
      new Set(['valid-manifests', 'least-privilege']),
    );
    expect(report.policy).toEqual({ name: 'recommended, access', file: null });
    expect(report.policies).toEqual([
      { name: 'recommended', file: null },
      { name: 'access', file: null },
    ]);
    expect(report.principles.filter(({ id }) => id === 'valid-manifests')).toHaveLength(1);
  });

  it('may be built in and files; the later one wins', async () => {
    const severities = async (...names: readonly string[]): Promise<string[]> => {
      const { report } = await named(...names);
      return report.findings.map(({ principle, severity }) => `${principle} ${severity}`);
    };
    expect(await severities('policies/warn.yaml', 'policies/strict.yaml')).toEqual(['strings error']);
    expect(await severities('policies/strict.yaml', 'policies/warn.yaml')).toEqual(['strings error']);
    expect(await severities('policies/warn.yaml', 'policies/off.yaml')).toEqual([]);
    expect(await severities('policies/off.yaml', 'policies/warn.yaml')).toEqual(['strings warning']);
    expect(await severities('access', './policies/warn.yaml')).toEqual(['strings warning', 'least-privilege warning']);
    const { report } = await named('access', 'policies/warn.yaml');
    expect(report.policies).toEqual([
      { name: 'access', file: null },
      { name: 'warning', file: 'policies/warn.yaml' },
    ]);
  });

  it('are one where they are the same', async () => {
    const { report } = await named('access', 'access');
    expect(report.policies).toEqual([{ name: 'access', file: null }]);
    expect(report.policy).toEqual({ name: 'access', file: null });
  });

  it('are refused together when one of them cannot be read', async () => {
    const { status, report } = await named('acces', 'policies/none.yaml', 'recommended');
    expect(status).toBe(2);
    expect(report.errors.map(({ message }) => message)).toEqual([
      expect.stringContaining('There is no policy "acces". Did you mean "access"?'),
      expect.stringContaining('Cannot read the policy file policies/none.yaml'),
    ]);
    expect(report.policy.name).toBe('acces, policies/none.yaml, recommended');
  });

  it('exclude --config', async () => {
    const { status, stderr } = await run('-p', 'access', '-p', 'recommended', '-c', 'policies/warn.yaml');
    expect(status).toBe(2);
    expect(stderr).toMatch(/config.*policy|policy.*config/);
  });

  it('are for the other commands and the library, too', async () => {
    const folder = folderWith(FILES);
    const printed = await runMain(['policy', '-p', 'access', '-p', 'policies/warn.yaml'], folder);
    expect(printed.stdout).toMatch(/^name: access, warning$/m);
    expect(printed.stdout).toMatch(/^ {2}strings:$/m);
    const { findings } = await lint({
      inputs: ['a.yaml'],
      policy: ['access', 'policies/warn.yaml'],
      workingDirectory: folder,
    });
    expect(findings.map(({ rule }) => rule)).toEqual(['configmap-string-values', 'role-wildcards']);
    const threads = await runMain(['a.yaml', '--concurrency', '2', '-p', 'access', '-p', 'recommended'], folder);
    expect(threads.stdout).toContain('policy access, recommended');
  });
});

describe('a run that finds nothing', () => {
  const clean = MANIFEST.replace('A: 1', 'A: "1"').replace(/---[^]*/, '');
  const summary = async (files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> => {
    return (await runMain(['a.yaml', ...args], folderWith({ 'a.yaml': clean, ...files }))).stdout;
  };

  it('says that there are other policies, if nobody has chosen one', async () => {
    const hint = /^Checked for what breaks or leaks\. For more, see: chartlint policies$/m;
    expect(await summary({})).toMatch(hint);
    for (const args of [['--policy', 'recommended'], ['--quiet'], ['--format', 'github'], ['--format', 'markdown']]) {
      expect(await summary({}, ...args)).not.toContain('chartlint policies');
    }
    expect(await summary({ 'chartlint.yaml': 'version: 1\nextends: [recommended]\n' })).not.toMatch(hint);
    expect(await summary({ 'a.yaml': MANIFEST })).not.toMatch(hint);
  });
});
