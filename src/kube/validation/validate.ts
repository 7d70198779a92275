import type { Node } from '../../yaml/node.ts';
import { Field, type Check, type Validation } from './field.ts';
import type { ValidationIssue } from './issue.ts';
import { loadCheck } from './kinds.ts';
import { apiOf } from './versions.ts';

/** The API server's validation of single objects. */
export interface Validator {
  /** Whether the objects of a kind are validated; of others only the structure is known. */
  knows(apiVersion: string, kind: string): boolean;
  /** Where an object is decoded but refused; nothing for a kind that is not known. */
  validate(apiVersion: string, kind: string, object: Node, options?: ValidationOptions): ValidationIssue[];
}

export interface ValidationOptions {
  /** The version of Kubernetes whose verdict counts, such as `1.33`; the newest known one by default. */
  readonly kubeVersion?: string | undefined;
}

/** Loads what validates the given kinds, and nothing else. */
export async function loadValidator(
  kinds: Iterable<{ readonly apiVersion: string; readonly kind: string }>,
): Promise<Validator> {
  const checks = new Map<string, Check>();
  for (const { apiVersion, kind } of kinds) {
    const key = `${apiVersion} ${kind}`;
    if (checks.has(key)) continue;
    const check = await loadCheck(apiVersion, kind);
    if (check !== undefined) checks.set(key, check);
  }
  return {
    knows: (apiVersion, kind) => checks.has(`${apiVersion} ${kind}`),
    validate(apiVersion, kind, object, { kubeVersion } = {}) {
      const validation: Validation = { api: apiOf(kubeVersion), issues: [] };
      checks.get(`${apiVersion} ${kind}`)?.(new Field(object, undefined, '', validation));
      return validation.issues;
    },
  };
}
