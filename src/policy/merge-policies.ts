import type { Cursor } from '../yaml/cursor.ts';
import { errorAt, type PolicyError } from './policy-error.ts';

/** A policy as its files write it, merged; every part is still a place in one of them. */
export interface PolicyDraft {
  readonly release: Map<string, Cursor>;
  /** Where it is written last. */
  baseline: Cursor | undefined;
  readonly environments: Map<string, Map<string, Cursor>>;
  readonly principles: Map<string, PrincipleDraft>;
  readonly externals: Cursor[];
  readonly workloads: Cursor[];
  readonly schemas: Cursor[];
  /** Where it is written last. */
  unknownKinds: Cursor | undefined;
  readonly ignores: Cursor[];
  /** What cannot be merged. */
  readonly errors: PolicyError[];
}

export interface PrincipleDraft {
  /** Where the id is written first. */
  readonly place: Cursor;
  /** Every key where it was written last; `checks` are merged besides. */
  readonly fields: Map<string, Cursor>;
  /** By their ids. */
  readonly checks: Map<string, CheckDraft>;
}

export interface CheckDraft {
  readonly rule: Cursor;
  /** Undefined: the rule. */
  readonly id: string | undefined;
  severity: Cursor | undefined;
  match: Cursor | undefined;
  /** Every `with`, in the order of the files. */
  readonly withs: Cursor[];
  /** Each option where it was written last. */
  readonly options: Map<string, Cursor>;
}

/**
 * Lays policy files over each other: principles by id, checks by id (else rule), options, environments and the release by key;
 * lists are joined for externals, schemas, workloads and ignores, and replaced everywhere else.
 * @param roots the files' roots, what is built on first
 */
export function mergePolicies(roots: Iterable<Cursor>): PolicyDraft {
  const draft: PolicyDraft = {
    release: new Map(),
    baseline: undefined,
    environments: new Map(),
    principles: new Map(),
    externals: [],
    workloads: [],
    schemas: [],
    unknownKinds: undefined,
    ignores: [],
    errors: [],
  };
  for (const root of roots) {
    mergeFields(draft.release, root.at('release'));
    const baseline = root.at('baseline');
    if (baseline.exists) draft.baseline = baseline;
    for (const [name, environment] of root.at('environments').entries()) {
      mergeFields(
        getOrMake(draft.environments, name, () => new Map()),
        environment,
      );
    }
    for (const [id, principle] of root.at('principles').entries()) {
      const empty = (): PrincipleDraft => ({ place: principle.onKey, fields: new Map(), checks: new Map() });
      draft.errors.push(...mergePrinciple(getOrMake(draft.principles, id, empty), principle, id));
    }
    draft.externals.push(...root.at('externals').items());
    draft.workloads.push(...root.at('workloads').items());
    draft.schemas.push(...root.at('schemas').items());
    if (root.at('unknownKinds').exists) draft.unknownKinds = root.at('unknownKinds');
    draft.ignores.push(...root.at('ignore').items());
  }
  return draft;
}

function* mergePrinciple({ fields, checks }: PrincipleDraft, principle: Cursor, of: string): Generator<PolicyError> {
  mergeFields(fields, principle);
  // Checks of one file do not merge with each other.
  const inherited = [...checks.keys()];
  for (const check of principle.at('checks').items()) {
    const rule = check.at('rule');
    const id = check.at('id').string;
    if (rule.string === undefined) continue;
    const same = inherited.filter((key) => checks.get(key)?.rule.string === rule.string);
    const [only = rule.string, ...others] = same;
    if (id === undefined && others.length > 0 && !same.includes(rule.string)) {
      const ids = same.map((key) => `"${key}"`).join(', ');
      yield errorAt(rule, `Principle "${of}" has several checks with rule "${rule.string}". Add an "id": ${ids}.`);
      continue;
    }
    const key = id ?? (same.includes(rule.string) ? rule.string : only);
    const draft = getOrMake(checks, key, () => emptyCheck(rule, id));
    if (draft.rule.string !== rule.string) {
      yield errorAt(
        check.at('id').exists ? check.at('id') : rule,
        `The check "${key}" of principle "${of}" has rule "${draft.rule.string}", not "${rule.string}". Choose another id.`,
      );
      continue;
    }
    const severity = check.at('severity');
    if (severity.exists) draft.severity = severity;
    const match = check.at('match');
    if (match.exists) draft.match = match;
    const options = check.at('with');
    if (options.exists) draft.withs.push(options);
    mergeFields(draft.options, options);
  }
}

function emptyCheck(rule: Cursor, id: string | undefined): CheckDraft {
  return { rule, id, severity: undefined, match: undefined, withs: [], options: new Map() };
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
