import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPolicyFile } from '../../src/policy/find.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { dependenciesWith, errorsOf, formatError, loadRight } from './policy-fixture.ts';

/** The errors of a request with these files. */
async function errorsFor(request: string, files: Record<string, string> = {}): Promise<string[]> {
  return (await loadPolicy(request, dependenciesWith(files))).errors.map(formatError);
}

describe('a built-in policy', () => {
  it('is complete', async () => {
    const { policy } = await loadPolicy('base', dependenciesWith({}));
    expect(policy).toMatchObject({
      name: 'base',
      file: undefined,
      release: { name: 'base', namespace: 'base' },
      environments: [{ name: 'dev', values: ['values-dev.yaml'], namespace: 'base-dev' }],
      externals: [{ kind: 'Secret', name: 'base-secret' }],
      schemas: [],
      unknownKinds: 'allow',
      podKinds: [],
      disabled: [],
      ignores: [
        {
          principle: 'startup',
          rule: undefined,
          resource: 'Deployment/base',
          path: undefined,
          reason: 'Base.',
          until: undefined,
          place: { file: '<base>', line: 23, column: 7, endLine: 23, endColumn: 16 },
        },
      ],
    });
    expect(policy?.principles).toMatchObject([
      {
        id: 'config-keys',
        clause: '2.10',
        title: 'The keys are there',
        rationale: 'Nothing starts without them.',
        severity: 'error',
        checks: [
          {
            ruleId: 'required-keys',
            match: { kinds: ['ConfigMap'], names: ['base-*'] },
            options: { keys: ['A', 'B'], allow: ['C'], mode: 'all' },
          },
          { ruleId: 'no-options', match: {}, options: {} },
        ],
      },
      {
        id: 'startup',
        clause: undefined,
        rationale: undefined,
        severity: undefined,
        checks: [{ ruleId: 'probe-budget', options: { seconds: 100, exact: false } }],
      },
    ]);
  });

  it('is told by its name from a file', async () => {
    expect((await loadPolicy('./base.yaml', dependenciesWith({ 'base.yaml': 'version: 1\n' }))).policy).toMatchObject({
      name: 'base.yaml',
      file: 'base.yaml',
      principles: [],
    });
  });
});

