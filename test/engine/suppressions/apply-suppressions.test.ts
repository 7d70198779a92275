import { describe, expect, it } from 'vitest';
import { readResources, type Resource } from '../../../src/bundle/resource.ts';
import { lintGroup, type LintRequest } from '../../../src/engine/run/lint-group.ts';
import { RULES } from '../../../src/engine/registry.generated.ts';
import type { Finding, Result } from '../../../src/engine/result.ts';
import { RenderedText } from '../../../src/helm/provenance/rendered-text.ts';
import { NO_ORIGIN } from '../../../src/helm/value/origin.ts';
import {
  applySuppressions,
  type Suppressed,
  type SuppressRequest,
} from '../../../src/engine/suppressions/apply-suppressions.ts';
import { suppressionFindings } from '../../../src/engine/suppressions/ignore-findings.ts';
import type { Check, Policy } from '../../../src/policy/policy.ts';
import { OPTIONS_VALIDATORS } from '../../../src/policy/options-validators.generated.js';
import { SourceText, type Location } from '../../../src/text/source.ts';
import { parseDocuments } from '../../../src/yaml/parse.ts';
import { finding } from '../../report/sample.ts';

const TODAY = '2027-03-01';

async function check(ruleId: string): Promise<Check> {
  const [rule, validator] = await Promise.all([RULES.get(ruleId)?.(), OPTIONS_VALIDATORS.get(ruleId)?.()]);
  const options = {};
  if (rule === undefined || validator?.default(options) !== true) throw new Error(`no rule ${ruleId}`);
  return { ruleId, rule: rule.default, match: {}, options };
}

const ABOUT = { clause: undefined, title: 'T', rationale: undefined, severity: undefined };
const POLICY: Policy = {
  name: 'team',
  file: 'chartlint.yaml',
  release: {},
  environments: [],
  externals: [],
  schemas: [],
  unknownKinds: 'allow',
  podKinds: [],
  principles: [
    { ...ABOUT, id: 'literals', checks: [await check('env-no-literals')] },
    { ...ABOUT, id: 'strings', checks: [await check('configmap-string-values')] },
  ],
  disabled: [{ ...ABOUT, id: 'host-path', checks: [await check('host-path-allowed')] }],
  ignores: [],
};

/** What a run with --only has. */
const PARTIAL = { isPartial: true, isPolicyWhole: false };

function run(files: Readonly<Record<string, string>>, changes: Partial<LintRequest> = {}): Promise<Result> {
  const inputs = Object.entries(files).map(([name, text]) => ({
    name,
    sources: [new SourceText(name, text)],
    charts: [],
  }));
  const loaded = { inputs, errors: [] };
  return lintGroup({
    loaded,
    policy: POLICY,
    rules: RULES,
    namespace: undefined,
    isPartial: false,
    isPolicyWhole: true,
    allowEmpty: false,
    today: TODAY,
    ...changes,
  });
}

function unused({ suppressions }: Suppressed): Finding[] {
  return suppressionFindings(suppressions, 'unused');
}

/** `line messageId, and by what and why it is suppressed`; errors after them. */
function told({ findings, errors }: Pick<Result, 'findings' | 'errors'>): string[] {
  return [
    ...findings.map(({ location, messageId, suppressed }) => {
      return `${location.line} ${messageId}${suppressed === undefined ? '' : ` – ${suppressed.by}: ${suppressed.reason}`}`;
    }),
    ...errors.map(({ kind, location, message }) => `${location?.line} ${kind}: ${message}`),
  ];
}

