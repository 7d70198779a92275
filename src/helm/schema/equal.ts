import { JsonNumber, type Json } from './json.ts';
import { compareRationals, shortestDecimal, toRational } from './rational.ts';

/** Counts the values that are looked at. */
interface Meter {
  readonly spend: (steps: number) => void;
}

/** Whether two JSON values are equal; numbers by their value. */
export function isEqual(a: Json, b: Json, meter: Meter): boolean {
  meter.spend(1);
  if (a instanceof JsonNumber) {
    return b instanceof JsonNumber && (a.text === b.text || compareRationals(toRational(a), toRational(b)) === 0);
  }
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => isEqual(item, b[index] ?? null, meter))
    );
  }
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    for (const [key, value] of a) if (!b.has(key) || !isEqual(value, b.get(key) ?? null, meter)) return false;
    return true;
  }
  return a === b;
}

/** The first two equal items of a list; found by their texts, so in time linear in the list. */
export function findDuplicate(items: readonly Json[], meter?: Meter): readonly [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const text = canonicalText(item);
    meter?.spend(1 + (text.length >> CHARACTERS_BY_STEP_SHIFT));
    const before = seen.get(text);
    if (before !== undefined) return [before, index];
    seen.set(text, index);
  }
  return undefined;
}

const CHARACTERS_BY_STEP_SHIFT = 3;

/** The same for equal values only. */
function canonicalText(value: Json): string {
  if (value instanceof JsonNumber) return shortestDecimal(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (value instanceof Map) {
    const keys = [...value.keys()].sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value.get(key) ?? null)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
