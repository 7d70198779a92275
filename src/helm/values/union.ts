import type { Origin } from '../value/origin.ts';

/** Where a map came from that two maps went into. */
export function unionOf(a: Origin | undefined, b: Origin | undefined): Origin | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  const { taint } = a;
  const key = a.key ?? b.key;
  return key === undefined ? taint.with(b.taint).origin : { taint: taint.with(b.taint), segments: undefined, key };
}
