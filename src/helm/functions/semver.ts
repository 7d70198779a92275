import { SemverObject } from '../go/semver-object.ts';
import { parseVersion, SemverError } from '../go/semver-version.ts';
import { satisfies } from '../go/semver-constraint.ts';
import { FunctionError, type HelmFunction, plain } from '../value/function.ts';

/** Sprig's functions over versions. */
export const semverFunctions: Readonly<Record<string, HelmFunction>> = {
  semver: plain(['string'], (text) => orFail(() => new SemverObject(parseVersion(text), 'ptr'))),
  semverCompare: plain(['string', 'string'], (constraint, version) => orFail(() => satisfies(constraint, version))),
};

function orFail<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof SemverError ? new FunctionError(error.message) : error;
  }
}
