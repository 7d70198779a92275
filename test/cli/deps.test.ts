import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { helmPath } from '../../scripts/unpack-helm.mjs';
import { digestOf, index, packed, repository, serve } from '../engine/dependencies/chart-server.ts';
import { folderWith } from './chartlint.ts';
import { runMain } from './main-in-process.ts';

const helm = helmPath();
const run = promisify(execFile);

const VERSIONS = [
  ['db', '1.2.0'],
  ['db', '1.10.3'],
  ['db', '1.11.0-rc.1'],
  ['db', '2.0.0'],
  ['db', '2.1.0+build.5'],
  ['web', '0.3.0'],
  ['web', '0.3.9'],
  ['web', '0.4.0'],
] as const;

let cache = '';
beforeEach(() => {
  cache = folderWith({});
  vi.stubEnv('XDG_CACHE_HOME', cache);
  onTestFinished(() => void vi.unstubAllEnvs());
});

function chart(dependencies: readonly string[], more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'app/Chart.yaml': ['apiVersion: v2\nname: app\nversion: 1.0.0', 'dependencies:', ...dependencies, ''].join('\n'),
    'app/values.yaml': 'db: { own: set }\n',
    'app/templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\ndata: { A: "1" }\n',
    ...more,
  };
}

/** What Helm prints after `helm dependency build` in a copy, with a home of its own. */
async function renderThere(folder: string, config: string): Promise<string> {
  const copy = join(folderWith({}), 'copy');
  cpSync(folder, copy, { recursive: true });
  const env = { PATH: process.env['PATH'], HOME: folderWith({}), HELM_REPOSITORY_CONFIG: config };
  await run(helm ?? '', ['dependency', 'build', 'app'], { cwd: copy, env });
  return (await run(helm ?? '', ['template', 'app'], { cwd: copy, env })).stdout;
}

function helmConfig(entries: readonly Readonly<Record<string, string | boolean>>[]): string {
  const folder = folderWith({ 'repositories.yaml': JSON.stringify({ apiVersion: '', repositories: entries }) });
  return join(folder, 'repositories.yaml');
}

const NO_CONFIG = '/nonexistent/repositories.yaml';

