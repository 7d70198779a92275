import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/engine/registry.generated.ts';
import type { CheckedRule, Result } from '../../src/engine/result.ts';
import { loadRules } from '../../src/rule/load-rules.ts';
import { reportSarif } from '../../src/report/sarif.ts';
import { HOSTILE, PLACE, SECRET, largeResult, resultCalled, resultTelling, sampleResult } from './hostile.ts';
import { finding, lint, resultOf } from './sample.ts';

const LOADED = await loadRules(RULES);
const ALL_RULES = [...LOADED].map(([id, rule]): CheckedRule => ({ id, rule, principles: ['secret-delegation'] }));

/** The official schema, which is of draft 4; it uses nothing of it that later drafts changed. */
function readSchema(): object {
  const { resolve } = createRequire(import.meta.url);
  const text = readFileSync(resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8');
  const { $schema: _, id: __, ...schema } = JSON.parse(text) as Record<string, unknown>;
  return schema;
}

// One of the schema's patterns is none in Unicode mode.
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:(?:[\w.~!$&'()*+,;=:@/?#-]|%[0-9A-F]{2})*$/i);
ajv.addFormat('uri-reference', /^(?:[a-z][a-z0-9+.-]*:|(?![^/]*:))(?:[\w.~!$&'()*+,;=:@/?#-]|%[0-9A-F]{2})*$/i);
ajv.addFormat('date-time', true);
const validate = ajv.compile(readSchema());

function runOf(result: Result) {
  const log = JSON.parse(reportSarif(result, '1.2.3'));
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log.runs[0];
}

describe('reportSarif', () => {
  it('is valid, whatever is found', () => {
    const errors = [
      { kind: 'render', message: 'It does not render.', location: undefined },
      { kind: 'input', message: 'Nothing to lint.', location: { ...PLACE, file: '<stdin>' } },
    ] as const;
    const results = [resultOf(), sampleResult(), resultCalled(HOSTILE), resultTelling(SECRET), resultOf({ errors })];
    expect(results.map((result) => runOf({ ...result, rules: ALL_RULES }).results.length)).toEqual([0, 2, 2, 2, 0]);
  });

  it('tells each finding with its place, its origins and its fingerprint', () => {
    const [result] = runOf(
      resultOf({
        sources: [lint('app.yaml', 'a: b\n')],
        findings: [
          finding(PLACE, {
            environments: ['prod'],
            chart: 'charts/app',
            values: [{ key: 'config.DB_PASSWORD', file: 'values prod.yaml', line: 3, column: 5 }],
            related: [{ message: 'It is read here.', location: { ...PLACE, endLine: 4, endColumn: 1 } }],
          }),
        ],
      }),
    ).results;
    expect(result).toEqual({
      ruleId: 'configmap-no-secret-keys',
      ruleIndex: 0,
      level: 'error',
      message: {
        text: 'ConfigMap app-config holds DB_PASSWORD, which belongs in a Secret. Move DB_PASSWORD to a Secret.',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'app.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 14 },
          },
          logicalLocations: [{ name: 'app-config', fullyQualifiedName: 'ConfigMap/app-config', kind: 'object' }],
        },
      ],
      relatedLocations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'app.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 3, startColumn: 3, endLine: 4, endColumn: 1 },
          },
          message: { text: 'It is read here.' },
        },
        {
          physicalLocation: {
            artifactLocation: { uri: 'values%20prod.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 3, startColumn: 5 },
          },
          message: { text: 'set here: config.DB_PASSWORD' },
        },
      ],
      partialFingerprints: { 'chartlint/v1': 'c0ffee' },
      suppressions: [],
      properties: {
        principle: 'secret-delegation',
        clause: '2.2',
        messageId: 'secretKey',
        environments: ['prod'],
        chart: 'charts/app',
        path: ['data', 'DB_PASSWORD'],
      },
    });
  });

  it('describes the rules of the policy, and what is no rule', () => {
    const rule = LOADED.get('configmap-no-secret-keys');
    if (rule === undefined) throw new Error('The rule is built in.');
    const { rules, notifications } = runOf(
      resultOf({
        rules: [{ id: 'configmap-no-secret-keys', rule, principles: ['secret-delegation', 'own'] }],
        principles: [
          { id: 'secret-delegation', clause: '2.2, 3', title: 'Secrets', status: 'failed', findings: 1 },
          { id: 'own', clause: undefined, title: 'Own', status: 'passed', findings: 0 },
          { id: 'ignores', clause: undefined, title: 'Every ignore is needed', status: 'failed', findings: 1 },
        ],
        findings: [finding(PLACE), finding(PLACE, { principle: 'ignores', rule: 'ignores', severity: 'warning' })],
      }),
    ).tool.driver;
    expect(rules).toHaveLength(2);
    expect(rules[0]).toMatchObject({
      id: 'configmap-no-secret-keys',
      shortDescription: { text: `${rule.meta.summary}.` },
      fullDescription: { text: rule.meta.why },
      helpUri: rule.meta.references[0],
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['secret-delegation', 'clause-2.2', 'clause-3', 'own'] },
    });
    expect(rules[0].help.markdown).toMatch(/^# configmap-no-secret-keys\n/);
    expect(rules[0].help.text).not.toContain('{{');
    expect(rules[1]).toEqual({
      id: 'ignores',
      shortDescription: { text: 'Every ignore is needed' },
      fullDescription: { text: 'Every ignore is needed' },
      help: { text: 'Move DB_PASSWORD to a Secret.' },
      defaultConfiguration: { level: 'warning' },
      properties: { tags: ['ignores'] },
    });
    expect(notifications.map(({ id }: { id: string }) => id)).toEqual(['syntax', 'render', 'config', 'input', 'rule']);
    // GitHub's code scanning requires all of them.
    for (const descriptor of [...rules, ...notifications]) {
      for (const field of ['shortDescription', 'fullDescription', 'help']) expect(descriptor[field].text).not.toBe('');
    }
  });

  it.each([
    ['comment', 'inSource'],
    ['annotation', 'inSource'],
    ['policy', 'external'],
    ['baseline', 'external'],
  ] as const)('keeps what a %s suppresses as %s', (by, kind) => {
    const { results } = runOf(resultOf({ findings: [finding(PLACE, { suppressed: { by, reason: 'Agreed.' } })] }));
    expect(results[0].suppressions).toEqual([
      { kind, status: 'accepted', justification: 'Agreed.', properties: { by } },
    ]);
  });

  it('says that a run with errors was not successful', () => {
    const location = { ...PLACE, file: 'b.yaml' };
    const errors = [{ kind: 'syntax', message: 'Not {{ valid }} [YAML](x).', location }] as const;
    expect(runOf(resultOf()).invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
    expect(runOf(resultOf({ errors })).invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          descriptor: { id: 'syntax' },
          level: 'error',
          message: { text: 'Not {{{{ valid }}}} [YAML] (x).' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'b.yaml' } } }],
        },
      ],
    });
  });

  it.each([
    ['charts/앱/a b#?.yaml', { uri: 'charts/%EC%95%B1/a%20b%23%3F.yaml', uriBaseId: '%SRCROOT%' }],
    ['c:d.yaml', { uri: 'c%3Ad.yaml', uriBaseId: '%SRCROOT%' }],
    ['../a%.yaml', { uri: '../a%25.yaml', uriBaseId: '%SRCROOT%' }],
    ['/tmp/a b.yaml', { uri: 'file:///tmp/a%20b.yaml' }],
    ['<stdin>', { uri: '%3Cstdin%3E' }],
    ['\ud800.yaml', { uri: '%EF%BF%BD.yaml', uriBaseId: '%SRCROOT%' }],
  ])('writes the name %j as a URI', (file, expected) => {
    const { results } = runOf(resultOf({ findings: [finding({ ...PLACE, file })] }));
    expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual(expected);
  });

  it('names no place twice, shows no secrets, and takes many findings', () => {
    const note = { message: 'Here.', location: PLACE };
    const { results } = runOf(resultOf({ findings: [finding(PLACE, { related: [note, { ...note }] })] }));
    expect(results[0].relatedLocations).toHaveLength(1);
    expect(reportSarif(resultTelling(SECRET), '1')).not.toContain(SECRET);
    expect(JSON.parse(reportSarif(largeResult(10_000), '1')).runs[0].results).toHaveLength(10_000);
  });
});
