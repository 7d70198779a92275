import type { Node } from '../yaml/node.ts';
import { isKnownVersion, isOwnGroup, loadApiKinds, minorOf, NEWEST_MINOR, type ApiKinds } from './api-kinds.ts';
import { withoutInjected } from './injected-value.ts';
import { POD_KINDS } from './pod-kinds.ts';
import { loadStructures, type StructureIssue, type StructureOptions } from './structure.ts';
import type { ValidationIssue } from './validation/issue.ts';
import type { CustomKinds } from './custom-resources/custom-kinds.ts';
import { loadValidator } from './validation/validate.ts';

export type VerdictIssue =
  | ({ readonly by: 'decoding' } & StructureIssue)
  /** What validation says, in the API server's terms. */
  | ({ readonly by: 'validation' } & ValidationIssue);

/** What the API server says of single objects: that it accepts them, or refuses them at these fields. */
export interface Verdicts {
  judge(apiVersion: string, kind: string, object: Node, options?: StructureOptions): readonly VerdictIssue[];
  /** Whether a kind is that of a custom resource of which there is no schema: then there is no verdict. */
  isUnknown(apiVersion: string, kind: string): boolean;
  /** Whether objects of a kind are in a namespace; undefined where that is not known. */
  isNamespaced(apiVersion: string, kind: string): boolean | undefined;
  /** That a kind is served, but deprecated: since which minor version, when it is removed, and what to use instead. */
  deprecationOf(apiVersion: string, kind: string): Deprecation | undefined;
}

interface Deprecation {
  readonly since: number;
  readonly removed: number | undefined;
  readonly replacement: string | undefined;
}

/** Which kind an object is of. */
export interface KindName {
  readonly apiVersion: string;
  readonly kind: string;
  /** Where it stands: what the text does not name need not be loaded. */
  readonly source?: { readonly text: string };
}

export interface VerdictOptions {
  /** The version of Kubernetes whose verdict counts. With one, unknown fields are always refused. */
  readonly kubeVersion?: string | undefined;
  /** Finds out of which kinds of custom resources there is a schema; asked when there are custom resources. */
  readonly loadCustomKinds?: ((kinds: readonly KindName[]) => Promise<CustomKinds>) | undefined;
  /** Whether an object whose kind is unknown is refused. */
  readonly refusesUnknownKinds?: boolean | undefined;
}

