import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { PolicyError } from './policy-error.ts';
import { PolicyReader, type PolicyDependencies } from './policy-reader.ts';
import type { Policy } from './policy.ts';
import { resolvePolicy } from './resolve.ts';

/** A policy, or every reason why it is none. */
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
  const resolved = resolvePolicy(reader.roots, dependencies.registry, { name, file: isBuiltIn ? undefined : file });
  const errors = reader.errors(resolved.errors);
  return errors.length === 0 ? { policy: resolved.policy, errors: [] } : { policy: undefined, errors };
}

const FILE_NAMES = ['chartlint.yaml', 'chartlint.yml'];

/**
 * The policy file for an input: `chartlint.yaml` (or `.yml`) in its folder, or in the nearest folder above that has one.
 * The search ends at the root of the Git repository: a policy belongs to the repository, and a file that happens to
 * lie in someone's home folder must not decide whether their run passes.
 * @param input a file or folder; it need not exist
 * @returns an absolute path
 */
export async function findPolicyFile(input: string): Promise<string | undefined> {
  const path = resolve(input);
  let folder = (await kindOf(path)) === 'folder' ? path : dirname(path);
  while (true) {
    for (const name of FILE_NAMES) {
      const file = join(folder, name);
      if ((await kindOf(file)) === 'file') return file;
    }
    const above = dirname(folder);
    // In a worktree or a submodule `.git` is a file.
    if (above === folder || (await kindOf(join(folder, '.git'))) !== undefined) return undefined;
    folder = above;
  }
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}
