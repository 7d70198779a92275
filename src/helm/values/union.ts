import type { Origin } from '../value/origin.ts';

/** Where a map came from that two maps went into. */
export function unionOf(a: Origin | undefined, b: Origin | undefined): Origin | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  return a.taint.with(b.taint).origin;
}
