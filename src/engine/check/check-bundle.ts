import { requireHeap } from '../../memory/require-heap.ts';
import type { Bundle } from '../../bundle/bundle.ts';
import type { KeyProvider } from '../../bundle/provider.ts';
import type { Resource } from '../../bundle/resource.ts';
import type { Verdicts } from '../../kube/verdict.ts';
import type { Check, MatchLists, Policy, Principle } from '../../policy/policy.ts';
import type {
  MessageData,
  ProviderSubject,
  ReportExtras,
  Rule,
  Subject,
  SubjectType,
  SubjectTypes,
} from '../../rule/rule.ts';
import { matchesAnyGlob, matchesGlob } from '../../text/glob.ts';
import type { Cursor } from '../../yaml/cursor.ts';

/** One place where a check does not hold, as the rule reported it. */
export interface RawFinding extends ReportExtras {
  readonly principle: Principle;
  readonly check: Check;
  readonly messageId: string;
  readonly data: MessageData;
  readonly cursor: Cursor;
  readonly resource: Resource | undefined;
}

/** A rule that threw. The run goes on without what it would have said about this subject. */
export interface RuleCrash {
  readonly ruleId: string;
  readonly error: unknown;
  readonly cursor: Cursor | undefined;
}

export interface CheckedBundle {
  readonly findings: readonly RawFinding[];
  readonly crashes: readonly RuleCrash[];
  /** Principles of which at least one check had a subject. */
  readonly applied: ReadonlySet<string>;
}

/** A check with the principle that it is part of, and what its rule is given. */
interface Use {
  readonly principle: Principle;
  readonly check: Check;
  readonly context: Parameters<Rule['check']>[1];
}

/** Runs every check of a policy over a bundle. */
export function checkBundle(bundle: Bundle, policy: Policy, verdicts: Verdicts | undefined): CheckedBundle {
  const findings: RawFinding[] = [];
  const crashes: RuleCrash[] = [];
  const applied = new Set<string>();
  const uses = policy.principles.flatMap((principle) => {
    return principle.checks.map((check): Use => ({ principle, check, context: contextOf(principle, check) }));
  });
  for (const type of SUBJECT_TYPES) {
    const ofType = uses.filter(({ check }) => check.rule.scope === type);
    if (ofType.length === 0) continue;
    for (const subject of subjectsOf(bundle, type)) {
      requireHeap();
      for (const use of ofType) if (isSelectedSafely(use, type, subject)) runCheck(use, subject);
    }
  }
  for (const use of uses) {
    const { rule } = use.check;
    if (rule.scope !== 'bundle') continue;
    const type = rule.selects ?? 'resource';
    const selected = [...subjectsOf(bundle, type)].filter((subject) => isSelectedSafely(use, type, subject));
    if (selected.length > 0) runCheck(use, { bundle, selected });
  }
  return { findings, crashes, applied };

  function isSelectedSafely({ check }: Use, type: SubjectType, subject: AnySubject): boolean {
    try {
      return isSelected(bundle, check, type, subject);
    } catch (error) {
      crashes.push({ ruleId: check.ruleId, error, cursor: cursorOf(subject) });
      return false;
    }
  }

  function contextOf(principle: Principle, check: Check): Use['context'] {
    return {
      bundle,
      verdicts,
      options: check.options as never,
      report(cursor: Cursor, messageId: string, data: MessageData = {}, extras: ReportExtras = {}) {
        const resource = bundle.resourceOf(cursor);
        findings.push({ principle, check, messageId, data, cursor, resource, ...extras });
      },
    };
  }

  function runCheck({ principle, check, context }: Use, subject: Subject): void {
    applied.add(principle.id);
    try {
      check.rule.check(subject, context);
    } catch (error) {
      crashes.push({ ruleId: check.ruleId, error, cursor: cursorOf(subject) });
    }
  }
}

type AnySubject = SubjectTypes[SubjectType];

const SUBJECT_TYPES: readonly SubjectType[] = ['resource', 'configMap', 'secret', 'workload', 'container'];

function* subjectsOf(bundle: Bundle, type: SubjectType): Generator<AnySubject> {
  switch (type) {
    case 'resource':
      yield* bundle.resources;
      return;
    case 'configMap':
      yield* bundle.configMaps.filter(hasResource);
      return;
    case 'secret':
      yield* bundle.secrets.filter(hasResource);
      return;
    case 'workload':
      yield* bundle.workloads;
      return;
    case 'container':
      for (const { containers } of bundle.workloads) yield* containers;
  }
}

function isSelected(bundle: Bundle, { rule, match, options }: Check, type: SubjectType, subject: AnySubject): boolean {
  const resource = resourceOf(subject);
  if (bundle.isOwned(resource)) return false;
  if (type === 'resource' && rule.appliesTo?.(resource.group, resource.kind) === false) return false;
  // A SealedSecret may give the Secret that comes out another name.
  const object = {
    resource,
    name: type === 'secret' && 'name' in subject ? subject.name : resource.name,
    namespace: bundle.namespaceOf(resource),
    container: type === 'container' && 'name' in subject ? subject.name : undefined,
  };
  if (!isMatched(object, match) || (match.not !== undefined && isMatched(object, match.not))) return false;
  return rule.isSubject?.(subject, options as never, bundle) !== false;
}

function resourceOf(subject: AnySubject): Resource {
  if ('workload' in subject) return subject.workload.resource;
  return 'resource' in subject ? subject.resource : subject;
}

function hasResource(provider: KeyProvider): provider is ProviderSubject {
  return provider.resource !== undefined;
}

/** What a match reads of a subject. */
interface MatchedObject {
  readonly resource: Resource;
  readonly name: string;
  /** Undefined where it is not known, or there is none. */
  readonly namespace: string | undefined;
  /** The name of the container, where it is one. */
  readonly container: string | undefined;
}

function isMatched(object: MatchedObject, { kinds, names, namespaces, labels, annotations, containers }: MatchLists) {
  const { resource, name, namespace, container } = object;
  return (
    (kinds === undefined || matchesAnyGlob(resource.kind, kinds)) &&
    (names === undefined || matchesAnyGlob(name, names)) &&
    (namespaces === undefined || (namespace !== undefined && matchesAnyGlob(namespace, namespaces))) &&
    (labels === undefined || hasAll(resource.cursor.at('metadata', 'labels'), labels)) &&
    (annotations === undefined || hasAll(resource.cursor.at('metadata', 'annotations'), annotations)) &&
    (containers === undefined || container === undefined || matchesAnyGlob(container, containers))
  );
}

function hasAll(values: Cursor, globs: Readonly<Record<string, string>>): boolean {
  return Object.entries(globs).every(([key, glob]) => {
    const value = values.at(key).text;
    return value !== undefined && matchesGlob(value, glob);
  });
}

function cursorOf(subject: Subject): Cursor | undefined {
  if ('selected' in subject) return undefined;
  if ('repeats' in subject) return subject.repeats[0]?.second;
  if ('manifest' in subject) return subject.manifest;
  return 'workload' in subject ? subject.cursor : resourceOf(subject).cursor;
}
