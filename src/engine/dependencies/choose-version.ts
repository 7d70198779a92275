import { satisfies } from '../../helm/go/semver-constraint.ts';
import { compareVersions, parseVersion, SemverError, type Version } from '../../helm/go/semver-version.ts';
import { DownloadError } from './download-error.ts';

/** So many of the versions that there are does a message name. */
const SHOWN = 5;

/**
 * The highest version in a range, as Helm resolves it: those that are not versions do not count.
 * @param from what messages call the repository
 * @throws DownloadError when there is none, or the range cannot be read
 */
export function chooseVersion<T extends { readonly version: string }>(
  candidates: readonly T[],
  { name, version: range }: { readonly name: string; readonly version: string },
  from: string,
): T {
  const known = candidates.flatMap((candidate) => {
    const parsed = parse(candidate.version);
    return parsed === undefined ? [] : [{ candidate, parsed }];
  });
  known.sort((a, b) => compareVersions(b.parsed, a.parsed));
  try {
    const found = known.find(({ candidate }) => satisfies(range, candidate.version));
    if (found !== undefined) return found.candidate;
    // A range that cannot be read is not in range of anything.
    satisfies(range, '0.0.0');
  } catch (error) {
    if (!(error instanceof SemverError)) throw error;
    throw new DownloadError(
      `The version ${JSON.stringify(range)} of dependency ${name} is not a version range: ${error.message}.`,
      'Write a version, or a range such as ^1.2.0.',
    );
  }
  const newest = known.slice(0, SHOWN).map(({ candidate }) => candidate.version);
  throw new DownloadError(
    `${from} has no version of chart ${name} in the range ${range}.`,
    newest.length === 0 ? 'Check the repository.' : `Change the range. The newest versions are ${newest.join(', ')}.`,
  );
}

function parse(text: string): Version | undefined {
  try {
    return parseVersion(text);
  } catch (error) {
    if (error instanceof SemverError) return undefined;
    throw error;
  }
}
