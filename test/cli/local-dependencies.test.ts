import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { helmPath } from '../../scripts/unpack-helm.mjs';
import { folderWith } from './chartlint.ts';
import { commit, git, repositoryWith } from './git-folder.ts';
import { runMain } from './main-in-process.ts';

const helm = helmPath();

type Files = Readonly<Record<string, string>>;

/** A chart whose ConfigMap prints a value. @param dependencies the lines of `dependencies` */
function chart(folder: string, dependencies: readonly string[] = [], files: Files = {}, version = '1.2.3'): Files {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  const all: Files = {
    'Chart.yaml': [`apiVersion: v2\nname: ${name}\nversion: ${version}`, 'dependencies:', ...dependencies, ''].join(
      '\n',
    ),
    'values.yaml': `own: of-${name}\nglobal: {}\n`,
    'templates/config.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Chart.Name }} }\ndata:\n  OWN: {{ .Values.own }}\n',
    ...files,
  };
  return Object.fromEntries(Object.entries(all).map(([file, text]) => [`${folder}/${file}`, text]));
}

const LIB = '- { name: lib, version: ^1.0.0, repository: "file://../lib" }';

async function render(folder: string, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runMain(['render', ...args], folder);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

async function lint(folder: string, ...args: readonly string[]): Promise<string[]> {
  const { stdout } = await runMain([...args, '--format', 'json'], folder);
  const report = JSON.parse(stdout) as {
    errors: { message: string; help?: string; location?: { file: string; line: number; column: number } }[];
    findings: { rule: string; location: { file: string; line: number } }[];
  };
  return [
    ...report.errors.map(({ message, help, location }) => {
      return `${location?.file}:${location?.line}:${location?.column} ${message} ${help ?? ''}`.trim();
    }),
    ...report.findings.map(({ rule, location }) => `${location.file}:${location.line} ${rule}`),
  ];
}

/** What Helm prints once the dependencies of some charts are built, the innermost first. */
function renderThere(folder: string, built: readonly string[], chartName: string): string {
  const copy = join(folderWith({}), 'copy');
  cpSync(folder, copy, { recursive: true });
  for (const name of built) {
    const { status, stderr } = spawnSync(helm ?? '', ['dependency', 'build', name], { cwd: copy, encoding: 'utf8' });
    expect(`${status} ${stderr}`).toMatch(/^0/);
  }
  return spawnSync(helm ?? '', ['template', chartName], { cwd: copy, encoding: 'utf8' }).stdout;
}

describe('dependencies of the same repository', () => {
  const ignored = {
    '.helmignore': '*.txt\n/templates/draft.yaml\n',
    'notes.txt': 'x',
    'templates/draft.yaml': '{{ fail "a draft" }}',
    'templates/files.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: files }\ndata:\n  N: "{{ range $k, $_ := .Files.Glob "**" }}{{ $k }} {{ end }}"\n',
  };
  const cases: Record<string, { files: Files; built: readonly string[] }> = {
    one: { files: { ...chart('app', [LIB]), ...chart('lib') }, built: ['app'] },
    'with its .helmignore': { files: { ...chart('app', [LIB]), ...chart('lib', [], ignored) }, built: ['app'] },
    'under two aliases, with a condition': {
      files: {
        ...chart(
          'app',
          [
            '- { name: lib, version: 1.x, repository: "file://../lib", alias: one }',
            '- { name: lib, version: 1.x, repository: "file://../lib", alias: two, condition: two.enabled }',
          ],
          { 'values.yaml': 'own: x\none: { own: set }\ntwo: { enabled: false }\n' },
        ),
        ...chart('lib'),
      },
      built: ['app'],
    },
    'of two versions': {
      files: {
        ...chart('app', [
          '- { name: lib, version: 1.x, repository: "file://../lib", alias: one }',
          '- { name: lib, version: 2.x, repository: "file://../next/lib", alias: two }',
        ]),
        ...chart('lib'),
        ...chart('next/lib', [], {}, '2.0.0'),
      },
      built: ['app'],
    },
    'inside the chart': {
      files: {
        ...chart('app', ['- { name: lib, version: 1.x, repository: "file://parts/lib" }'], {
          '.helmignore': 'parts/\n',
        }),
        ...chart('app/parts/lib'),
      },
      built: ['app'],
    },
    'of requirements.yaml': {
      files: {
        ...chart('app', [], {
          'Chart.yaml': 'apiVersion: v1\nname: app\nversion: 1.0.0\n',
          'requirements.yaml': `dependencies:\n${LIB}\n`,
        }),
        ...chart('lib'),
      },
      built: ['app'],
    },
    'that has dependencies itself': {
      files: {
        ...chart('top', ['- { name: app, version: ">=1 <2", repository: "file://../app" }'], {
          'values.yaml': 'own: t\napp: { own: a, lib: { own: l } }\n',
        }),
        ...chart('app', [LIB]),
        ...chart('lib'),
      },
      built: ['app', 'top'],
    },
    'with a chart that is in charts/ of it': {
      files: { ...chart('app', [LIB]), ...chart('lib'), ...chart('lib/charts/inner') },
      built: ['app'],
    },
  };

  it.skipIf(helm === undefined).each(Object.entries(cases))(
    'are read as Helm packs them: %s',
    async (_, { files, built }) => {
      const folder = repositoryWith(files);
      const name = built.at(-1) ?? '';
      const text = await render(folder, name);
      expect(text).toContain('OWN:');
      expect(text).toBe(renderThere(folder, built, name));
    },
  );

  it('have their findings where they are', async () => {
    const bad = { 'templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata:\n  N: 5\n' };
    const folder = repositoryWith({ ...chart('charts/app', [LIB]), ...chart('charts/lib', [], bad) });
    expect(await lint(folder, 'charts/app')).toEqual(['charts/lib/templates/config.yaml:5 configmap-mangled-values']);
    const values = { 'values.yaml': 'own: 5\n' };
    const other = repositoryWith({ ...chart('charts/app', [LIB]), ...chart('charts/lib', [], values) });
    const { stdout } = await runMain(['charts/app', '--format', 'json'], other);
    expect(JSON.parse(stdout).findings[0].values).toMatchObject([
      { key: 'lib.own', file: 'charts/lib/values.yaml', line: 1 },
    ]);
  });

  it('are traced, and init reads them', async () => {
    const folder = repositoryWith({ ...chart('app', [LIB]), ...chart('lib') });
    expect((await runMain(['trace', 'app'], folder)).stdout).toContain('lib.own');
    expect((await runMain(['init', 'app'], folder)).status).toBe(0);
  });

  it('do not hide what is in charts/', async () => {
    const folder = repositoryWith({
      ...chart('app', [LIB]),
      ...chart('lib'),
      ...chart('app/charts/lib', [], { 'values.yaml': 'own: built-before\n' }),
    });
    expect(await render(folder, 'app')).toContain('OWN: built-before');
  });

  it('count for --changed-since', async () => {
    const folder = repositoryWith({ ...chart('app', [LIB]), ...chart('lib'), ...chart('other') });
    appendFileSync(join(folder, 'lib/values.yaml'), 'more: 1\n');
    commit(folder);
    const { stdout } = await runMain(['.', '--changed-since', 'base', '--format', 'json'], folder);
    expect(JSON.parse(stdout).summary.resources).toBe(3);
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });
});

describe('a dependency of the same repository is refused', () => {
  const at = 'app/Chart.yaml:5:';
  it.each([
    [
      'with another version',
      { ...chart('app', ['- { name: lib, version: 2.x, repository: "file://../lib" }']), ...chart('lib') },
      `${at}25 The chart does not render: Dependency lib must have a version in the range 2.x, but it has version 1.2.3.`,
    ],
    [
      'as a prerelease that the range does not name',
      { ...chart('app', [LIB]), ...chart('lib', [], {}, '1.5.0-rc.1') },
      `${at}25 The chart does not render: Dependency lib must have a version in the range ^1.0.0, but it has version 1.5.0-rc.1.`,
    ],
    [
      'without a version',
      { ...chart('app', ['- { name: lib, repository: "file://../lib" }']), ...chart('lib') },
      `${at}11 The chart does not render: The version "" of dependency lib is not a version range: improper constraint: .`,
    ],
    [
      'under another name',
      { ...chart('app', ['- { name: lob, version: 1.x, repository: "file://../lib" }']), ...chart('lib') },
      `${at}11 The chart does not render: The chart in lib is called lib, not lob.`,
    ],
    [
      'that does not exist',
      chart('app', ['- { name: lib, version: 1.x, repository: "file://../nolib" }']),
      `${at}42 The chart does not render: The folder nolib of dependency lib does not exist.`,
    ],
    [
      'that is not a chart',
      { ...chart('app', [LIB]), 'lib/README.md': 'x' },
      `${at}45 The chart does not render: The folder lib of dependency lib has no Chart.yaml.`,
    ],
    [
      'that is broken',
      { ...chart('app', [LIB]), ...chart('lib', [], { 'values.yaml': 'a: 1\n b: 2\n' }) },
      'lib/values.yaml:2:3 The chart does not render: dependency lib (lib) cannot be loaded: cannot load values.yaml: ' +
        'cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
    ],
    [
      'that needs the chart itself',
      { ...chart('app', [LIB]), ...chart('lib', ['- { name: app, version: 1.x, repository: "file://../app" }']) },
      'lib/Chart.yaml:5:42 The chart does not render: Dependency app (app) depends on itself.',
    ],
    [
      'that lacks a dependency of its own',
      {
        ...chart('app', [LIB]),
        ...chart('lib', ['- { name: db, version: 1.x, repository: "https://charts.example.invalid" }']),
      },
      'lib/Chart.yaml:5:11 The chart does not render: an error occurred while checking for chart dependencies. You may need to ' +
        'run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: db ' +
        'Run chartlint deps lib, or add --deps',
    ],
  ])('%s', async (_, files, error) => {
    const [first, ...others] = await lint(repositoryWith(files), 'app');
    expect(first).toContain(error);
    expect(others).toEqual([]);
  });

  it('as soon as there are too many', async () => {
    const layers = Array.from({ length: 12 }, (_, index) => {
      const below = [`a${index + 1}`, `b${index + 1}`];
      const lines =
        index === 11 ? [] : below.map((name) => `- { name: ${name}, version: 1.x, repository: "file://../${name}" }`);
      return { ...chart(`a${index}`, lines), ...chart(`b${index}`, lines) };
    });
    const folder = repositoryWith(Object.assign({}, ...layers) as Files);
    expect((await lint(folder, 'a0'))[0]).toContain('the chart has more than 500 dependencies');
  });
});

describe('a dependency outside the repository', () => {
  function outside(): { folder: string; parent: string } {
    const parent = folderWith({
      ...chart('repo/app', ['- { name: lib, version: 1.x, repository: "file://../../lib" }']),
      ...chart('lib'),
    });
    const folder = join(parent, 'repo');
    git(folder, 'init', '--quiet');
    return { folder, parent };
  }

  it('is refused', async () => {
    const { folder } = outside();
    expect(await lint(folder, 'app')).toEqual([
      'app/Chart.yaml:5:42 The chart does not render: Dependency lib is in ../lib, which is outside the Git repository of the ' +
        'chart. If the folder may be read, specify --deps-from ../lib. Otherwise copy the chart into the repository.',
    ]);
    expect((await runMain(['render', 'app'], folder)).stderr).toContain('specify --deps-from ../lib');
  });

  it('is refused behind a link', async () => {
    const parent = folderWith({ ...chart('repo/app', [LIB]), ...chart('lib') });
    const folder = join(parent, 'repo');
    git(folder, 'init', '--quiet');
    symlinkSync('../lib', join(folder, 'lib'));
    expect((await lint(folder, 'app'))[0]).toContain('outside the Git repository');
    rmSync(join(folder, 'lib'));
    mkdirSync(join(folder, 'lib'));
    symlinkSync('../../lib/Chart.yaml', join(folder, 'lib/Chart.yaml'));
    expect((await lint(folder, 'app'))[0]).toContain('points outside the chart');
  });

  it('is read when the command line names it', async () => {
    const { folder, parent } = outside();
    expect(await lint(folder, 'app', '../lib')).toEqual([]);
    expect(await lint(folder, 'app', '--deps-from', '..')).toEqual([]);
    expect(await lint(parent, '.')).toEqual([]);
    expect(await render(folder, 'app', '--deps-from', '../lib')).toContain('OWN: of-lib');
    expect((await runMain(['trace', 'app', '--deps-from', '../lib'], folder)).stdout).toContain('lib.own');
    expect((await runMain(['init', 'app', '--deps-from', '../lib'], folder)).status).toBe(0);
  });

  it('is refused without a repository, too', async () => {
    const folder = folderWith({ ...chart('app', [LIB]), ...chart('lib') });
    expect((await lint(folder, 'app'))[0]).toContain('specify --deps-from lib');
    expect(await lint(folder, '.')).toEqual([]);
  });
});

it('says what to type for a dependency that must be downloaded', async () => {
  const folder = repositoryWith(
    chart('app', ['- { name: db, version: 1.x, repository: "https://charts.example.invalid" }']),
  );
  expect((await lint(folder, 'app'))[0]).toMatch(
    / charts\/ directory: db Run chartlint deps app, or add --deps: nothing is downloaded unasked\.$/,
  );
  expect((await runMain(['render', 'app'], folder)).stderr).toContain('help: Run chartlint deps app, or add --deps');
  expect((await runMain(['trace', 'app'], folder)).stderr).toContain('help: Run chartlint deps app, or add --deps');
  expect((await runMain(['init', 'app'], folder)).stderr).toContain('Run chartlint deps . in the folder of the chart');
  const none = repositoryWith(chart('app', ['- { name: db, version: 1.x }']));
  expect((await lint(none, 'app'))[0]).toContain('Dependency db has no repository, so it must be in charts/.');
});
