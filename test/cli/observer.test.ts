import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chartlintJson, ROOT } from './chartlint.ts';

/** Principles that only a chart can break, not its manifests. */
const OF_CHARTS = ['chart-layout', 'environments', 'values-used'];
const BROKEN = 'fixtures/manifests/broken';

describe("the Observer's manifests", () => {
  it.each(['dev', 'prod'])('%s is clean under its policy, from standard input', (environment) => {
    const input = readFileSync(join(ROOT, `fixtures/manifests/observer/${environment}.yaml`));
    const { status, stderr, report } = chartlintJson(['-', '--policy', 'observer'], { input });
    expect({ status, stderr, findings: report.findings, errors: report.errors }).toEqual({
      status: 0,
      stderr: '',
      findings: [],
      errors: [],
    });
    const notApplicable = report.principles.filter(({ status: found }) => found !== 'passed').map(({ id }) => id);
    expect(notApplicable).toEqual(['secret-keys', 'sealed-secrets', ...OF_CHARTS]);
  });

  it('are clean under the recommended policy', () => {
    const { status, report } = chartlintJson(['fixtures/manifests/observer', '--policy', 'recommended']);
    expect(report.findings).toEqual([]);
    expect(status).toBe(0);
  });
});

describe('a broken sibling of the Observer chart', () => {
  const manifests = readdirSync(join(ROOT, BROKEN)).toSorted();

  it('exists for every principle that manifests can break', () => {
    const { report } = chartlintJson([`fixtures/manifests/observer/prod.yaml`, '--policy', 'observer']);
    const broken = new Set(manifests.map((name) => name.split('--')[0]));
    const unbroken = report.principles.map(({ id }) => id).filter((id) => !broken.has(id));
    // Their siblings are linted as charts, in charts.test.ts.
    expect(unbroken).toEqual(OF_CHARTS);
  });

  it.each(manifests)('%s has findings exactly where it is marked', (name) => {
    const lines = readFileSync(join(ROOT, BROKEN, name), 'utf8').split('\n');
    const expected = lines.flatMap((line, index) => {
      const principles = /# expect: ([\w, -]+)/.exec(line)?.[1]?.split(',') ?? [];
      return principles.map((principle) => `${index + 1} ${principle.trim()}`);
    });
    const { status, report } = chartlintJson([`${BROKEN}/${name}`, '--policy', 'observer']);
    const found = report.findings.map(({ location, principle }) => `${location.line} ${principle}`);
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(report.errors).toEqual([]);
    expect(status).toBe(report.findings.some(({ severity }) => severity === 'error') ? 1 : 0);
  });
});
