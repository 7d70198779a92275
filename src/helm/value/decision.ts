import { isTrue } from './truth.ts';
import { Int } from './value.ts';
import { type Condition, Taint } from './origin.ts';
import { type Tracked, withTaint } from './tracked.ts';

/**
 * The keys of a decision for or against a value: of one that is set, nearly any other would do as well. But a text that
 * is written only under a condition (`{{ if … }}true{{ end }}` in a helper) depends on that.
 * @param outer the condition in which it is decided
 */
export function decisionTaint({ value, origin }: Tracked, outer: Condition | undefined): Taint {
  const { taint, segments } = origin;
  const isAnswer = typeof value === 'boolean' || typeof value === 'number' || value instanceof Int;
  if (isAnswer || !isTrue(value)) return taint;
  const written = segments?.filter(({ length }) => length > 0) ?? [];
  let common = written[0]?.condition;
  for (const { condition } of written) common = commonCondition(common, condition);
  return taint.asChoice.with(taintBetween(common, outer));
}

/** What `and` or `or` give: a value, after others that did not settle it. */
export function chosenAfter(
  passed: readonly Tracked[],
  chosen: Tracked,
  isOr: boolean,
  outer: Condition | undefined,
): Tracked {
  if (passed.length === 0) return chosen;
  // Whatever those before had answered, an `and` of this would be false, and an `or` true.
  const isSettled = isTrue(chosen.value) === isOr && (!isOr || typeof chosen.value === 'boolean');
  const taints = passed.map((each) => {
    const isMereChoice = isSettled || (!isOr && typeof chosen.value !== 'boolean');
    return isMereChoice ? each.taint.asChoice : decisionTaint(each, outer);
  });
  return withTaint(chosen, Taint.union(taints));
}

/** The keys of the conditions around something, up to those that are around the other too. */
export function taintBetween(inner: Condition | undefined, outer: Condition | undefined): Taint {
  let taint = Taint.none;
  let around = outer;
  for (let between = inner; between !== undefined; between = between.outer) {
    while (around !== undefined && around.depth > between.depth) around = around.outer;
    if (around === between) break;
    taint = taint.with(between.taint);
  }
  return taint;
}

/** The innermost condition that is around both. */
function commonCondition(a: Condition | undefined, b: Condition | undefined): Condition | undefined {
  let one = a;
  let other = b;
  while (one !== other) {
    if (one === undefined || other === undefined) return undefined;
    if (one.depth >= other.depth) one = one.outer;
    else other = other.outer;
  }
  return one;
}