describe('a policy file', () => {
  it('is called by its name, else by its path', async () => {
    expect(await loadRight('version: 1\nname: mine\n')).toMatchObject({ name: 'mine', file: 'policy.yaml' });
    expect(await loadRight('version: 1\n')).toMatchObject({ name: 'policy.yaml', file: 'policy.yaml' });
    const outside = await loadPolicy('/etc/lint.yaml', {
      ...dependenciesWith({}),
      readFile: async () => 'version: 1\n',
    });
    expect(outside.policy).toMatchObject({ name: '../etc/lint.yaml' });
  });

  it('keeps a clause as it is written', async () => {
    const principles = ['2.10', '"2.2"', '1.1, 3', '5'].map((clause, index) => {
      return `  p${index}: { title: P, clause: !clause, checks: [{ rule: no-options }] }`.replace(
        '!clause',
        clause.includes(',') ? `"${clause}"` : clause,
      );
    });
    const { principles: read } = await loadRight(`version: 1\nprinciples:\n${principles.join('\n')}\n`);
    expect(read.map(({ clause }) => clause)).toEqual(['2.10', '2.2', '1.1, 3', '5']);
  });

  it('may say everything', async () => {
    const policy = await loadRight(`version: 1
environments:
  dev: { values: [values.yaml, values-dev.yaml], set: [image.tag=1.0, a.b=c] }
  prod:
externals:
  - { kind: Secret, name: obs-db-secret, namespace: obs, keys: [DB_USER] }
schemas: [crds/*.yaml, ../schemas]
unknownKinds: error
workloads:
  - { group: argoproj.io, kind: Rollout, template: [spec, template] }
principles:
  keys:
    title: Keys
    severity: off
    checks: [{ rule: no-options, match: { kinds: [A], names: [b], labels: { c: d* } } }]
  probes:
    title: Probes
    severity: info
    checks: [{ rule: probe-budget, match: { containers: [web] }, with: { paths: { x: { path: /a } } } }]
ignore:
  - { principle: keys, rule: no-options, path: [spec, 0, "*"], reason: Later., until: 2027-03-01 }
`);
    expect(policy).toMatchObject({
      release: { name: undefined, namespace: undefined },
      environments: [
        { name: 'dev', values: ['values.yaml', 'values-dev.yaml'], set: ['image.tag=1.0', 'a.b=c'] },
        { name: 'prod', values: [] },
      ],
      externals: [{ kind: 'Secret', name: 'obs-db-secret', namespace: 'obs', keys: ['DB_USER'] }],
      schemas: [
        { path: 'crds/*.yaml', place: { file: 'policy.yaml' } },
        { path: '../schemas', place: { file: 'policy.yaml' } },
      ],
      unknownKinds: 'error',
      podKinds: [{ group: 'argoproj.io', kind: 'Rollout', template: ['spec', 'template'] }],
      principles: [
        {
          id: 'probes',
          severity: 'info',
          checks: [
            { match: { containers: ['web'] }, options: { seconds: 150, exact: false, paths: { x: { path: '/a' } } } },
          ],
        },
      ],
      disabled: [{ id: 'keys', checks: [{ match: { kinds: ['A'], names: ['b'], labels: { c: 'd*' } } }] }],
      ignores: [{ path: ['spec', 0, '*'], until: '2027-03-01', place: { file: 'policy.yaml', line: 21, column: 7 } }],
    });
  });

  it('may share parts by anchors and merge keys', async () => {
    const { principles } = await loadRight(`version: 1
principles:
  a: &a
    title: A
    checks: &checks [{ rule: no-options }]
  b: { <<: *a, title: B }
  c: { title: C, checks: *checks }
`);
    expect(principles.map(({ id, title, checks }) => [id, title, checks.length])).toEqual([
      ['a', 'A', 1],
      ['b', 'B', 1],
      ['c', 'C', 1],
    ]);
  });
});

describe('a file that is no policy', () => {
  it('does not exist', async () => {
    expect(await errorsFor('none.yaml')).toEqual(['Cannot read the policy file none.yaml: it does not exist.']);
  });

  it('cannot be read', async () => {
    const failing = (code: string): Parameters<typeof loadPolicy>[1] => ({
      ...dependenciesWith({}),
      readFile: async () => {
        throw Object.assign(new Error('no'), { code });
      },
    });
    const messages = await Promise.all(
      ['EISDIR', 'EACCES', 'EIO'].map(async (code) => (await loadPolicy('a/b', failing(code))).errors[0]?.message),
    );
    expect(messages).toEqual([
      'Cannot read the policy file a/b: it is a folder, not a file.',
      'Cannot read the policy file a/b: permission denied.',
      'Cannot read the policy file a/b: EIO.',
    ]);
  });

  it('has a name that nothing has', async () => {
    expect(await errorsFor('observr')).toEqual([
      'There is no policy "observr". Did you mean "observer"? Built-in policies: base, observer. Write a file as a path: ./observr.yaml.',
    ]);
    expect(await errorsOf('version: 1\nextends: [recommended]\n')).toEqual([
      'policy.yaml:2:11 There is no policy "recommended". Built-in policies: base, observer. Write a file as a path: ./recommended.yaml.',
    ]);
  });

  it('is empty', async () => {
    const empty = ['policy.yaml:1:1 The policy file is empty. Begin it with "version: 1".'];
    for (const text of ['', '\n', '# nothing\n', '---\n', '---\n# nothing\n', '~\n']) {
      expect(await errorsOf(text), text).toEqual(empty);
    }
  });

  it('holds several documents', async () => {
    expect(await errorsOf('version: 1\n---\nversion: 1\n')).toEqual([
      'policy.yaml:2:1 A policy file contains one document, but this is another one. Remove the "---", or move it to its own file.',
    ]);
    expect(await errorsOf('# A comment.\n---\nversion: 1\n---\n# Another.\n')).toEqual([]);
  });

  it('is not YAML', async () => {
    expect(await errorsOf('version: 1\nname: [a\nextends: []\n')).toEqual([
      expect.stringMatching(/^policy\.yaml:3:\d+ [A-Z].*\.$/),
    ]);
    expect(await errorsOf('version: 1\nname: a\nname: b\n')).toEqual([
      'policy.yaml:3:1 The key "name" is already in this mapping. Remove one of the two.',
    ]);
  });
});

