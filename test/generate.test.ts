import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAll } from '../scripts/write-all.mjs';
import { folderWith, ROOT } from './cli/chartlint.ts';

const COPIED = [
  'docs/coming-from.md',
  'docs/rules',
  'fixtures/peers',
  'fixtures/rules',
  'policies',
  'rules',
  'schema',
  'scripts',
  'src',
  'package.json',
];
/** Where generated files are. */
const WRITTEN = ['docs', 'schema', 'src'];

const RULE = readFileSync(join(ROOT, 'rules/storage/pvc-names.ts'), 'utf8');
const FIXTURES = Object.fromEntries(
  ['pass', 'fail'].map((kind) => [
    kind,
    readFileSync(join(ROOT, `fixtures/rules/storage/pvc-names/${kind}.yaml`), 'utf8'),
  ]),
);

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartlint-generate-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function generate(): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'scripts/generate.mjs')], { encoding: 'utf8' });
  return { status, stderr };
}

/** The text of every file in which the generator writes. */
function textsIn(root: string): Map<string, string> {
  const names = WRITTEN.flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)),
  );
  const files = names.filter((name) => statSync(join(root, name)).isFile()).toSorted();
  return new Map(files.map((name) => [name, readFileSync(join(root, name), 'utf8')]));
}

/** Runs with more files, which are gone afterwards. */
function withFiles<T>(files: Readonly<Record<string, string>>, use: () => T): T {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  try {
    return use();
  } finally {
    for (const name of Object.keys(files)) rmSync(join(folder, name), { force: true });
  }
}

const fixturesOf = (rule: string): Record<string, string> => ({
  [`fixtures/rules/${rule}/pass.yaml`]: FIXTURES['pass'] ?? '',
  [`fixtures/rules/${rule}/fail.yaml`]: FIXTURES['fail'] ?? '',
});

