import type { Node } from '../../yaml/node.ts';
import { Field, type Check, type ExpressionChecks, type Validation } from './field.ts';
import type { ValidationIssue } from './issue.ts';
import { loadCheck, loadMetadataCheck } from './kinds.ts';
import { mayHoldExpressions } from './may-hold-expressions.ts';
import { apiOf } from './versions.ts';

/** The API server's validation of single objects. */
export interface Validator {
  /** Whether the objects of a kind are validated; of others only the structure is known. */
  knows(apiVersion: string, kind: string): boolean;
  /** Where an object is decoded but refused; of a kind that is not known, what its metadata says. */
  validate(apiVersion: string, kind: string, object: Node, options?: ValidationOptions): ValidationIssue[];
}

interface ValidationOptions {
  /** The version of Kubernetes whose verdict counts, such as `1.33`; the newest known one by default. */
  readonly kubeVersion?: string | undefined;
  /** Whether objects of the kind are in a namespace. */
  readonly isNamespaced?: boolean | undefined;
}

/**
 * Loads what validates the given kinds, and nothing else.
 * @param isNamed whether objects of a kind are built in and kept under a name
 */
export async function loadValidator(
  kinds: Iterable<{ readonly apiVersion: string; readonly kind: string; readonly source?: { readonly text: string } }>,
  isNamed: (apiVersion: string, kind: string) => boolean,
): Promise<Validator> {
  const checks = new Map<string, Check>();
  const known = new Set<string>();
  let expressions: ExpressionChecks | undefined;
  // A text may hold hundreds of definitions: it is searched once for each kind, not once for each object.
  const searched = new Map<object | undefined, Set<string>>();
  for (const { apiVersion, kind, source } of kinds) {
    const before = searched.get(source) ?? new Set();
    const isNew = expressions === undefined && !before.has(kind);
    searched.set(source, before.add(kind));
    if (isNew && mayHoldExpressions(kind, source?.text)) {
      expressions = (await import('./expressions.ts')).expressionChecks;
    }
    const key = `${apiVersion} ${kind}`;
    if (checks.has(key)) continue;
    const check = await loadCheck(apiVersion, kind);
    if (check !== undefined) known.add(key);
    if (check !== undefined) checks.set(key, check);
    else if (isNamed(apiVersion, kind)) checks.set(key, await loadMetadataCheck());
  }
  return {
    knows: (apiVersion, kind) => known.has(`${apiVersion} ${kind}`),
    validate(apiVersion, kind, object, { kubeVersion, isNamespaced = true } = {}) {
      const validation: Validation = { api: apiOf(kubeVersion), isNamespaced, issues: [], expressions };
      checks.get(`${apiVersion} ${kind}`)?.(new Field(object, undefined, '', validation));
      return validation.issues;
    },
  };
}
