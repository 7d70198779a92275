import { describe, expect, it } from 'vitest';
import { readPeerChecks } from '../scripts/peer-checks.mjs';
import { RULES } from '../src/engine/registry.generated.ts';
import { compileOptions } from '../src/rule/compile-options.ts';
import { loadRules } from '../src/rule/load-rules.ts';
import { ROOT } from './cli/chartlint.ts';

const CHECKS = readPeerChecks(ROOT);
const RULE_OF = await loadRules(RULES);
const COVERED = new Set([...RULE_OF.values()].flatMap(({ meta }) => meta.covers ?? []));

describe('every check of another linter', () => {
  it('is in the table once, with what it is by default', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, initial } of CHECKS) {
      expect(initial, id).toMatch(/^(?:on|off|template|warning|danger|low|medium|high|critical|baseline|restricted)$/);
    }
  });

  it('has a home: a rule that covers it, another one, Helm, a rule of one’s own, or a reason why it has none', () => {
    const homeless = CHECKS.filter(({ id, home, note }) => {
      if (COVERED.has(id)) return home !== '';
      return !(RULES.has(home) || ((home === 'helm' || home === 'own' || home === 'none') && note !== ''));
    });
    expect(homeless.map(({ id, home }) => `${id} ${home}`)).toEqual([]);
  });

  it('has options that its rules take', () => {
    for (const { id, options, home } of CHECKS) {
      for (const [ruleId, written] of Object.entries(options)) {
        const rule = RULE_OF.get(ruleId);
        expect(rule?.meta.covers?.includes(id) === true || home === ruleId, `${id} ${ruleId}`).toBe(true);
        const validate = compileOptions(rule?.meta.options);
        expect(validate(structuredClone(written)), `${id} ${JSON.stringify(validate.errors)}`).toBe(true);
      }
    }
  });
});

it('a rule covers checks that there are', () => {
  const known = new Set(CHECKS.map(({ id }) => id));
  expect([...COVERED].filter((id) => !known.has(id))).toEqual([]);
});
