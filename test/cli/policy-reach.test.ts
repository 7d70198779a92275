import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/json.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const CANARY = 'canary-7f3a';
/** Not YAML, so that reading it would show it in a frame. */
const OUTSIDE = `${CANARY}: [\n${CANARY}\n`;
const CHART = {
  'repo/c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 0.1.0\n',
  'repo/c/templates/c.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { x: {{ quote .Values.x }} }\n',
  'outside.yaml': OUTSIDE,
};
const WAY_OUT = 'Or specify the policy with --config: one that is found by itself reads only there.';

function policyWith(values: string): string {
  return `version: 1\nenvironments:\n  p:\n    values: [${values}]\n`;
}

async function lint(folder: string, ...args: string[]): Promise<Report & { status: number; text: string }> {
  const pretty = await runMain([...args, '--verbose'], folder);
  const { status, stdout, stderr } = await runMain([...args, '--format', 'json'], folder);
  const text = pretty.stdout + pretty.stderr + stdout + stderr;
  return { ...(JSON.parse(stdout) as Report), status, text };
}

describe('a policy that is found', () => {
  it.each([
    ['an absolute path', '/etc/passwd'],
    ['a path upwards', '../../outside.yaml'],
    ['a path that leads nowhere', '../../nothing.yaml'],
    ['a link that leads out', 'link.yaml'],
    ['a folder that is a link', 'linked/outside.yaml'],
    ['a descriptor', '/dev/stdin'],
    ['a process', '/proc/self/environ'],
  ])('reads no values outside the repository: %s', async (_name, file) => {
    const folder = folderWith({ ...CHART, 'repo/.git/HEAD': '', 'repo/chartlint.yaml': policyWith(file) });
    symlinkSync('../outside.yaml', join(folder, 'repo/link.yaml'));
    symlinkSync('..', join(folder, 'repo/linked'));
    // Links in a chart are refused with the chart, so these are beside it.
    const shown = file.startsWith('link') ? `../${file}` : file;
    writeFileSync(join(folder, 'repo/chartlint.yaml'), policyWith(shown));
    const { errors, status, text } = await lint(folder, 'repo/c');
    expect(status).toBe(2);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.location).toMatchObject({ file: 'repo/chartlint.yaml', line: 4, column: 14 });
    expect(errors[0]?.message).toContain(`open ${shown}: it is outside ${join(folder, 'repo')}.`);
    expect(errors[0]?.message).toContain(WAY_OUT);
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain('root:');
  });

  it.each([
    ['an absolute path', '/etc/passwd.yaml'],
    ['a path upwards', '../outside.yaml'],
    ['a link that leads out', './link.yaml'],
  ])('extends nothing outside the repository: %s', async (_name, file) => {
    const policy = `version: 1\nextends: [${file}]\n`;
    const folder = folderWith({ ...CHART, 'repo/.git/HEAD': '', 'repo/chartlint.yaml': policy });
    symlinkSync('../outside.yaml', join(folder, 'repo/link.yaml'));
    for (const more of [[], ['--concurrency', '2']]) {
      const { errors, status, text } = await lint(folder, 'repo/c', ...more);
      expect(status).toBe(2);
      expect(errors[0]?.location).toMatchObject({ file: 'repo/chartlint.yaml', line: 2, column: 11 });
      expect(errors[0]?.message).toContain(`it is outside ${join(folder, 'repo')}.`);
      expect(errors[0]?.message).toContain(WAY_OUT);
      expect(text).not.toContain(CANARY);
    }
  });

  it.each([
    ['a path upwards', '../outside.yaml'],
    ['a folder upwards', '..'],
    ['a pattern upwards', '../*.yaml'],
    ['a link that leads out', 'link.yaml'],
  ])('reads no schemas outside the repository: %s', async (_name, path) => {
    const policy = `version: 1\nextends: [recommended]\nschemas: ['${path}']\n`;
    const custom = 'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: t }\n';
    const folder = folderWith({ ...CHART, 'repo/.git/HEAD': '', 'repo/chartlint.yaml': policy, 'repo/m.yaml': custom });
    symlinkSync('../outside.yaml', join(folder, 'repo/link.yaml'));
    const { errors, status, text } = await lint(folder, 'repo/m.yaml');
    expect(status).toBe(2);
    expect(errors[0]?.message).toContain(`it is outside ${join(folder, 'repo')}.`);
    expect(text).not.toContain(CANARY);
  });

  it('is itself inside the repository', async () => {
    const folder = folderWith({ ...CHART, 'repo/.git/HEAD': '' });
    symlinkSync('../outside.yaml', join(folder, 'repo/chartlint.yaml'));
    const { errors, text } = await lint(folder, 'repo/c');
    expect(errors[0]?.message).toContain('repo/chartlint.yaml: it is outside');
    expect(text).not.toContain(CANARY);
  });

  it('reads only its own folder where there is no repository', async () => {
    const folder = folderWith({
      ...CHART,
      'outside.yaml': 'version: 1\n',
      'repo/c/chartlint.yaml': 'version: 1\nextends: [../../outside.yaml]\n',
    });
    const { errors } = await lint(folder, 'repo/c');
    expect(errors[0]?.message).toContain(`it is outside ${join(folder, 'repo/c')}.`);
  });

  it('reads what is in the repository', async () => {
    const folder = folderWith({
      ...CHART,
      'repo/.git/HEAD': '',
      'repo/env/p.yaml': 'x: y\n',
      'repo/base.yaml': policyWith('../../env/p.yaml'),
      'repo/c/chartlint.yaml':
        'version: 1\nextends: [../base.yaml]\nenvironments: { q: { values: [../env/p.yaml] } }\n',
    });
    writeFileSync(join(folder, 'repo/base.yaml'), policyWith('../env/p.yaml'));
    const { errors, environments } = await lint(folder, 'repo/c');
    expect({ errors, environments }).toEqual({ errors: [], environments: ['p', 'q'] });
  });

  it('reads a repository by another name of its folder', async () => {
    const folder = folderWith({ ...CHART, 'repo/.git/HEAD': '', 'repo/p.yaml': 'x: y\n' });
    writeFileSync(join(folder, 'repo/chartlint.yaml'), policyWith('../p.yaml'));
    symlinkSync('repo', join(folder, 'alias'));
    expect((await lint(folder, 'alias/c')).errors).toEqual([]);
  });
});

it('reads everywhere for a policy that the user names', async () => {
  const folder = folderWith({
    ...CHART,
    'repo/.git/HEAD': '',
    'repo/p.yaml': policyWith('../../v.yaml'),
    'v.yaml': 'x: y',
  });
  mkdirSync(join(folder, 'elsewhere'));
  for (const flag of ['--config', '--policy']) {
    const { errors, environments } = await lint(folder, 'repo/c', flag, 'repo/p.yaml');
    expect({ errors, environments }).toEqual({ errors: [], environments: ['p'] });
  }
});