const configMap = (line: string, annotations = '{}'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: ${annotations}}\ndata:\n${line}\n`;

describe('a comment in a manifest', () => {
  it('accepts the findings of its rule, or of its principle, in its line', async () => {
    expect(told(await run({ 'a.yaml': configMap('  A: 1 # chartlint-ignore strings: why') }))).toEqual([
      '5 unquoted – comment: why',
    ]);
    const above = configMap('  # chartlint-ignore configmap-string-values: why\n  A: 1\n  B: 2');
    const result = await run({ 'a.yaml': above });
    expect(told(result)).toEqual(['6 unquoted – comment: why', '7 unquoted']);
    expect(result.summary).toMatchObject({ errors: 1, suppressed: 1 });
    expect(result.principles[1]).toMatchObject({ id: 'strings', status: 'failed', findings: 1 });
  });

  it('goes before an annotation and the policy; all of them are used', async () => {
    const text = configMap('  A: 1 # chartlint-ignore strings: here', '{"chartlint/ignore": "strings: there"}');
    const ignore = { rule: undefined, resource: undefined, path: undefined, until: undefined };
    const place = { file: 'chartlint.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };
    const ignores = [{ ...ignore, principle: 'strings', reason: 'policy', place }];
    expect(told(await run({ 'a.yaml': text }, { policy: { ...POLICY, ignores } }))).toEqual([
      '5 unquoted – comment: here',
    ]);
  });

  it('counts on its last day and not after', async () => {
    const until = (day: string): string => configMap(`  A: 1 # chartlint-ignore strings: why (until ${day})`);
    expect(told(await run({ 'a.yaml': until('2027-03-01') }))).toEqual(['5 unquoted – comment: why']);
    const result = await run({ 'a.yaml': until('2027-02-28') });
    expect(told(result)).toEqual(['5 unquoted', '5 expired']);
    expect(result.findings[1]).toMatchObject({
      principle: 'ignores',
      severity: 'warning',
      message: 'This ignore of strings expired on 2027-02-28: why',
      location: { file: 'a.yaml', line: 5, column: 8 },
    });
  });

  it('is told when it is unused, id by id', async () => {
    const text = configMap(
      '  # chartlint-ignore strings, literals: why\n  A: 1\n  # chartlint-ignore literals: too\n  B: b',
    );
    const { findings } = await run({ 'a.yaml': text });
    expect(findings.map(({ location, message }) => `${location.line} ${message}`)).toEqual([
      '5 This ignore of literals matches no finding.',
      '6 ConfigMap a has a number for A where the API server accepts only a string.',
      '7 This ignore of literals matches no finding.',
    ]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });

  it('is not judged by a policy that does not check its rule, nor by part of a run', async () => {
    const unused = (id: string): { 'a.yaml': string } => ({
      'a.yaml': configMap(`  A: a # chartlint-ignore ${id}: why`),
    });
    expect(told(await run(unused('env-no-literals')))).toEqual(['5 unused']);
    expect(told(await run(unused('host-path')))).toEqual(['5 unused']);
    expect(told(await run(unused('host-path-allowed')))).toEqual([]);
    expect(told(await run(unused('pvc-names')))).toEqual([]);
    expect(told(await run(unused('literals'), PARTIAL))).toEqual([]);
    expect(told(await run(unused('nonsense'), PARTIAL))).toEqual([]);
    expect(told(await run({ ...unused('literals'), 'b.yaml': 'a: [' }))).toHaveLength(1);
  });

  it('is an error when it cannot be followed, and accepts nothing', async () => {
    const lines = ['  A: 1 # chartlint-ignore strings', '  B: 2 # chartlint-ignore strings, string: why'];
    expect(told(await run({ 'a.yaml': configMap(lines.join('\n'), '{"chartlint/ignore": 1}') }))).toEqual([
      '5 unquoted',
      '6 unquoted',
      '3 config: This annotation ignores nothing. Write chartlint/ignore: "ID: reason; ID: reason".',
      '5 config: This ignore gives no reason. Write # chartlint-ignore ID: reason.',
      '6 config: The policy team has no principle or rule string, which this ignore names. Did you mean strings?',
    ]);
  });
});

describe('an annotation', () => {
  const pod = (annotations: string): string =>
    `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\n  annotations:\n    chartlint/ignore: ${annotations}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers: [{name: c, image: i, env: [{name: A, value: a}]}]\n---\n`;

  it('accepts the findings of its object, and of the Pods in it', async () => {
    const text = pod('"literals: why (until 2027-03-01)"') + configMap('  A: 1').replace('name: a', 'name: b');
    expect(told(await run({ 'a.yaml': text }))).toEqual(['12 literal – annotation: why', '18 unquoted']);
  });

  it('is told when it is unused or expired', async () => {
    const parts = '|\n      literals: why;\n      strings: "a: b";\n      literals: once (until 2026-01-01);\n';
    const { findings } = await run({ 'a.yaml': pod(parts) });
    expect(findings.map(({ message, resource }) => `${resource?.name}: ${message}`)).toEqual([
      'a: This ignore of literals expired on 2026-01-01: once',
      'a: This ignore of strings matches no finding.',
      'a: Container c sets A to a literal value.',
    ]);
  });

  it('speaks of its object alone, even of two with one name', async () => {
    const one = pod('"literals: why"');
    const two = one.replace('chartlint/ignore', 'other');
    expect(told(await run({ 'a.yaml': one, 'b.yaml': two }))).toEqual(['12 literal – annotation: why', '12 literal']);
  });

  it.each(['', '" ; "', '{a: b}', 'literals', '"literals: one; two"'])('is an error as %s', async (value) => {
    const { errors } = await run({ 'a.yaml': pod(value) });
    expect(errors.map(({ kind, location }) => `${kind} ${location?.line}`)).toEqual(['config 6']);
  });
});