describe('chartlint deps', () => {
  it.skipIf(helm === undefined).each([
    ['a range', '1.x'],
    ['a caret', '^1.0.0'],
    ['a tilde', '~1.2.0'],
    ['a list', '>=1.0.0 <3'],
    ['alternatives', '~1.2 || ^2.0.0'],
    ['a hyphen', '1.0 - 2.0.0'],
    ['an exact version', '1.2.0'],
    ['a short version', '"1"'],
    ['everything', '"*"'],
    ['prereleases', '>1.10.3-0 <2'],
  ])('chooses what helm dependency build does: %s', async (_, range) => {
    const { url } = await serve(repository(VERSIONS));
    const folder = folderWith(
      chart([`- { name: db, version: ${range.startsWith('"') ? range : `"${range}"`}, repository: ${url} }`]),
    );
    const { status, stdout, stderr } = await runMain(['deps', 'app'], folder, {
      environment: { HELM_REPOSITORY_CONFIG: NO_CONFIG },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain(`was downloaded from ${url}/archives/db-`);
    const rendered = await runMain(['render', 'app'], folder);
    expect(rendered.stdout).toContain('VERSION: ');
    expect(rendered.stdout).toBe(await renderThere(folder, NO_CONFIG));
    expect(readdirSync(join(folder, 'app')).toSorted()).toEqual(['Chart.yaml', 'templates', 'values.yaml']);
  });

  it.skipIf(helm === undefined)('takes what Chart.lock names', async () => {
    const { url, visits, replies } = await serve(repository(VERSIONS.filter(([, version]) => version !== '1.10.3')));
    const config = helmConfig([{ name: 'stable', url }]);
    const environment = { HELM_REPOSITORY_CONFIG: config };
    const folder = folderWith(
      chart([
        `- { name: db, version: ">=1.0.0 <2", repository: "${url}/", tags: [a, b], condition: db.enabled }`,
        `- { name: web, version: ^0.3.0, repository: "@stable", alias: front, import-values: [{ parent: b, child: a }, x] }`,
      ]),
    );
    const env = { PATH: process.env['PATH'], HOME: folderWith({}), HELM_REPOSITORY_CONFIG: config };
    await run(helm ?? '', ['dependency', 'update', 'app'], { cwd: folder, env });
    rmSync(join(folder, 'app/charts'), { recursive: true });
    for (const [path, reply] of Object.entries(repository(VERSIONS))) replies.set(path, reply);
    const { stdout, stderr, status } = await runMain(['deps', 'app'], folder, { environment });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^db 1\.2\.0 was downloaded.*\nweb 0\.3\.9 was downloaded/);
    expect(status).toBe(0);
    expect((await runMain(['render', 'app'], folder)).stdout).toBe(await renderThere(folder, config));
    // What is named exactly is not asked for again.
    visits.length = 0;
    expect((await runMain(['deps', 'app'], folder, { environment })).stdout).toBe(
      'db 1.2.0 is in the cache already.\nweb 0.3.9 is in the cache already.\n',
    );
    expect(visits).toEqual([]);
    const file = join(folder, 'app/Chart.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('^0.3.0', '^0.4.0'));
    const stale = await runMain(['deps', 'app'], folder, { environment });
    expect(stale.status).toBe(2);
    expect(stale.stderr).toContain('app/Chart.lock:8:1: Chart.lock does not fit the dependencies of the chart');
    expect(stale.stderr).toContain('help: Run helm dependency update');
  });

  it('takes the dependencies of charts in folders, too', async () => {
    const { url } = await serve(repository(VERSIONS));
    const folder = folderWith({
      ...chart(['- { name: lib, version: 1.x, repository: "file://../lib" }']),
      'lib/Chart.yaml': `apiVersion: v2\nname: lib\nversion: 1.0.0\ndependencies: [{ name: web, version: 0.x, repository: "${url}" }]\n`,
    });
    expect((await runMain(['deps', '.'], folder, {})).stdout).toContain('web 0.4.0 was downloaded');
    const { stdout } = await runMain(['.', '--format', 'json'], folder);
    expect(JSON.parse(stdout)).toMatchObject({ errors: [], summary: { resources: 3 } });
  });

  it('has nothing to do where all is there', async () => {
    const folder = folderWith({ ...chart([]) });
    expect((await runMain(['deps', 'app'], folder)).stdout).toBe('No dependencies have to be downloaded.\n');
    expect((await runMain(['deps', 'nothing'], folder)).stderr).toContain('There is no folder nothing.');
    expect(readdirSync(cache)).toEqual([]);
  });
});

describe('--deps', () => {
  it('is of lint, render, trace, init and baseline', async () => {
    const { url, visits } = await serve(repository(VERSIONS));
    const folder = folderWith({
      ...chart([`- { name: db, version: 1.x, repository: "${url}" }`]),
      'app/.git/HEAD': '',
    });
    const json = JSON.parse((await runMain(['app', '--deps', '--format', 'json'], folder)).stdout);
    expect(json).toMatchObject({ errors: [], summary: { resources: 2 } });
    for (const words of [
      ['render', 'app'],
      ['trace', 'app'],
      ['baseline', 'app'],
      ['init', 'app'],
    ]) {
      rmSync(join(cache, 'chartlint'), { recursive: true });
      expect((await runMain([...words, '--deps'], folder)).status, words.join(' ')).toBe(0);
    }
    visits.length = 0;
    expect((await runMain(['render', 'app'], folder)).stdout).toContain('VERSION: "1.10.3"');
    expect(visits).toEqual([]);
  });

  it('names files as they are after helm dependency build', async () => {
    const bytes = packed('db', '1.0.0');
    const { url } = await serve({
      '/index.yaml': index([{ name: 'db', version: '1.0.0', url: 'db.tgz' }]),
      '/db.tgz': bytes,
    });
    const folder = folderWith(
      chart([`- { name: db, version: 1.x, repository: "${url}" }`], { 'app/values.yaml': 'db: { own: 5 }\n' }),
    );
    const { stdout } = await runMain(['app', '--deps', '--format', 'json'], folder);
    expect(JSON.parse(stdout).findings[0].location.file).toBe('app/charts/db-1.0.0.tgz!db/templates/config.yaml');
  });

  it('says why a dependency is not there, and the rest is linted', async () => {
    const { url } = await serve(repository(VERSIONS));
    const folder = folderWith({
      ...chart([`- { name: db, version: 7.x, repository: "${url}" }`]),
      'b/Chart.yaml': `apiVersion: v2\nname: b\nversion: 1.0.0\ndependencies: [{ name: web, version: 0.3.0, repository: "${url}" }]\n`,
    });
    const { stdout, status } = await runMain(['.', '--deps', '--format', 'json'], folder);
    const report = JSON.parse(stdout);
    expect(status).toBe(2);
    expect(report.summary.resources).toBe(1);
    expect(report.errors).toMatchObject([
      {
        message: `The chart does not render: Dependency db: ${url}/index.yaml has no version of chart db in the range 7.x.`,
        help: 'Change the range. The newest versions are 2.1.0+build.5, 2.0.0, 1.11.0-rc.1, 1.10.3, 1.2.0.',
        location: { file: 'app/Chart.yaml', line: 5 },
      },
    ]);
    expect((await runMain(['render', 'app', '--deps'], folder)).stderr).toContain(
      'has no version of chart db in the range 7.x.',
    );
  });

  it('reads an archive of the cache only as long as it is what was downloaded', async () => {
    const { url } = await serve(repository(VERSIONS));
    const folder = folderWith(chart([`- { name: db, version: 1.2.0, repository: "${url}" }`]));
    await runMain(['deps', 'app'], folder);
    const archives = join(cache, 'chartlint/dependencies/archives');
    const [file = ''] = readdirSync(archives);
    expect(file).toBe(`${digestOf(packed('db', '1.2.0'))}.tgz`);
    writeFileSync(join(archives, file), packed('db', '6.6.6'));
    expect((await runMain(['render', 'app'], folder)).stderr).toContain('Run chartlint deps app');
    expect((await runMain(['deps', 'app'], folder)).stdout).toContain('was downloaded');
    expect((await runMain(['render', 'app'], folder)).stdout).toContain('VERSION: "1.2.0"');
  });
});
