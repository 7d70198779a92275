import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BUILT_IN_POLICIES } from '../src/policy/built-in.generated.ts';
import { linkPolicy } from '../src/policy/compiled.ts';
import { RULES } from '../src/engine/registry.generated.ts';
import { lintGroup } from '../src/engine/run/lint-group.ts';
import type { Result } from '../src/engine/result.ts';
import { makeReport, reportJson } from '../src/report/json.ts';
import { reportPretty } from '../src/report/pretty.ts';
import { SourceText, type Location } from '../src/text/source.ts';
import { ROOT } from './cli/chartlint.ts';
import { fixturesFolderOf, RULE_PATHS } from './rule-files.ts';

/** Real manifests: the Observer's, and what every rule's fixtures hold. */
const TEXTS = [
  'fixtures/manifests/observer',
  'fixtures/manifests/broken',
  ...[...RULE_PATHS.keys()].map(fixturesFolderOf),
].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
);
const POLICIES = await Promise.all(
  [...BUILT_IN_POLICIES.values()].map(async ({ load }) => linkPolicy((await load()).default, RULES)),
);

/** Values that no author of a rule thought of. */
const ODD = [
  'null',
  '~',
  '[]',
  '{}',
  '""',
  '0',
  '-1',
  '1e999',
  'yes',
  '[null]',
  '{a: {b: c}}',
  '*x',
  '&x y',
  '|',
  '!!int x',
  '"\\e[31m"',
  "'",
  '{',
  '- -',
  '__proto__',
  '$(X)',
  '{{ .x }}',
  '\t',
  '🙂',
];

const mutation = fc.record({
  line: fc.nat(),
  kind: fc.constantFrom('delete', 'duplicate', 'swap', 'indent', 'outdent', 'value', 'key', 'cut', 'insert'),
  odd: fc.constantFrom(...ODD),
});

function mutate(text: string, mutations: readonly { line: number; kind: string; odd: string }[]): string {
  const lines = text.split('\n');
  for (const { line, kind, odd } of mutations) {
    const at = line % lines.length;
    const old = lines[at] ?? '';
    if (kind === 'delete') lines.splice(at, 1);
    else if (kind === 'duplicate') lines.splice(at, 0, old);
    else if (kind === 'swap') lines.splice(at, 2, lines[at + 1] ?? '', old);
    else if (kind === 'indent') lines[at] = `  ${old}`;
    else if (kind === 'outdent') lines[at] = old.replace(/^ {2}/, '');
    else if (kind === 'value') lines[at] = old.replace(/: .*$|:$/, `: ${odd}`);
    else if (kind === 'key') lines[at] = old.replace(/[\w.-]+:/, `${odd}:`);
    else if (kind === 'cut') lines[at] = old.slice(0, old.length / 2);
    else lines.splice(at, 0, odd);
    if (lines.length === 0) return '';
  }
  return lines.join('\n');
}

async function run(text: string, policyIndex: number): Promise<Result> {
  const policy = POLICIES[policyIndex];
  if (policy === undefined) throw new Error('no policy');
  const loaded = { inputs: [{ name: 'm.yaml', sources: [new SourceText('m.yaml', text)], charts: [] }], errors: [] };
  return lintGroup({
    loaded,
    policy,
    namespace: undefined,
    isPartial: false,
    isPolicyWhole: true,
    allowEmpty: true,
    today: '2026-01-01',
  });
}

function expectInside(location: Location, source: SourceText): void {
  const { line, column, endLine, endColumn } = location;
  expect(line).toBeGreaterThanOrEqual(1);
  expect(endLine).toBeLessThanOrEqual(source.lineCount);
  expect(column).toBeGreaterThanOrEqual(1);
  expect(column).toBeLessThanOrEqual(source.lineAt(line).length + 1);
  expect(endColumn).toBeLessThanOrEqual(source.lineAt(endLine).length + 1);
  expect(endLine > line || (endLine === line && endColumn >= column)).toBe(true);
}

it('survives any mutation of real manifests: no crash, every location inside its file, a stable order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...TEXTS),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
      fc.nat(POLICIES.length - 1),
      async (text, mutations, policy) => {
        const mutated = mutate(text, mutations);
        const result = await run(mutated, policy);
        const source = new SourceText('m.yaml', mutated);
        expect(result.errors.filter(({ kind }) => kind === 'rule')).toEqual([]);
        for (const { location, related, message, help } of result.findings) {
          expectInside(location, source);
          for (const place of related) expectInside(place.location, source);
          expect(message + help).not.toMatch(/\{\{|undefined|\[object/);
        }
        for (const { location } of result.errors) if (location !== undefined) expectInside(location, source);
        expect(JSON.stringify(makeReport(await run(mutated, policy), ''))).toBe(JSON.stringify(makeReport(result, '')));
        expect(new Set(result.findings.map(({ fingerprint }) => fingerprint)).size).toBe(result.findings.length);
        expect(reportJson(result, '')).toBeTruthy();
        expect(await reportPretty(result, { color: false, width: 80, quiet: false, verbose: true })).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/,
        );
      },
    ),
    { numRuns: Number(process.env['MUTATIONS'] ?? 400), seed: Number(process.env['SEED'] ?? 1) },
  );
}, 300_000);

it('finds the same, whatever stands above', async () => {
  for (const text of TEXTS) {
    const fingerprints = async (prefix: string): Promise<string[]> => {
      return (await run(prefix + text, 0)).findings.map(({ fingerprint }) => fingerprint).toSorted();
    };
    expect(await fingerprints('# moved\n# down\n')).toEqual(await fingerprints(''));
  }
});
