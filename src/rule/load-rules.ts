import type { Rule, Rules } from './rule.ts';

/**
 * Loads rules, all at once.
 * @param ids those to load, all by default; what is not the id of a rule is left out
 */
export async function loadRules(
  rules: Rules,
  ids: Iterable<string> = rules.keys(),
): Promise<ReadonlyMap<string, Rule>> {
  const loaded = [...new Set(ids)].flatMap((id) => {
    const load = rules.get(id);
    return load === undefined ? [] : load().then(({ default: rule }) => [[id, rule] as const]);
  });
  return new Map((await Promise.all(loaded)).flat());
}
