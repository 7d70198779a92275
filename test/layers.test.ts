import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULE_PATHS } from './rule-files.ts';

const ROOT = join(import.meta.dirname, '..');

/**
 * The rooms of each house, from the ground up: a room imports only from itself and from rooms before it. Files that lie in
 * the house itself, in no room of it, stand below its rooms (`'.'` first) or above them (`'.'` last).
 */
const HOUSES: Readonly<Record<string, readonly string[]>> = {
  src: [
    'text',
    'files',
    'memory',
    're2',
    'yaml',
    'kube',
    'helm',
    'bundle',
    'rule',
    'policy',
    'engine',
    'report',
    'cli',
    '.',
  ],
  'src/helm': [
    ...['value', 'provenance', 'go', 'codec', 'schema', 'values', 'chart', 'flags', 'load', 'prepare'],
    ...['functions', 'template', 'manifest', '.'],
  ],
  'src/engine': [
    ...[
      '.',
      'baseline',
      'policy',
      'inputs',
      'render',
      'dependencies',
      'documents',
      'schemas',
      'check',
      'findings',
      'suppressions',
      'trace',
    ],
    ...['run', 'init'],
  ],
  'src/report': ['redact', '.', 'html'],
};
const RULES_MAY_IMPORT = ['src/rule', 'src/bundle', 'src/kube', 'src/text', 'src/yaml'];
/** The one module that brings the rules into src/. */
const REGISTRY = 'src/engine/registry.generated.ts';

const imports = ['bin', 'src', 'rules'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => importsOf(join(folder, name))),
);

function importsOf(file: string): { file: string; imported: string }[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => ({
    file: file.replaceAll('\\', '/'),
    imported: relative(ROOT, join(ROOT, dirname(file), match[1] ?? '')).replaceAll('\\', '/'),
  }));
}

/** The room of a house that a file lies in, `'.'` for the house itself; undefined for a file outside of it. */
function roomOf(house: string, file: string): string | undefined {
  if (!file.startsWith(`${house}/`)) return undefined;
  const [first = '', ...rest] = file.slice(house.length + 1).split('/');
  return rest.length === 0 ? '.' : first;
}

it('has imports to look at', () => {
  expect(imports.length).toBeGreaterThan(50);
});

describe.each(Object.entries(HOUSES))('%s', (house, rooms) => {
  it('is listed room by room', () => {
    const folders = readdirSync(join(ROOT, house), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(rooms.filter((room) => room !== '.').toSorted());
  });

  it('is drawn in CONTRIBUTING, in the same order', () => {
    const drawn =
      readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').split(`### \`${house}/\``)[1]?.split('\n#')[0] ?? '';
    const folders = [...drawn.matchAll(/^\| `([\w-]+)\/`/gm)].map((match) => match[1]);
    expect(folders).toEqual(rooms.filter((room) => room !== '.'));
  });

  it('imports only downwards', () => {
    const upward = imports.filter(({ file, imported }) => {
      const [from, to] = [roomOf(house, file), roomOf(house, imported)];
      return from !== undefined && to !== undefined && rooms.indexOf(to) > rooms.indexOf(from);
    });
    expect(upward.map(({ file, imported }) => `${file} imports ${imported}`)).toEqual([]);
  });
});

it('draws every group of rules in CONTRIBUTING', () => {
  const drawn = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').split('### `rules/`')[1] ?? '';
  const groups = readdirSync(join(ROOT, 'rules'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect([...drawn.matchAll(/^\| `([\w-]+)\/`/gm)].map((match) => match[1])).toEqual(
    groups.map(({ name }) => name).toSorted(),
  );
});

it('imports nothing of bin/ from src/', () => {
  expect(imports.filter(({ file, imported }) => file.startsWith('src/') && imported.startsWith('bin/'))).toEqual([]);
});

it('imports no entry point and no rule from src/, but for the registry', () => {
  const wrong = imports.filter(
    ({ file, imported }) =>
      file.startsWith('src/') && file !== REGISTRY && (imported.startsWith('rules/') || imported === 'src/index.ts'),
  );
  expect(wrong).toEqual([]);
});

it('lets rules import only the model, what a rule is, and plain facts', () => {
  const wrong = imports.filter(
    ({ file, imported }) =>
      file.startsWith('rules/') && !RULES_MAY_IMPORT.some((folder) => imported.startsWith(`${folder}/`)),
  );
  expect(wrong).toEqual([]);
});

it('reads files in one way', () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => {
    return name.endsWith('.ts') && !name.startsWith('files');
  });
  for (const name of files) {
    const text = readFileSync(join(ROOT, 'src', name), 'utf8');
    expect(text, name).not.toMatch(/\b(?:readFileSync|createReadStream|node:fs\/promises)\b/);
  }
});

it('has no circles', () => {
  const graph = new Map<string, string[]>();
  for (const { file, imported } of imports) graph.set(file, [...(graph.get(file) ?? []), imported]);
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    expect(trail, `a circle: ${[...trail, file].join(' → ')}`).not.toContain(file);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
});

it('keeps rules pure: no files, no network, no processes, no clock', () => {
  for (const path of RULE_PATHS.values()) {
    const text = readFileSync(join(ROOT, 'rules', `${path}.ts`), 'utf8');
    expect(text, path).not.toMatch(/from 'node:|process\.|Date\b|Math\.random|^let /m);
  }
});
