import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { validateAction } from '@action-validator/core';
import { parse, parseAllDocuments } from 'yaml';
import { describe, expect, it } from 'vitest';
import { chart } from './chart-run.ts';
import { folderWith, ROOT } from './chartlint.ts';
import { publish } from './published.ts';

const WRONG = chart('charts/app one', { 'values.yaml': 'a: 5\n' });
const CLEAN = chart('charts/app one');

interface Step {
  readonly id: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly [Step] };
}

interface Job {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: Readonly<Record<string, string>> };
}

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  /** What npx was asked to run. */
  readonly asked: string;
  readonly folder: string;
}

/** Runs a script as a runner does, with an npx that runs the built chartlint and fetches nothing. */
function runScript(
  shell: readonly [string, ...string[]],
  script: string,
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>>,
): Run {
  const folder = folderWith({ ...files, 'bin/': '', 'out/': '' });
  const npx = join(folder, 'bin/npx');
  const command = `"${process.execPath}" "${join(ROOT, 'dist/chartlint.cjs')}" "$@"`;
  writeFileSync(npx, `#!/bin/sh\necho "$1 $2" >> "${folder}/out/asked"\nshift 2\nexec ${command}\n`);
  chmodSync(npx, 0o755);
  const file = join(folder, 'out/script');
  writeFileSync(file, script);
  const { PROGRAMS: programs } = variables;
  if (programs !== undefined) spawnSync('chmod', ['-R', '+x', join(folder, programs)]);
  const before = programs === undefined ? [] : [join(folder, programs)];
  const { status, stdout } = spawnSync(shell[0], [...shell.slice(1), file], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: [...before, join(folder, 'bin'), process.env['PATH']].join(delimiter), HOME: folder, ...variables },
  });
  const asked = existsSync(join(folder, 'out/asked')) ? readFileSync(join(folder, 'out/asked'), 'utf8').trim() : '';
  return { status, stdout, asked, folder };
}