describe('extends', () => {
  it('lays a principle over that of the parent', async () => {
    const policy = await loadRight(`version: 1
extends: [base]
principles:
  config-keys:
    severity: warning
    checks:
      - rule: required-keys
        with: { keys: [Z] }
      - rule: probe-budget
  startup:
    checks: [{ rule: probe-budget, match: { containers: [web] }, with: { exact: true } }]
  own:
    title: Own
    checks: [{ rule: no-options }]
`);
    expect(policy.principles).toMatchObject([
      {
        id: 'config-keys',
        clause: '2.10',
        title: 'The keys are there',
        severity: 'warning',
        checks: [
          {
            ruleId: 'required-keys',
            match: { kinds: ['ConfigMap'], names: ['base-*'] },
            options: { keys: ['Z'], allow: ['C'], mode: 'all' },
          },
          { ruleId: 'no-options' },
          { ruleId: 'probe-budget', options: { seconds: 150 } },
        ],
      },
      { id: 'startup', checks: [{ match: { containers: ['web'] }, options: { seconds: 100, exact: true } }] },
      { id: 'own' },
    ]);
  });

  it('replaces the match of a check as a whole', async () => {
    const { principles } = await loadRight(`version: 1
extends: [base]
principles:
  config-keys: { checks: [{ rule: required-keys, match: { names: [mine] } }] }
`);
    expect(principles[0]?.checks[0]?.match).toEqual({ names: ['mine'] });
  });

  it('merges the release and environments by name, and joins the lists', async () => {
    const policy = await loadRight(`version: 1
extends: [base]
release: { name: mine }
environments:
  dev: { values: [mine.yaml] }
  prod: { values: [prod.yaml] }
externals: [{ kind: ConfigMap, name: mine }]
workloads: [{ group: a.b, kind: C, template: [spec] }]
ignore: [{ rule: no-options, reason: Mine. }]
`);
    expect(policy).toMatchObject({
      name: 'policy.yaml',
      release: { name: 'mine', namespace: 'base' },
      environments: [
        { name: 'dev', values: ['mine.yaml'], namespace: 'base-dev' },
        { name: 'prod', values: ['prod.yaml'] },
      ],
      externals: [{ name: 'base-secret' }, { name: 'mine' }],
      podKinds: [{ kind: 'C' }],
      ignores: [
        { reason: 'Base.', place: { file: '<base>' } },
        { reason: 'Mine.', place: { file: 'policy.yaml', line: 9, column: 12 } },
      ],
    });
  });

  it('switches a principle off, which keeps its id known', async () => {
    const off = 'version: 1\nextends: [base]\nprinciples: { startup: { severity: off } }\n';
    const policy = await loadRight(off);
    expect(policy.principles.map(({ id }) => id)).toEqual(['config-keys']);
    expect(policy.disabled).toMatchObject([{ id: 'startup', title: 'It starts', severity: undefined }]);
    const on = await loadRight('version: 1\nextends: [off.yaml]\nprinciples: { startup: { severity: info } }\n', {
      'off.yaml': off,
    });
    expect(on.principles).toMatchObject([{ id: 'config-keys' }, { id: 'startup', severity: 'info' }]);
  });

  it('finds files from the extending file, and lets later parents win', async () => {
    const title = (text: string): string =>
      `version: 1\nprinciples: { a: { title: ${text}, checks: [{ rule: no-options }] } }\n`;
    const files = {
      'team/first.yaml': title('First'),
      'team/second.yaml': `extends: [deep/third.yaml]\n${title('Second')}`,
      'team/deep/third.yaml': title('Third'),
    };
    const extending = (...parents: string[]): string => `version: 1\nextends: [${parents.join(', ')}]\n`;
    const read = async (text: string): Promise<string | undefined> =>
      (await loadRight(text, files)).principles[0]?.title;
    expect(await read(extending('team/first.yaml', 'team/second.yaml'))).toBe('Second');
    expect(await read(extending('team/second.yaml', './team/first.yaml'))).toBe('First');
    expect(await read(extending('/repo/team/deep/third.yaml'))).toBe('Third');
  });

  it('reads a file once that two parents share, below both', async () => {
    const files = {
      'a.yaml': 'version: 1\nextends: [base]\nprinciples: { startup: { title: By a } }\n',
      'b.yaml': 'version: 1\nextends: [base]\n',
    };
    const policy = await loadRight('version: 1\nextends: [a.yaml, b.yaml]\n', files);
    expect(policy.principles[1]?.title).toBe('By a');
    expect(policy.externals).toHaveLength(1);
  });

  it('goes in no circle', async () => {
    const files = {
      'a.yaml': 'version: 1\nextends: [sub/b.yaml]\n',
      'sub/b.yaml': 'version: 1\nextends: [../a.yaml]\n',
    };
    expect(await errorsOf('version: 1\nextends: [a.yaml]\n', files)).toEqual([
      'sub/b.yaml:2:11 Policies extend each other in a circle: a.yaml → sub/b.yaml → a.yaml. Remove one of the links.',
    ]);
    expect(await errorsOf('version: 1\nextends: [./policy.yaml]\n')).toEqual([
      'policy.yaml:2:11 Policies extend each other in a circle: policy.yaml → policy.yaml. Remove one of the links.',
    ]);
  });

  it('reports the errors of every file, and none that follows from another', async () => {
    const files = { 'a.yaml': 'version: 1\nfoo: 1\n', 'b.yaml': 'version: [\n' };
    const text = `version: 1
extends: [a.yaml, b.yaml, c.yaml, 5]
bar: 1
principles: { startup: { severity: off } }
ignore: [{ principle: startup, reason: Later. }]
`;
    const keys =
      'version, name, extends, release, baseline, environments, externals, schemas, unknownKinds, workloads, principles, ignore';
    expect(await errorsOf(text, files)).toEqual([
      'policy.yaml:2:27 Cannot read the policy file c.yaml: it does not exist.',
      'policy.yaml:2:35 Expected a string in "extends[3]", found a number. Quote it: "5".',
      `policy.yaml:3:1 Unknown key "bar" in a policy. Allowed: ${keys}.`,
      `a.yaml:2:1 Unknown key "foo" in a policy. Allowed: ${keys}.`,
      expect.stringMatching(/^b\.yaml:/),
    ]);
  });
});

