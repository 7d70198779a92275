import type { Location } from '../../text/source.ts';

/** What a comment or an annotation accepts, and why. */
export interface Directive {
  /** Ids of principles and rules; at least one. */
  readonly ids: readonly string[];
  readonly reason: string;
  /** The last day on which it counts, as YYYY-MM-DD. */
  readonly until: string | undefined;
}

/** A directive and where it is written. */
export interface Suppression extends Directive {
  readonly by: 'comment' | 'annotation';
  readonly place: Location;
}

/** Why a comment or an annotation accepts nothing. */
export interface SuppressionFault {
  /** Full sentences: what is wrong, and the way out. */
  readonly message: string;
  readonly place: Location;
}

type ReadDirective =
  | { readonly directive: Directive; readonly fault?: undefined }
  | { readonly directive?: undefined; readonly fault: string };

/** Principles and rules are named alike (`schema/policy.schema.json`). */
const ID = /^[A-Za-z][A-Za-z0-9._-]*$/;
const UNTIL = /^\(\s*until\s+(\d{4}-\d{2}-\d{2})\s*\)\.?$/i;
const BARE_UNTIL = /\buntil\s+\d{4}-\d{2}-\d{2}\W*$/i;

/**
 * Reads `ID, ID: reason (until YYYY-MM-DD)`. What was written is repeated in a fault only where it can be nothing but
 * an id or a date: the rest of a line may be secret.
 * @param form how it is written right, for the way out of a fault
 */
export function readDirective(text: string, form: string): ReadDirective {
  const colon = text.indexOf(':');
  const ids = (colon === -1 ? text : text.slice(0, colon)).split(',').map((id) => id.trim());
  if (ids.every((id) => id === '')) return { fault: `This ignore names no principle or rule. Write ${form}.` };
  if (!ids.every((id) => ID.test(id))) return { fault: explainIds(ids, colon !== -1, form) };
  const { reason, until, fault } = readReason(colon === -1 ? '' : text.slice(colon + 1).trim());
  if (fault !== undefined) return { fault };
  if (reason === '') return { fault: `This ignore gives no reason. Write ${form}.` };
  return { directive: { ids, reason, until } };
}

function explainIds(ids: readonly string[], hasColon: boolean, form: string): string {
  const both = ids.find((id) => /^[\w.-]+\/[\w.-]+$/.test(id))?.split('/');
  if (both !== undefined) return `An ignore names a principle or a rule, not both. Write ${both.join(' or ')}.`;
  return hasColon
    ? `Only ids of principles and rules, separated by commas, can come before the colon. Write ${form}.`
    : `This ignore gives no reason: there is no colon. Write ${form}.`;
}

function readReason(text: string): { reason: string; until?: string | undefined; fault?: string } {
  const at = text.search(/\(\s*until\b/i);
  // A date that only looks like a last day would never come.
  if (at === -1) return BARE_UNTIL.test(text) ? { reason: '', fault: MISPLACED_DATE } : { reason: text };
  const until = UNTIL.exec(text.slice(at))?.[1];
  if (until === undefined) return { reason: '', fault: MISPLACED_DATE };
  if (!isDay(until))
    return { reason: '', fault: `The date ${until} does not exist. Write the last day of this ignore.` };
  return { reason: text.slice(0, at).trim(), until };
}

const MISPLACED_DATE = 'The last day of an ignore must come at its end, in parentheses. Write (until 2027-03-01).';

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
