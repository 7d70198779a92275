import { taintBetween } from '../value/decision.ts';
import type { Condition } from '../value/origin.ts';
import { Tracked } from '../value/tracked.ts';

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