describe('npm run generate', () => {
  it('writes what is checked in', () => {
    expect(generate()).toEqual({ status: 0, stderr: '' });
    const checkedIn = textsIn(ROOT);
    for (const [name, text] of textsIn(folder)) expect(text, name).toBe(checkedIn.get(name));
  });

  it('writes all that belongs to a new rule, and takes it away with the rule', () => {
    const before = textsIn(folder);
    const files = { 'rules/storage/new-rule.ts': RULE, ...fixturesOf('storage/new-rule') };
    const after = withFiles(files, () => {
      expect(generate()).toEqual({ status: 0, stderr: '' });
      return textsIn(folder);
    });
    const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
    expect(changed).toEqual([
      'docs/rules/new-rule.md',
      'schema/policy.schema.json',
      'src/cli/rule-index.generated.ts',
      'src/cli/rule-pages.generated.ts',
      'src/engine/registry.generated.ts',
      'src/policy/options-validators.generated.js',
      'src/policy/options/new-rule.generated.js',
    ]);
    expect(generate()).toEqual({ status: 0, stderr: '' });
    expect(textsIn(folder)).toEqual(before);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'a rule without fixtures',
      { 'rules/storage/new-rule.ts': RULE },
      'rules/storage/new-rule.ts has no fixtures. Write fixtures/rules/storage/new-rule/fail.yaml and fixtures/rules/storage/new-rule/pass.yaml, or a chart in a folder fail/ and pass/.',
    ],
    [
      'a rule with one of two fixtures',
      { 'rules/storage/new-rule.ts': RULE, 'fixtures/rules/storage/new-rule/fail.yaml': 'a: 1\n' },
      'rules/storage/new-rule.ts has no fixture pass.yaml. Write fixtures/rules/storage/new-rule/pass.yaml, or a chart in a folder pass/.',
    ],
    [
      'a rule that is in no group',
      { 'rules/new-rule.ts': RULE, ...fixturesOf('new-rule') },
      'rules/new-rule.ts is not in a group. Move it to rules/<group>/new-rule.ts.',
    ],
    [
      'a rule with the id of another',
      { 'rules/api/pvc-names.ts': RULE, ...fixturesOf('api/pvc-names') },
      'rules/storage/pvc-names.ts has the id of rules/api/pvc-names.ts. Rename one of them.',
    ],
    [
      'a rule whose name is not an id',
      { 'rules/storage/NewRule.ts': RULE, ...fixturesOf('storage/NewRule') },
      "rules/storage/NewRule.ts: the id of a rule is its file's name, such as probe-required. Rename the file.",
    ],
    [
      'a rule that throws',
      { 'rules/storage/new-rule.ts': `${RULE}throw new Error('It is broken.');\n`, ...fixturesOf('storage/new-rule') },
      'rules/storage/new-rule.ts does not load: It is broken.',
    ],
    [
      'a file that is not a rule',
      { 'rules/storage/new-rule.ts': 'export default 1;\n', ...fixturesOf('storage/new-rule') },
      'rules/storage/new-rule.ts does not export a rule as its default. Export defineRule({ … }).',
    ],
    [
      'options that are not a schema',
      {
        'rules/storage/new-rule.ts': RULE.replace("type: 'array'", "type: 'liszt'"),
        ...fixturesOf('storage/new-rule'),
      },
      'The options of rule new-rule cannot be compiled: schema is invalid: ',
    ],
    [
      'a rule with a mistake of syntax',
      { 'rules/storage/new-rule.ts': 'export default {{\n', ...fixturesOf('storage/new-rule') },
      'rules/storage/new-rule.ts does not load: [PARSE_ERROR] ',
    ],
    [
      'a rule that imports what is not there',
      { 'rules/storage/new-rule.ts': `import './nowhere.ts';\n${RULE}`, ...fixturesOf('storage/new-rule') },
      "rules/storage/new-rule.ts does not load: [UNRESOLVED_IMPORT] Could not resolve './nowhere.ts'",
    ],
  ])('writes nothing, and says why in one line, for %s', (_, files, message) => {
    const before = textsIn(folder);
    const { status, stderr } = withFiles(files, generate);
    expect(stderr.startsWith(`generate: ${message}`), stderr).toBe(true);
    expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
    expect(status).toBe(1);
    expect(textsIn(folder)).toEqual(before);
  });

  it('tells all that is wrong with several rules, a line each', () => {
    const files = { 'rules/storage/new-rule.ts': RULE, 'rules/other-rule.ts': RULE };
    const { status, stderr } = withFiles(files, generate);
    expect({ status, lines: stderr.trimEnd().split('\n').length }).toEqual({ status: 1, lines: 2 });
  });
});

describe('files that are written together', () => {
  it('are not written when one cannot be', () => {
    const root = folderWith({ 'a.txt': 'old', 'folder/b.txt': 'old', 'pages/old.md': 'old', file: '' });
    const texts = new Map([
      ['a.txt', 'new'],
      ['folder/b.txt', 'new'],
      ['file/c.txt', 'new'],
    ]);
    expect(() => writeAll(root, texts, ['pages'])).toThrow(/ENOTDIR|EEXIST/);
    expect(readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(
      ['a.txt', 'file', 'folder', join('folder', 'b.txt'), 'pages', join('pages', 'old.md')].toSorted(),
    );
    expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('old');
  });

  it('are left alone where they say the same, and what is no longer among them goes', () => {
    const root = folderWith({ 'a.txt': 'same', 'pages/old.md': 'old' });
    const before = statSync(join(root, 'a.txt')).mtimeMs;
    writeAll(
      root,
      new Map([
        ['a.txt', 'same'],
        ['pages/new.md', 'new'],
      ]),
      ['pages'],
    );
    expect(statSync(join(root, 'a.txt')).mtimeMs).toBe(before);
    expect(readdirSync(join(root, 'pages'))).toEqual(['new.md']);
  });
});
