import type { Bundle, } from '../bundle/bundle.ts';
import type { Resource } from '../bundle/resource.ts';
import type { Structures } from '../kube/structure.ts';
import type { Check, Match, Policy, Principle } from '../policy/policy.ts';
import type { ConfigMapSubject, MessageData, RelatedPlace, Subject, SubjectType, SubjectTypes } from '../rule/rule.ts';
import { matchesAnyGlob, matchesGlob } from '../text/glob.ts';
import type { Cursor } from '../yaml/cursor.ts';

/** One place where a check does not hold, as the rule reported it. */
export interface RawFinding {
  readonly principle: Principle;
  readonly check: Check;
  readonly messageId: string;
  readonly data: MessageData;
  readonly cursor: Cursor;
  readonly resource: Resource | undefined;
  readonly related: readonly RelatedPlace[];
}

/** A rule that threw. The run goes on without what it would have said of this subject. */
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

/** Runs every check of a policy over a bundle. */
export function checkBundle(bundle: Bundle, policy: Policy, structures: Structures | undefined): CheckedBundle {
  const findings: RawFinding[] = [];
  const crashes: RuleCrash[] = [];
  const applied = new Set<string>();
  for (const principle of policy.principles) {
    for (const check of principle.checks) {
      for (const subject of subjectsOf(bundle, check)) {
        applied.add(principle.id);
        runCheck(principle, check, subject);
      }
    }
  }
  return { findings, crashes, applied };

  function runCheck(principle: Principle, check: Check, subject: Subject): void {
    try {
      check.rule.check(subject, {
        bundle,
        structures,
        options: check.options as never,
        report(cursor: Cursor, messageId: string, data: MessageData = {}, extras: { related?: readonly RelatedPlace[] } = {}) {
          const resource = bundle.resourceOf(cursor);
          findings.push({ principle, check, messageId, data, cursor, resource, related: extras.related ?? [] });
        },
      });
    } catch (error) {
      crashes.push({ ruleId: check.ruleId, error, cursor: placeOf(subject) });
    }
  }
}

function* subjectsOf(bundle: Bundle, check: Check): Generator<Subject> {
  const { rule, match } = check;
  if (rule.scope !== 'bundle') {
    yield* select(bundle, rule.scope, check);
    return;
  }
  const selected = [...select(bundle, rule.selects ?? 'resource', { ...check, match })];
  if (selected.length > 0) yield { bundle, selected };
}

function* select(bundle: Bundle, type: SubjectType, { rule, match }: Check): Generator<SubjectTypes[SubjectType]> {
  switch (type) {
    case 'resource':
      for (const resource of bundle.resources) {
        if (rule.appliesTo?.(resource.group, resource.kind) === false) continue;
        if (matchesResource(resource, match)) yield resource;
      }
      return;
    case 'configMap':
      for (const provider of bundle.configMaps) {
        if (isConfigMapSubject(provider) && matchesResource(provider.resource, match)) yield provider;
      }
      return;
    case 'workload':
      for (const workload of bundle.workloads) if (matchesResource(workload.resource, match)) yield workload;
      return;
    case 'container':
      for (const workload of bundle.workloads) {
        if (!matchesResource(workload.resource, match)) continue;
        for (const container of workload.containers) {
          if (match.containers === undefined || matchesAnyGlob(container.name, match.containers)) yield container;
        }
      }
      return;
  }
}

function isConfigMapSubject(provider: Bundle['configMaps'][number]): provider is ConfigMapSubject {
  return provider.resource !== undefined;
}

function matchesResource(resource: Resource, match: Match): boolean {
  if (match.kinds !== undefined && !matchesAnyGlob(resource.kind, match.kinds)) return false;
  if (match.names !== undefined && !matchesAnyGlob(resource.name, match.names)) return false;
  return Object.entries(match.labels ?? {}).every(([label, glob]) => {
    const value = resource.cursor.at('metadata', 'labels', label).text;
    return value !== undefined && matchesGlob(value, glob);
  });
}

function placeOf(subject: Subject): Cursor | undefined {
  if ('cursor' in subject) return subject.cursor;
  if ('resource' in subject) return subject.resource?.cursor;
  return undefined;
}
