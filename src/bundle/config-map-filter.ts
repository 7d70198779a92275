import { matchesAnyGlob } from '../text/glob.ts';
import type { EnvironmentReference } from './environment.ts';

/** Which ConfigMaps a policy means, whatever a release calls them: those that pass every list given. Lists hold globs. */
export interface ConfigMapFilter {
  readonly names?: readonly string[];
  /** A ConfigMap that carries one of these counts. */
  readonly withKeys?: readonly string[];
}

/** Whether the object behind a reference is known to carry one of the keys, with or without the reference's prefix. */
export function carriesAnyKey({ prefix, provider }: EnvironmentReference, globs: readonly string[]): boolean {
  return [...(provider?.keys.keys() ?? [])].some(
    (key) => matchesAnyGlob(key, globs) || (prefix !== '' && matchesAnyGlob(prefix + key, globs)),
  );
}
