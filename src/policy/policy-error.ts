import type { Location } from '../text/source.ts';
import type { Cursor } from '../yaml/cursor.ts';

/** Why a policy cannot be used, and where it says so. */
export interface PolicyError {
  /** Full sentences: what was found, and what is expected. */
  readonly message: string;
  /** Undefined for a policy that could not be found. */
  readonly location: Location | undefined;
}

/** The way out for a policy that was found, and reads only inside its repository. */
export const NAME_THE_POLICY = 'Or specify the policy with --config: one that is found by itself reads only there.';

/** An error at what a cursor points at. */
export function errorAt(cursor: Cursor, message: string): PolicyError {
  return { message, location: locationOf(cursor) };
}

/** The place of what a cursor points at. */
export function locationOf(cursor: Cursor): Location {
  return cursor.document.source.locate(cursor.range);
}