describe('findPolicyFile', () => {
  let folder = '';
  const write = async (path: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), 'version: 1\n');
  };
  const find = async (path: string): Promise<string | undefined> => {
    return findPolicyFile(join(folder, path))?.slice(folder.length + 1);
  };

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'chartlint-find-')));
    for (const path of [
      'chartlint.yaml',
      'charts/a/chartlint.yml',
      'charts/a/templates/x.yaml',
      'charts/b/chartlint.yaml/x',
      'both/chartlint.yml',
      'both/chartlint.yaml',
      'repository/.git/HEAD',
      'repository/charts/c/Chart.yaml',
      'worktree/.git',
      'worktree/chartlint.yaml',
      'worktree/charts/Chart.yaml',
    ]) {
      await write(path);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('looks in the folder, then above it', async () => {
    expect(await find('.')).toBe('chartlint.yaml');
    expect(await find('charts/a')).toBe('charts/a/chartlint.yml');
    expect(await find('charts/a/templates/x.yaml')).toBe('charts/a/chartlint.yml');
    expect(await find('charts/none/x.yaml')).toBe('chartlint.yaml');
    expect(await find('both')).toBe('both/chartlint.yaml');
  });

  it('passes over nothing of that name: that it is a folder is an error', async () => {
    expect(await find('charts/b')).toBe('charts/b/chartlint.yaml');
  });

  it('looks no further than the repository', async () => {
    expect(await find('repository/charts/c')).toBeUndefined();
    expect(await find('worktree/charts')).toBe('worktree/chartlint.yaml');
  });
});
