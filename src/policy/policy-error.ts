import type { Location } from '../text/source.ts';
import type { Cursor } from '../yaml/cursor.ts';

/** Why a policy cannot be used, and where it says so. */
export interface PolicyError {
  /** Full sentences: what was found, and what is expected. */
  readonly message: string;
  /** Undefined for a policy that could not be found. */
  readonly location: Location | undefined;
}

/** An error at what a cursor points at. */
export function errorAt(cursor: Cursor, message: string): PolicyError {
  return { message, location: locationOf(cursor) };
}

/** The place of what a cursor points at. */
export function locationOf(cursor: Cursor): Location {
  return cursor.document.source.locate(cursor.range);
}
