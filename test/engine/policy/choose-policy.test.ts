import { describe, expect, it } from 'vitest';
import { choosePolicy } from '../../../src/engine/policy/choose-policy.ts';
import { RULES } from '../../../src/engine/registry.generated.ts';
import { BUILT_IN_POLICIES } from '../../../src/policy/built-in.generated.ts';
import { defineRule, type RuleLoader, type Rules } from '../../../src/rule/rule.ts';

/** The built-in rules and others, and the ids of those that were loaded. */
function countedRules(more: Readonly<Record<string, RuleLoader>> = {}): { rules: Rules; loaded: Set<string> } {
  const loaded = new Set<string>();
  const count = ([id, load]: readonly [string, RuleLoader]): [string, RuleLoader] => {
    return [id, () => (loaded.add(id), load())];
  };
  return { rules: new Map([...RULES, ...Object.entries(more)].map(count)), loaded };
}

function choose(text: string, rules: Rules): ReturnType<typeof choosePolicy> {
  return choosePolicy({ config: 'policy.yaml', readPolicyFile: () => text }, [], '/repo', rules);
}

/** The rules that a built-in policy names, and the one that holds anyway. */
async function idsOf(name: string): Promise<string[]> {
  const compiled = (await BUILT_IN_POLICIES.get(name)?.load())?.default;
  // What is switched off is known nevertheless: it can be named.
  const principles = [...(compiled?.principles ?? []), ...(compiled?.disabled ?? [])];
  return [
    ...new Set([
      ...principles.flatMap(({ checks, removed = [] }) => [...checks, ...removed].map(({ ruleId }) => ruleId)),
      'duplicate-keys',
    ]),
  ].toSorted();
}

const check = (id: string, rule: string): string => `  ${id}: { title: T, checks: [{ ${rule} }] }\n`;

describe('a run loads', () => {
  it.each([...BUILT_IN_POLICIES.keys()])('the rules that the built-in policy %s names, and no other', async (name) => {
    const { rules, loaded } = countedRules({ unnamed: () => Promise.reject(new Error('Nobody names it.')) });
    const { policy } = await choosePolicy({ policy: name }, [], '/repo', rules);
    expect(policy?.principles.flatMap(({ checks }) => checks)).not.toEqual([]);
    expect([...loaded].toSorted()).toEqual(await idsOf(name));
  });

  it('the rules that a policy file and its parents name, and no other', async () => {
    const { rules, loaded } = countedRules();
    const { errors } = await choose(`version: 1\nprinciples:\n${check('a', 'rule: values-unused')}`, rules);
    expect(errors).toEqual([]);
    // A repeated key is a finding under every policy.
    expect([...loaded]).toEqual(['values-unused', 'duplicate-keys']);

    const extending = countedRules();
    const text = `version: 1\nextends: [recommended]\nprinciples:\n${check('a', 'rule: values-unused')}`;
    expect((await choose(text, extending.rules)).errors).toEqual([]);
    expect([...extending.loaded].toSorted()).toEqual([...(await idsOf('recommended')), 'values-unused'].toSorted());
  });

  it('no rule to say that there is none of a name, or where an ignore names one', async () => {
    const { rules, loaded } = countedRules();
    const ignore = 'ignore: [{ rule: values-unused, reason: R }, { rule: values-unusd, reason: R }]';
    const { errors } = await choose(`version: 1\nprinciples:\n${check('a', 'rule: pvc-nmes')}${ignore}`, rules);
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining('Did you mean "pvc-names"?'),
      expect.stringContaining('Did you mean "values-unused"?'),
    ]);
    expect([...loaded]).toEqual([]);
  });
});

describe('options', () => {
  const own = defineRule({
    scope: 'chart',
    meta: {
      summary: 'Be somebody else’s',
      why: 'It is theirs.',
      help: 'Leave it.',
      references: [],
      severity: 'error',
      recommended: false,
      messages: { wrong: 'It is wrong.' },
      options: { type: 'object', properties: { size: { type: 'integer', default: 3 } } },
    },
    check() {},
  });

  it.each(['own-rule', 'values-unused'])('of a rule of one’s own called %s are read by its own schema', async (id) => {
    const { rules } = countedRules({ [id]: async () => ({ default: own }) });
    const optionsOf = async (options: string): Promise<unknown> => {
      const { policy, errors } = await choose(
        `version: 1\nprinciples:\n${check('a', `rule: ${id}, with: ${options}`)}`,
        rules,
      );
      return policy?.principles[0]?.checks[0]?.options ?? errors.map(({ message }) => message);
    };
    expect(await optionsOf('{ size: 4 }')).toEqual({ size: 4 });
    expect(await optionsOf('{}')).toEqual({ size: 3 });
    expect(await optionsOf('{ allow: [] }')).toEqual([expect.stringContaining('allow')]);
  });

  it('of every built-in rule are read by the validator that was compiled for it', async () => {
    for (const id of RULES.keys()) {
      const text = `version: 1\nprinciples:\n${check('a', `rule: ${id}, with: { nonsense: 1 }`)}`;
      const { errors } = await choose(text, RULES);
      expect(errors.length, id).toBeGreaterThan(0);
    }
  });
});
