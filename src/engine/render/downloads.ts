import { DependencyError } from '../../helm/chart/dependency-error.ts';
import { findPacked, type PackedDependency, type RemoteDependency } from '../../helm/load/dependency-cache.ts';

/** What could not be downloaded, by `keyOf`: plain data, so that one thread can hand it to another. */
export type DownloadFailures = ReadonlyMap<string, { readonly message: string; readonly help: string }>;

/** Tells remote dependencies apart. */
export function keyOf({ name, version, repository }: RemoteDependency): string {
  return JSON.stringify([repository, name, version]);
}

/** Finds what was downloaded, and says what could not be. */
export function remoteFinder(
  failures: DownloadFailures = new Map(),
): (wanted: RemoteDependency) => PackedDependency | undefined {
  return (wanted) => {
    const failure = failures.get(keyOf(wanted));
    if (failure !== undefined) throw new DependencyError(failure.message, failure.help, undefined);
    return findPacked(wanted);
  };
}
