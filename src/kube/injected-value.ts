import { entryOf, type Node } from '../yaml/node.ts';

/**
 * Says which values of an object are not the ones that the API server will see: those that SOPS has encrypted, and
 * placeholders that a tool replaces by a secret before the object is applied. Such a value is unknown, but no mistake.
 * Sources: the formats of SOPS, Argo CD Vault Plugin, vals (`ref+vault://`), Bank-Vaults, 1Password and envsubst.
 */
export function injectedValuesOf(object: Node): { stands: (text: string) => boolean; isSops: boolean } {
  const patterns = [/<path:[^<>]+>/, /ref\+\w+:\/\//];
  const isSops = textAt(object, 'sops', 'mac') !== undefined;
  if (isSops) patterns.push(/^ENC\[[A-Z0-9_]+,/);
  // With the path in an annotation, a placeholder is but a key.
  if (textAt(object, 'metadata', 'annotations', 'avp.kubernetes.io/path') !== undefined) patterns.push(/<[^<>]+>/);
  const isSecret = textAt(object, 'kind') === 'Secret' && textAt(object, 'apiVersion') === 'v1';
  if (isSecret) patterns.push(/^vault:\S/, /^op:\/\//, /^\$\{[^{}]+\}$/);
  return { stands: (text) => patterns.some((pattern) => pattern.test(text.trim())), isSops };
}

/** Leaves out what is said of values that are not there yet, and of what SOPS adds to a file. */
export function withoutInjected<
  Issue extends { readonly path: readonly (string | number)[]; readonly isAboutKey?: boolean },
>(object: Node, issues: readonly Issue[]): readonly Issue[] {
  if (issues.length === 0) return issues;
  const { stands, isSops } = injectedValuesOf(object);
  return issues.filter(({ path, isAboutKey = false }) => {
    if (isSops && path[0] === 'sops') return false;
    const text = isAboutKey ? undefined : textAt(object, ...path);
    return text === undefined || !stands(text);
  });
}

function textAt(object: Node, ...path: readonly (string | number)[]): string | undefined {
  let node: Node | undefined = object;
  for (const step of path) {
    if (node?.kind === 'mapping') node = entryOf(node, String(step))?.value;
    else node = node?.kind === 'sequence' ? node.items[Number(step)] : undefined;
  }
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