describe('action.yml', () => {
  const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
  const action = parse(text) as Action;
  const [step] = action.runs.steps;

  it('is an action as GitHub reads it, whose outputs are those of its step', () => {
    expect(validateAction(text)).toEqual({ actionType: 'action', errors: [] });
    expect(validateAction(text.replace('shell: bash', 'shel: bash')).errors).not.toEqual([]);
    expect(action.runs.using).toBe('composite');
    for (const { value } of Object.values(action.outputs))
      expect(value).toMatch(/^\$\{\{ steps\.lint\.outputs\.[\w-]+ \}\}$/);
  });

  it('passes every input as a variable, and none into the script', () => {
    const passed = Object.values(step.env).map((value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]);
    expect(passed.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
    expect(step.run).not.toContain('${{');
    for (const name of Object.keys(step.env)) expect(step.run).toContain(`$${name}`);
  });

  function runStep(
    files: Readonly<Record<string, string>>,
    inputs: Readonly<Record<string, string>> = {},
    actionPath = ROOT,
    programs = '',
  ): Run {
    const variables = Object.entries(step.env).map(([name, value]) => {
      const input = /inputs\.([\w-]+)/.exec(value)?.[1] ?? '';
      return [name, inputs[input] ?? action.inputs[input]?.default ?? ''];
    });
    // As the runner does it for `shell: bash`.
    return runScript(['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail'], step.run, files, {
      ...Object.fromEntries(variables),
      GITHUB_ACTION_PATH: actionPath,
      GITHUB_STEP_SUMMARY: 'out/summary',
      GITHUB_OUTPUT: 'out/output',
      RUNNER_TEMP: 'out',
      ...(programs === '' ? {} : { PROGRAMS: programs }),
    });
  }

  it('annotates, summarises, writes SARIF, and fails', () => {
    const { status, stdout, asked, folder } = runStep(WRONG, { paths: '\ncharts/app one\n', 'sarif-file': 'r.sarif' });
    expect({ status, asked }).toEqual({ status: 1, asked: '' });
    expect(stdout).toMatch(/^::error file=charts\/app one\/templates\/config\.yaml,line=6/m);
    expect(readFileSync(join(folder, 'out/summary'), 'utf8')).toContain('configmap-string-values');
    expect(readFileSync(join(folder, 'out/output'), 'utf8')).toBe('exit-status=1\nsarif-file=r.sarif\n');
    expect(JSON.parse(readFileSync(join(folder, 'r.sarif'), 'utf8')).runs[0].results).toHaveLength(1);
  });

  it('runs another version where one is asked for', () => {
    expect(runStep(CLEAN, { version: '1.2.3' })).toMatchObject({
      status: 0,
      asked: '--yes chartlint@1.2.3\n--yes chartlint@1.2.3',
    });
  });

  it('says so when it cannot be installed', () => {
    const { status, stdout, folder } = runStep(CLEAN, {}, 'no-action');
    expect(status).toBe(2);
    expect(stdout).toBe(
      '::error::The dependencies of chartlint cannot be installed from npm. Check that the registry can be reached; ' +
        'the log above says what npm said.\n',
    );
    expect(readFileSync(join(folder, 'out/output'), 'utf8')).toBe('exit-status=2\n');
  });

  it.each([
    ['npx', 'exit 1', 'chartlint@9.9.9 cannot be installed from npm. Check that the version exists'],
    ['node', 'exit 1', 'chartlint needs Node 20.19 or later, and npm. Add actions/setup-node'],
  ])('tells a version that npm does not have from a missing Node (%s)', (program, script, message) => {
    const files = { [`own/${program}`]: `#!/bin/sh\n${script}\n`, 'own/npx': '#!/bin/sh\nexit 1\n' };
    const { status, stdout } = runStep({ ...CLEAN, ...files }, { version: '9.9.9' }, ROOT, 'own');
    expect(status).toBe(2);
    expect(stdout).toContain(`::error::${message}`);
  });

  // It installs what the build needs from the registry.
  it.skipIf(process.env['CI'] !== 'true')(
    'builds what was checked out (skipped without CI=true)',
    { timeout: 300_000 },
    () => {
      const checkedOut = folderWith({});
      publish(checkedOut);
      const { status, stdout } = runStep(WRONG, {}, checkedOut);
      expect(status).toBe(1);
      expect(stdout).toMatch(/^::error file=charts\/app one\/templates\/config\.yaml,line=6/);
    },
  );

  it.each<[Record<string, string>, Record<string, string>, number]>([
    [CLEAN, {}, 0],
    [WRONG, { paths: 'charts', 'fail-on': 'never' }, 0],
    [WRONG, { policy: 'recommended', summary: 'false' }, 1],
    [WRONG, { policy: 'access' }, 0],
    [WRONG, { policy: 'access\r\nrecommended\n' }, 1],
    [WRONG, { config: 'nope.yaml' }, 2],
    [WRONG, { 'changed-since': 'main' }, 2],
    [WRONG, { baseline: 'nope.json' }, 2],
    [WRONG, { paths: '$(touch out/owned)' }, 2],
  ])('ends as chartlint does: %#', (files, inputs, expected) => {
    const { status, folder } = runStep(files, inputs);
    expect(status).toBe(expected);
    expect(existsSync(join(folder, 'out/owned'))).toBe(false);
    expect(readFileSync(join(folder, 'out/output'), 'utf8')).toContain(`exit-status=${expected}\n`);
  });
});

describe('templates/gitlab-ci.yml', () => {
  const text = readFileSync(join(ROOT, 'templates/gitlab-ci.yml'), 'utf8');
  const [header, jobs] = parseAllDocuments(text).map((document) => document.toJS()) as [
    { spec: { inputs: Record<string, { default: string }> } },
    Record<string, Job>,
  ];

  it('takes the version of the package that it came with', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(header.spec.inputs['version']?.default).toBe(version);
  });

  /** https://docs.gitlab.com/ci/inputs/ */
  it('uses every input that it declares, and no other', () => {
    const used = [...text.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map((match) => match[1] ?? '');
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(header.spec.inputs).toSorted());
    const [job] = Object.values(jobs);
    expect(job?.artifacts.reports).toEqual({
      codequality: 'gl-code-quality-report.json',
      junit: 'chartlint-junit.xml',
    });
  });

  function runJob(files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>> = {}): Run {
    const [job] = Object.values(jobs);
    const variables = Object.entries(job?.variables ?? {}).map(([name, value]) => {
      const input = /inputs\.([\w-]+)/.exec(value)?.[1] ?? '';
      return [name, inputs[input] ?? header.spec.inputs[input]?.default ?? ''];
    });
    return runScript(['sh', '-e'], job?.script.join('\n') ?? '', files, Object.fromEntries(variables));
  }

  it('writes the Code Quality and JUnit reports, and fails', () => {
    const { status, stdout, asked, folder } = runJob(WRONG, { paths: 'charts/app one\nnot there' });
    expect({ status, asked }).toEqual({ status: 2, asked: '--yes chartlint@0.1.0' });
    expect(stdout).toContain('not there');
    const quality = JSON.parse(readFileSync(join(folder, 'gl-code-quality-report.json'), 'utf8'));
    const paths = quality.map((issue: { location: { path: string } }) => issue.location.path);
    expect(paths.toSorted()).toEqual(['charts/app one/templates/config.yaml', 'not there']);
    expect(readFileSync(join(folder, 'chartlint-junit.xml'), 'utf8')).toContain('<testsuites');
  });

  it.each<[Record<string, string>, Record<string, string>, number]>([
    [CLEAN, {}, 0],
    [WRONG, {}, 1],
    [WRONG, { policy: 'recommended', 'fail-on': 'never' }, 0],
    [WRONG, { policy: 'access' }, 0],
    [WRONG, { policy: 'access\nrecommended' }, 1],
    [WRONG, { baseline: 'nope.json' }, 2],
  ])('ends as chartlint does: %#', (files, inputs, expected) => {
    expect(runJob(files, { version: '1.2.3', ...inputs })).toMatchObject({ status: expected });
  });
});