describe('applySuppressions', () => {
  const at = (file: string, line: number): Location => ({ file, line, column: 3, endLine: line, endColumn: 4 });
  const request = (findings: readonly Finding[], files: Readonly<Record<string, string>>): SuppressRequest => ({
    findings,
    sources: Object.entries(files).map(([file, text]) => new SourceText(file, text)),
    resources: [],
    policy: POLICY,
    known: undefined,
    today: TODAY,
  });
  const COMMENT = '# chartlint-ignore literals: why\na: 1\n';
  const accepted = ({ findings }: Suppressed): boolean[] => findings.map(({ suppressed }) => suppressed !== undefined);

  it('looks at the place, at the place in the manifest and at the values keys', () => {
    const findings = [
      finding(at('templates/a.yaml', 2), { principle: 'literals', rendered: at('out.yaml', 9) }),
      finding(at('templates/a.yaml', 9), { principle: 'literals', rendered: at('out.yaml', 2) }),
      finding(at('templates/a.yaml', 9), {
        principle: 'literals',
        values: [
          { key: 'b', file: 'values.yaml', line: 9, column: 1 },
          { key: 'a', file: 'values-prod.yaml', line: 2, column: 1 },
        ],
      }),
      finding(at('templates/a.yaml', 9), { principle: 'literals' }),
    ];
    expect(accepted(applySuppressions(request(findings, { 'templates/a.yaml': COMMENT })))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(accepted(applySuppressions(request(findings, { 'out.yaml': COMMENT })))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    const values = { 'values.yaml': COMMENT, 'values-prod.yaml': COMMENT };
    const result = applySuppressions(request(findings, values));
    expect(accepted(result)).toEqual([false, false, true, false]);
    expect(unused(result).map(({ location }) => location.file)).toEqual(['values.yaml']);
  });

  it('counts one use in any environment for what is written once', () => {
    const resources = ['dev', 'prod'].flatMap((file): Resource[] => {
      const text = configMap('  A: a', '{"chartlint/ignore": "literals: why; strings: why; pvc"}');
      const documents = [...parseDocuments(new SourceText(file, text))];
      return documents.flatMap(({ document }) => (document === undefined ? [] : readResources(document).resources));
    });
    const template = at('templates/a.yaml', 3);
    const findings = [finding(template, { principle: 'literals', environments: ['prod'], resource: resources[1] })];
    const result = applySuppressions({ ...request(findings, {}), resources, locate: () => template });
    expect(accepted(result)).toEqual([true]);
    expect(unused(result).map(({ message }) => message)).toEqual(['This ignore of strings matches no finding.']);
    expect(result.errors).toHaveLength(1);
  });

  it('reads no comments of what Helm has rendered', () => {
    const sources = [new RenderedText('chart', 'dev', COMMENT, NO_ORIGIN)];
    expect(applySuppressions({ ...request([], {}), sources }).suppressions).toEqual([]);
  });

  it('keeps what is suppressed already, and all findings in their order', () => {
    const suppressed = { by: 'baseline', reason: 'before' } as const;
    const findings = [
      finding(at('a.yaml', 2), { principle: 'literals', suppressed }),
      finding(at('a.yaml', 1), { principle: 'literals' }),
      finding(at('a.yaml', 2), { principle: 'other', rule: 'literals' }),
    ];
    const result = applySuppressions(request(findings, { 'a.yaml': COMMENT }));
    expect(result).toEqual({
      findings: [findings[0], findings[1], { ...findings[2], suppressed: { by: 'comment', reason: 'why' } }],
      errors: [],
      suppressions: [{ key: expect.any(String), state: 'used' }],
    });
  });
});
