import type { PolicyError } from './policy-error.ts';
import { PolicyReader, type PolicyDependencies } from './policy-reader.ts';
import type { Policy } from './policy.ts';
import { resolvePolicy } from './resolve.ts';

/** A policy, or every reason why it is not one. */
export type LoadedPolicy =
  | { readonly policy: Policy; readonly errors: readonly [] }
  | { readonly policy: undefined; readonly errors: readonly PolicyError[] };

/**
 * Loads a policy with all that it extends. Finds every error, not the first; sorted by file and place.
 * @param request the name of a built-in policy, or the path of a file
 */
export async function loadPolicy(request: string, dependencies: PolicyDependencies): Promise<LoadedPolicy> {
  const reader = new PolicyReader(dependencies);
  const root = await reader.read(request);
  if (root === undefined || !reader.isComplete) return { policy: undefined, errors: reader.errors() };
  const isBuiltIn = dependencies.builtIns.has(request);
  const { file } = root.document.source;
  const name = root.at('name').string ?? (isBuiltIn ? request : file);
  const resolved = resolvePolicy(reader.roots, reader.rules, {
    name,
    file: isBuiltIn ? undefined : file,
    within: dependencies.within,
  });
  const errors = reader.errors(resolved.errors);
  return errors.length === 0 ? { policy: resolved.policy, errors: [] } : { policy: undefined, errors };
}
