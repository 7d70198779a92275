import type { Cursor } from '../yaml/cursor.ts';
import type { PolicyError } from './policy-error.ts';
import { PolicyReader, type PolicyDependencies } from './policy-reader.ts';
import type { Policy, PolicyPart } from './policy.ts';
import { resolvePolicy, type PolicyIdentity } from './resolve.ts';

/** A policy, or every reason why it is not one. */
export type LoadedPolicy =
  | { readonly policy: Policy; readonly errors: readonly [] }
  | { readonly policy: undefined; readonly errors: readonly PolicyError[] };

/**
 * Loads a policy with all that it extends, or several as if one extended them in this order. Finds every error, not the
 * first; sorted by file and place.
 * @param requested names of built-in policies, and paths of files
 */
export async function loadPolicy(
  requested: string | readonly string[],
  dependencies: PolicyDependencies,
): Promise<LoadedPolicy> {
  const reader = new PolicyReader(dependencies);
  const named = typeof requested === 'string' ? [requested] : requested;
  const parts = new Map<Cursor, PolicyPart>();
  for (const request of named) {
    await reader.read(request);
    const root = reader.rootOf(request);
    if (root === undefined) continue;
    const isBuiltIn = dependencies.builtIns.has(request);
    const { file } = root.document.source;
    const name = root.at('name').string ?? (isBuiltIn ? request : file);
    parts.set(root, { name, file: isBuiltIn ? undefined : file, principles: reader.principlesOf(request) });
  }
  const [only, ...others] = parts.values();
  if (only === undefined || !reader.isComplete) return { policy: undefined, errors: reader.errors() };
  const resolved = resolvePolicy(reader.roots, reader.rules, {
    ...(others.length === 0 ? { name: only.name, file: only.file } : together([only, ...others])),
    within: dependencies.within,
  });
  const errors = reader.errors(resolved.errors);
  return errors.length === 0 ? { policy: resolved.policy, errors: [] } : { policy: undefined, errors };
}

function together(parts: readonly PolicyPart[]): PolicyIdentity {
  return { name: parts.map(({ name }) => name).join(', '), file: undefined, parts };
}
