import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../src/engine/registry.generated.ts';
import { readFixtures, runFixture } from './rule-fixtures.ts';

it('all rules are registered', () => {
  const files = readdirSync(new URL('../rules/', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));
  expect([...RULES.keys()]).toEqual(files.toSorted());
});

for (const [id, rule] of RULES) {
  describe(id, () => {
    const fixtures = readFixtures(id);

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
      expect(passing).not.toEqual([]);
      for (const fixture of passing) {
        expect(fixture.expected).toEqual([]);
        expect((await runFixture(id, rule, fixture)).applied.size, fixture.name).toBe(1);
      }
    });

    it('fires every message in some fail fixture', () => {
      const fired = new Set(fixtures.flatMap(({ expected }) => expected.map((marker) => marker.split(' ')[1])));
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
