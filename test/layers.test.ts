import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** A folder imports only from itself and from folders above it in this list. */
const LAYERS = ['text', 'yaml', 'kube', 'helm', 'bundle', 'rule', 'policy', 'engine', 'report', 'cli'];
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

function layerOf(file: string): number {
  return LAYERS.indexOf(/^src\/(\w+)\//.exec(file)?.[1] ?? '');
}

it('has imports to look at', () => {
  expect(imports.length).toBeGreaterThan(50);
});

it('imports only downwards', () => {
  const upward = imports.filter(({ file, imported }) => {
    return (
      layerOf(file) !== -1 &&
      (imported.startsWith('bin/') || (imported.startsWith('src/') && layerOf(imported) > layerOf(file)))
    );
  });
  expect(upward).toEqual([]);
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
  for (const name of readdirSync(join(ROOT, 'rules'))) {
    const text = readFileSync(join(ROOT, 'rules', name), 'utf8');
    expect(text, name).not.toMatch(/from 'node:|process\.|Date\b|Math\.random|^let /m);
  }
});
