import type { Cursor } from '../yaml/cursor.ts';

/** A policy as its files write it, merged; every part is still a place in one of them. */
export interface PolicyDraft {
  readonly release: Map<string, Cursor>;
  readonly environments: Map<string, Map<string, Cursor>>;
  readonly principles: Map<string, PrincipleDraft>;
  readonly externals: Cursor[];
  readonly workloads: Cursor[];
  readonly schemas: Cursor[];
  /** Where it is written last. */
  unknownKinds: Cursor | undefined;
  readonly ignores: Cursor[];
}

export interface PrincipleDraft {
  /** Where the id is written first. */
  readonly place: Cursor;
  /** Every key where it was written last; `checks` are merged besides. */
  readonly fields: Map<string, Cursor>;
  /** By the rule's id. */
  readonly checks: Map<string, CheckDraft>;
}

export interface CheckDraft {
  readonly rule: Cursor;
  match: Cursor | undefined;
  /** Every `with`, in the order of the files. */
  readonly withs: Cursor[];
  /** Each option where it was written last. */
  readonly options: Map<string, Cursor>;
}

/**
 * Lays policy files over each other: principles by id, checks by rule, options, environments and the release by key;
 * lists are joined for externals, schemas, workloads and ignores, and replaced everywhere else.
 * @param roots the files' roots, what is built on first
 */
export function mergePolicies(roots: Iterable<Cursor>): PolicyDraft {
  const draft: PolicyDraft = {
    release: new Map(),
    environments: new Map(),
    principles: new Map(),
    externals: [],
    workloads: [],
    schemas: [],
    unknownKinds: undefined,
    ignores: [],
  };
  for (const root of roots) {
    mergeFields(draft.release, root.at('release'));
    for (const [name, environment] of root.at('environments').entries()) {
      mergeFields(
        getOrMake(draft.environments, name, () => new Map()),
        environment,
      );
    }
    for (const [id, principle] of root.at('principles').entries()) {
      const empty = (): PrincipleDraft => ({ place: principle.onKey, fields: new Map(), checks: new Map() });
      mergePrinciple(getOrMake(draft.principles, id, empty), principle);
    }
    draft.externals.push(...root.at('externals').items());
    draft.workloads.push(...root.at('workloads').items());
    draft.schemas.push(...root.at('schemas').items());
    if (root.at('unknownKinds').exists) draft.unknownKinds = root.at('unknownKinds');
    draft.ignores.push(...root.at('ignore').items());
  }
  return draft;
}

function mergePrinciple({ fields, checks }: PrincipleDraft, principle: Cursor): void {
  mergeFields(fields, principle);
  for (const check of principle.at('checks').items()) {
    const rule = check.at('rule');
    if (rule.string === undefined) continue;
    const draft = getOrMake(checks, rule.string, () => ({ rule, match: undefined, withs: [], options: new Map() }));
    const match = check.at('match');
    if (match.exists) draft.match = match;
    const options = check.at('with');
    if (options.exists) draft.withs.push(options);
    mergeFields(draft.options, options);
  }
}

function mergeFields(fields: Map<string, Cursor>, mapping: Cursor): void {
  for (const [key, value] of mapping.entries()) fields.set(key, value);
}

function getOrMake<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
