import type { Node } from '../yaml/node.ts';
import { loadStructures, type StructureIssue, type StructureOptions } from './structure.ts';
import type { ValidationIssue } from './validation/issue.ts';
import { loadValidator } from './validation/validate.ts';

export type VerdictIssue =
  | ({ readonly by: 'decoding' } & StructureIssue)
  /** What validation says, in the API server's terms. */
  | ({ readonly by: 'validation' } & ValidationIssue);

/** What the API server says of single objects: that it accepts them, or refuses them at these fields. */
export interface Verdicts {
  judge(apiVersion: string, kind: string, object: Node, options?: StructureOptions): readonly VerdictIssue[];
}

export interface VerdictOptions {
  /** The version of Kubernetes whose verdict counts. With one, unknown fields are always refused. */
  readonly kubeVersion?: string | undefined;
}

/** Loads what is known of the given kinds; for custom resources alone nothing is loaded. */
export async function loadVerdicts(
  kinds: Iterable<{ readonly apiVersion: string; readonly kind: string }>,
  { kubeVersion }: VerdictOptions = {},
): Promise<Verdicts> {
  const all = [...kinds];
  const structures = await loadStructures(all);
  const validator = await loadValidator(all, (apiVersion, kind) => structures.isNamed(apiVersion, kind));
  return {
    judge(apiVersion, kind, object, options) {
      const decodingOnly = validator.knows(apiVersion, kind);
      const unknownFields = kubeVersion === undefined ? (options?.unknownFields ?? 'typos') : 'all';
      // Whether a name is needed is validation's to say: it may be generated.
      const decoding = structures
        .check(apiVersion, kind, object, { unknownFields, decodingOnly })
        .filter(
          ({ path, problem, name }) => problem !== 'required' || name !== 'name' || path.join('.') !== 'metadata',
        );
      const validation = validator.validate(apiVersion, kind, object, { kubeVersion });
      if (decoding.length + validation.length === 0) return NONE;
      return [
        ...decoding.map((issue) => ({ by: 'decoding' as const, ...issue })),
        ...withoutConsequences(validation, decoding).map((issue) => ({ by: 'validation' as const, ...issue })),
      ];
    },
  };
}

const NONE: readonly VerdictIssue[] = [];

/** Leaves out what only follows from a value that cannot be decoded, or from a mistyped field. One mistake is one issue. */
function withoutConsequences(
  issues: readonly ValidationIssue[],
  decoding: readonly StructureIssue[],
): readonly ValidationIssue[] {
  const seen = new Set<string>();
  const distinct = issues.filter(({ path, cause }) => {
    const key = JSON.stringify([path, cause]);
    return seen.size < seen.add(key).size;
  });
  if (decoding.length === 0) return distinct;
  const undecoded = new Set(
    decoding.filter(({ problem }) => problem !== 'unknown').map(({ path }) => JSON.stringify(path)),
  );
  const meant = new Set(
    decoding.flatMap(({ path, suggestion }) => {
      return suggestion === undefined ? [] : [JSON.stringify([...path.slice(0, -1), suggestion])];
    }),
  );
  return distinct.filter(({ path, cause }) => {
    if (cause === 'FieldValueRequired' && meant.has(JSON.stringify(path))) return false;
    return !path.some((_, length) => undecoded.has(JSON.stringify(path.slice(0, length + 1))));
  });
}
