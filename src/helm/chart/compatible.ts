import { satisfies } from '../go/semver-constraint.ts';
import { parseVersion, SemverError } from '../go/semver-version.ts';

/** Whether a text is a version to Helm: `1`, `1.2` and `v1.2.3` are. */
export function isVersion(text: string): boolean {
  return orFalse(() => parseVersion(text) !== undefined);
}

/** Whether a version is in a range; one that cannot be read is not (`chartutil.IsCompatibleRange`). */
export function isCompatible(range: string, version: string): boolean {
  return orFalse(() => satisfies(range, version));
}

function orFalse(judge: () => boolean): boolean {
  try {
    return judge();
  } catch (error) {
    if (error instanceof SemverError) return false;
    throw error;
  }
}