/** Loads what is known of the given kinds; for custom resources alone nothing is loaded. */
export async function loadVerdicts(
  kinds: Iterable<KindName>,
  { kubeVersion, loadCustomKinds, refusesUnknownKinds = false }: VerdictOptions = {},
): Promise<Verdicts> {
  const all = [...kinds];
  const structures = await loadStructures(all);
  const isKnown = isKnownVersion(kubeVersion);
  const minor = kubeVersion === undefined ? NEWEST_MINOR : minorOf(kubeVersion);
  const stated = kubeVersion === undefined ? undefined : minor;
  const apiKinds = all.some(({ apiVersion }) => isOwnGroup(apiVersion)) ? await loadApiKinds() : undefined;
  const workloads =
    apiKinds === undefined || minor === undefined ? NO_WORKLOADS : removedWorkloads(all, apiKinds, minor);
  const validator = await loadValidator([...all, ...workloads.values()], (apiVersion, kind) =>
    structures.isNamed(apiVersion, kind),
  );
  const custom = all.filter(({ apiVersion, kind }) => isCustomGroup(apiVersion) && !structures.has(apiVersion, kind));
  const customs =
    loadCustomKinds !== undefined && custom.length > 0
      ? await (
          await import('./custom-resources/custom-resources.ts')
        ).loadCustomResources(custom, await loadCustomKinds(custom), { kubeVersion })
      : undefined;
  const isUnknown = (apiVersion: string, kind: string): boolean =>
    isCustomGroup(apiVersion) && customs?.knows(apiVersion, kind) !== true && !structures.has(apiVersion, kind);
  return {
    isUnknown,
    isNamespaced: (apiVersion, kind) =>
      apiKinds?.find(apiVersion, kind)?.isNamespaced ?? customs?.isNamespaced(apiVersion, kind),
    deprecationOf(apiVersion, kind) {
      const { deprecated, removed } = apiKinds?.find(apiVersion, kind) ?? {};
      if (minor === undefined || deprecated === undefined || deprecated > minor) return undefined;
      if (removed !== undefined && removed <= minor) return undefined;
      return { since: deprecated, removed, replacement: apiKinds?.replacementOf(apiVersion, kind, minor) };
    },
    judge(apiVersion, kind, object, options) {
      if (minor === undefined) return NONE;
      const refusal =
        customs?.knows(apiVersion, kind) === true ? undefined : apiKinds?.refuse(apiVersion, kind, stated);
      if (refusal !== undefined) {
        const workload = isKnown ? workloads.get(`${apiVersion} ${kind}`) : undefined;
        return [
          { by: 'validation', ...refusal },
          ...(workload === undefined ? NONE : insideOf(workload, object, options)),
        ];
      }
      // What another version accepts is not known, and not guessed.
      if (!isKnown) return NONE;
      const ofCustom = customs?.judge(apiVersion, kind, object, {
        allowsUnknownFields: options?.unknownFields === 'off' && kubeVersion === undefined,
      });
      if (ofCustom !== undefined) return withoutInjected(object, ofCustom);
      if (refusesUnknownKinds && isUnknown(apiVersion, kind)) return [unknownKind(apiVersion, kind)];
      return judgeBuiltIn(apiVersion, kind, object, options);
    },
  };

  /** What is wrong inside the Pod template of a workload of a removed version: templates are the same in all versions. */
  function insideOf(workload: RemovedWorkload, object: Node, options?: StructureOptions): readonly VerdictIssue[] {
    const { template } = workload;
    return judgeBuiltIn(workload.apiVersion, workload.kind, object, options).filter(({ path }) => {
      return path.length > template.length && template.every((step, index) => path[index] === step);
    });
  }

  function judgeBuiltIn(
    apiVersion: string,
    kind: string,
    object: Node,
    options?: StructureOptions,
  ): readonly VerdictIssue[] {
    const decodingOnly = validator.knows(apiVersion, kind);
    const unknownFields = kubeVersion === undefined ? (options?.unknownFields ?? 'typos') : 'all';
    // Whether a name is needed is validation's to say: it may be generated.
    const decoding = withoutInjected(
      object,
      structures.check(apiVersion, kind, object, {
        unknownFields,
        decodingOnly,
        minor: stated,
      }),
    ).filter(({ path, problem, name }) => problem !== 'required' || name !== 'name' || path.join('.') !== 'metadata');
    const validation = withoutInjected(
      object,
      validator.validate(apiVersion, kind, object, {
        kubeVersion,
        isNamespaced: apiKinds?.find(apiVersion, kind)?.isNamespaced,
      }),
    );
    if (decoding.length + validation.length === 0) return NONE;
    return [
      ...decoding.map((issue) => ({ by: 'decoding' as const, ...issue })),
      ...withoutConsequences(validation, decoding).map((issue) => ({ by: 'validation' as const, ...issue })),
    ];
  }
}

/** The kind that replaces a workload of a removed version, and where its Pod template is. */
interface RemovedWorkload extends KindName {
  readonly template: readonly string[];
}

const NO_WORKLOADS: ReadonlyMap<string, RemovedWorkload> = new Map();

/** The workloads among some kinds that are of versions that were removed. */
function removedWorkloads(
  kinds: readonly KindName[],
  apiKinds: ApiKinds,
  minor: number,
): ReadonlyMap<string, RemovedWorkload> {
  return new Map(
    kinds.flatMap(({ apiVersion, kind }) => {
      const { removed = Number.POSITIVE_INFINITY } = apiKinds.find(apiVersion, kind) ?? {};
      const replacement = removed > minor ? undefined : apiKinds.replacementOf(apiVersion, kind, minor);
      const group = apiVersion.slice(0, apiVersion.indexOf('/'));
      const template = POD_KINDS.find((each) => each.group === group && each.kind === kind)?.template;
      if (replacement === undefined || template === undefined) return [];
      return [[`${apiVersion} ${kind}`, { apiVersion: replacement, kind, template }] as const];
    }),
  );
}

const NONE: readonly VerdictIssue[] = [];

/** The groups of custom resources have a dot; some of Kubernetes' own have one, too. */
function isCustomGroup(apiVersion: string): boolean {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/'))).includes('.');
}

function unknownKind(apiVersion: string, kind: string): VerdictIssue {
  return {
    by: 'validation',
    path: ['kind'],
    cause: 'FieldValueNotSupported',
    problem: `has no schema: whether the API server accepts a ${kind} of ${apiVersion} is not known`,
    remedy: `Add the CustomResourceDefinition of ${kind} to the input or to "schemas" of the policy`,
  };
}

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
