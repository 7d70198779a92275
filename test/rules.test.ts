import { describe, expect, it } from 'vitest';
import { RULES } from '../src/engine/registry.generated.ts';
import { loadRules } from '../src/rule/load-rules.ts';
import { readChartFixtures, readFixtures, runChartFixture, runFixture } from './rule-fixtures.ts';
import { RULE_PATHS } from './rule-files.ts';

it('all rules are registered', () => {
  expect([...RULES.keys()]).toEqual([...RULE_PATHS.keys()]);
});

for (const [id, rule] of await loadRules(RULES)) {
  describe(id, () => {
    const fixtures = readFixtures(id);
    const charts = readChartFixtures(id);

    it.each(charts)('$name has findings exactly where it is marked', async (fixture) => {
      const { findings, errors } = await runChartFixture(id, rule, fixture);
      expect(errors).toEqual([]);
      const found = findings.map(({ location, messageId }) => `${location.file} ${location.line} ${messageId}`);
      expect(found.toSorted()).toEqual(fixture.expected);
    });

    it.each(fixtures)('$name has findings exactly where it is marked', async (fixture) => {
      const { findings, crashes } = await runFixture(id, rule, fixture);
      expect(crashes).toEqual([]);
      const found = findings.map(({ cursor, messageId }) => {
        return `${cursor.document.source.positionAt(cursor.range.start).line} ${messageId}`;
      });
      expect(found.toSorted()).toEqual(fixture.expected);
    });

    it('has pass fixtures with a subject and no marker', async () => {
      const passing = fixtures.filter(({ name }) => name.startsWith('pass'));
      const passingCharts = charts.filter(({ name }) => name.startsWith('pass'));
      expect([...passing, ...passingCharts]).not.toEqual([]);
      for (const chart of passingCharts) {
        expect(chart.expected).toEqual([]);
        expect((await runChartFixture(id, rule, chart)).principles).toMatchObject([{ status: 'passed' }]);
      }
      for (const fixture of passing) {
        expect(fixture.expected).toEqual([]);
        expect((await runFixture(id, rule, fixture)).applied.size, fixture.name).toBe(1);
      }
    });

    it('fires every message in some fail fixture', () => {
      const markers = [...fixtures, ...charts].flatMap(({ expected }) => expected);
      const fired = new Set(markers.map((marker) => marker.split(' ').at(-1)));
      expect([...fired].toSorted()).toEqual(Object.keys(rule.meta.messages).toSorted());
    });

    it('describes itself in the house style', () => {
      const { summary, why, help, messages, references } = rule.meta;
      expect(summary).toMatch(/^[A-Z][^\n]*[^.\n]$/);
      expect(references).not.toEqual([]);
      for (const text of [
        why,
        ...Object.values(messages),
        ...(typeof help === 'string' ? [help] : Object.values(help)),
      ]) {
        expect(text).toMatch(/^[A-Z{$][^\n]*[.!]$/);
      }
    });
  });
}
