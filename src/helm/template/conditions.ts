import { isTrue } from '../go/truth.ts';
import { Int } from '../go/value.ts';
import { type Condition, Taint } from '../origin.ts';
import { Tracked, withTaint } from '../tracked.ts';

/**
 * A text with the keys of the conditions that let its parts through, up to the one it is used in: a decision on the
 * text depends on these too. They show in its taint, not in its segments, which have their conditions.
 */
export function withConditions(text: Tracked<string>, outer: Condition | undefined): Tracked<string> {
  const { taint, segments } = text.origin;
  if (segments === undefined) return text;
  let wider = taint;
  let last: Condition | undefined = outer;
  for (const { condition } of segments) {
    if (condition === undefined || condition === last) continue;
    wider = wider.with(taintBetween(condition, outer));
    last = condition;
  }
  return wider === taint ? text : new Tracked(text.value, { taint: wider, segments });
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

/** The keys of a decision for or against a value: of one that is there, any other would do. */
export function decisionTaint({ value, taint }: Tracked): Taint {
  const isAnswer = typeof value === 'boolean' || typeof value === 'number' || value instanceof Int;
  return isAnswer || !isTrue(value) ? taint : taint.asChoice;
}

/** What `and` or `or` give: a value, after others that did not decide. */
export function chosenAfter(passed: readonly Tracked[], chosen: Tracked, isOr: boolean): Tracked {
  // Another answer to those before would not change an answer that is settled by this one.
  const isSettled = isTrue(chosen.value) === isOr && (!isOr || typeof chosen.value === 'boolean');
  const taints = passed.map((value) => (isSettled ? value.taint.asChoice : decisionTaint(value)));
  return passed.length === 0 ? chosen : withTaint(chosen, Taint.union(taints));
}

/** Puts conditions of texts that were made elsewhere (kept in a variable) into the condition that they are printed in. */
export class ConditionLinks {
  readonly #current: Condition;
  readonly #linked = new Map<Condition, Condition>();

  constructor(current: Condition) {
    this.#current = current;
    for (let around: Condition | undefined = current; around !== undefined; around = around.outer) {
      this.#linked.set(around, current);
    }
  }

  isFor(condition: Condition): boolean {
    return this.#current === condition;
  }

  link(condition: Condition | undefined): Condition {
    if (condition === undefined) return this.#current;
    const missing: Condition[] = [];
    let inner: Condition | undefined = condition;
    while (inner !== undefined && !this.#linked.has(inner)) {
      missing.push(inner);
      inner = inner.outer;
    }
    // A chain that leads to the current condition is in order as it is.
    if (inner !== undefined && this.#linked.get(inner) === inner) {
      for (const linked of missing) this.#linked.set(linked, linked);
      return condition;
    }
    let outer = inner === undefined ? this.#current : (this.#linked.get(inner) ?? this.#current);
    for (const unlinked of missing.toReversed()) {
      outer = { ...unlinked, outer, depth: outer.depth + 1 };
      this.#linked.set(unlinked, outer);
    }
    return outer;
  }
}
