import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { chart } from './chart-run.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { A: 1 }\n';
const policy = (id: string, more = ''): string =>
  `version: 1\n${more}principles:\n  ${id}: { title: T, severity: error, checks: [{ rule: configmap-string-values }] }\n`;

async function lint(folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = await runMain([...args, '--format', 'json'], folder);
  const report = stdout === '' ? undefined : (JSON.parse(stdout) as Report);
  return {
    status,
    stderr,
    findings: report?.findings.map(({ principle, location, suppressed }) =>
      [location.file, principle, ...(suppressed === undefined ? [] : [suppressed.by])].join(' '),
    ),
    errors: report?.errors.map(
      ({ kind, message, location }) => `${kind} ${location?.file}:${location?.line} ${message}`,
    ),
  };
}

describe('a manifest in a folder', () => {
  const files = {
    'multi/chartlint.yaml': policy('outer'),
    'multi/m.yaml': CONFIG_MAP,
    'multi/a/chartlint.yaml': policy('inner'),
    'multi/a/m.yaml': CONFIG_MAP,
    'multi/a/deep/m.yaml': CONFIG_MAP,
    'multi/b/m.yaml': CONFIG_MAP,
  };

  it.each([[['multi']], [['multi/**/*.yaml']], [['multi', 'multi/a/deep']]])(
    'has the nearest policy above it (%s)',
    async (inputs) => {
      const { findings, errors } = await lint(folderWith(files), ...inputs);
      expect(errors).toEqual([]);
      expect(findings?.toSorted()).toEqual([
        'multi/a/deep/m.yaml inner',
        'multi/a/m.yaml inner',
        'multi/b/m.yaml outer',
        'multi/m.yaml outer',
      ]);
    },
  );

  it('has the recommended policy where there is none above it', async () => {
    const { 'multi/chartlint.yaml': _, ...others } = files;
    const { findings } = await lint(folderWith(others), 'multi');
    expect(findings?.filter((finding) => finding.startsWith('multi/a/'))).toHaveLength(2);
    expect(findings).toContain('multi/m.yaml valid-manifests');
  });

  it('has the policy that is named, wherever it is', async () => {
    const { findings } = await lint(folderWith(files), 'multi', '--config', 'multi/chartlint.yaml');
    expect(findings?.every((finding) => finding.endsWith('outer'))).toBe(true);
  });

  it('has the policy around a submodule that has none', async () => {
    const folder = folderWith(files);
    mkdirSync(join(folder, 'multi/b/.git'));
    expect((await lint(folder, 'multi')).findings).toContain('multi/b/m.yaml outer');
  });

  it('may stand alone in its part of an input, but one must be there', async () => {
    const comments = { ...files, 'multi/m.yaml': '# nothing\n', 'multi/b/m.yaml': '# nothing\n' };
    expect(await lint(folderWith(comments), 'multi')).toMatchObject({ status: 1, errors: [] });
    const none = { ...comments, 'multi/a/m.yaml': '# nothing\n', 'multi/a/deep/m.yaml': '' };
    expect(await lint(folderWith(none), 'multi')).toMatchObject({
      status: 2,
      errors: [expect.stringContaining('input multi:1 There is nothing to lint here')],
    });
  });
});

describe('a baseline that a policy names', () => {
  const files = {
    'chartlint.yaml': policy('outer', 'baseline: accepted/list.json\n'),
    'm.yaml': CONFIG_MAP,
    'sub/m.yaml': CONFIG_MAP,
    'accepted/README.txt': '',
    // A policy that is found reads within the repository.
    '.git/HEAD': '',
    ...chart('app', { 'values.yaml': 'a: 5\n' }),
  };

  async function accepted(): Promise<string> {
    const folder = folderWith(files);
    const { stdout, stderr } = await runMain(['baseline'], folder);
    expect({ stdout, stderr }).toEqual({ stdout: 'accepted/list.json: 3 findings accepted.\n', stderr: '' });
    return folder;
  }

  it('is written and found by itself, and is not a manifest', async () => {
    const folder = await accepted();
    expect(await lint(folder)).toMatchObject({
      status: 0,
      stderr: '',
      errors: [],
      findings: ['app/templates/config.yaml outer baseline', 'm.yaml outer baseline', 'sub/m.yaml outer baseline'],
    });
  });

  it('is the same from every folder', async () => {
    const folder = await accepted();
    for (const below of ['sub', 'app'])
      expect(await lint(join(folder, below))).toMatchObject({ status: 0, stderr: '' });
    expect(await lint(join(folder, '..'), folder)).toMatchObject({ status: 0, stderr: '' });
    const again = await runMain(['baseline', '--prune', '..'], join(folder, 'sub'));
    expect(again).toMatchObject({ stdout: '../accepted/list.json: 3 findings accepted; 0 fixed and removed.\n' });
  });

  it('goes before one of a parent, which is relative to the parent', async () => {
    const folder = await accepted();
    writeFileSync(join(folder, 'sub/chartlint.yaml'), 'version: 1\nextends: [../chartlint.yaml]\n');
    expect(await lint(folder, 'sub')).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'sub/chartlint.yaml'), 'version: 1\nextends: [../chartlint.yaml]\nbaseline: own.json\n');
    expect(await lint(folder, 'sub')).toMatchObject({
      status: 2,
      errors: [
        'config sub/chartlint.yaml:3 The baseline sub/own.json does not exist. Create it with chartlint baseline --baseline sub/own.json.',
      ],
    });
    expect((await runMain(['baseline'], folder)).stdout.split('\n').toSorted()).toEqual([
      '',
      'accepted/list.json: 2 findings accepted.',
      'sub/own.json: 1 finding accepted.',
    ]);
    expect(await lint(folder)).toMatchObject({ status: 0, errors: [] });
  });

  it('says when nothing in it matches', async () => {
    const folder = await accepted();
    mkdirSync(join(folder, 'moved/deep'), { recursive: true });
    renameSync(join(folder, 'accepted/list.json'), join(folder, 'moved/deep/list.json'));
    expect(await lint(folder, 'm.yaml', '--baseline', 'moved/deep/list.json')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        'chartlint: No finding matches the baseline moved/deep/list.json: none of its files (../app/templates/config.yaml, …) exists relative to it.',
      ),
    });
    renameSync(join(folder, 'moved/deep/list.json'), join(folder, 'accepted/list.json'));
    for (const file of ['m.yaml', 'sub/m.yaml', 'app/values.yaml'])
      writeFileSync(join(folder, file), file.startsWith('app') ? 'a: x\n' : CONFIG_MAP.replace('1 }', '"1" }'));
    expect(await lint(folder)).toMatchObject({
      status: 0,
      stderr:
        'chartlint: No finding matches the baseline accepted/list.json. If all are fixed, run chartlint baseline --prune --baseline accepted/list.json.\n',
    });
    writeFileSync(join(folder, 'other.yaml'), CONFIG_MAP);
    expect(await lint(folder, 'other.yaml')).toMatchObject({ status: 1, stderr: '' });
  });
});
