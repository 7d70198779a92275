import type { Bundle } from '../bundle/bundle.ts';
import type { KeyProvider } from '../bundle/provider.ts';
import type { Resource } from '../bundle/resource.ts';
import type { Structures } from '../kube/structure.ts';
import type { Check, Match, Policy, Principle } from '../policy/policy.ts';
import type { MessageData, ProviderSubject, RelatedPlace, Subject, SubjectType, SubjectTypes } from '../rule/rule.ts';
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
        report(
          cursor: Cursor,
          messageId: string,
          data: MessageData = {},
          extras: { related?: readonly RelatedPlace[] } = {},
        ) {
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
  const { rule } = check;
  if (rule.scope !== 'bundle') {
    yield* select(bundle, rule.scope, check);
    return;
  }
  const selected = [...select(bundle, rule.selects ?? 'resource', check)];
  if (selected.length > 0) yield { bundle, selected };
}

type AnySubject = SubjectTypes[SubjectType];

function* select(bundle: Bundle, type: SubjectType, { rule, match, options }: Check): Generator<AnySubject> {
  for (const subject of matching(bundle, type, match)) {
    if (rule.appliesTo !== undefined && !appliesTo(rule.appliesTo, subject)) continue;
    if (rule.isSubject?.(subject, options as never, bundle) !== false) yield subject;
  }
}

function appliesTo(test: (group: string, kind: string) => boolean, subject: AnySubject): boolean {
  const resource = 'kind' in subject && 'group' in subject ? subject : undefined;
  return resource === undefined || test(resource.group, resource.kind);
}

function* matching(bundle: Bundle, type: SubjectType, match: Match): Generator<AnySubject> {
  switch (type) {
    case 'resource':
      for (const resource of bundle.resources) if (matchesResource(resource, resource.name, match)) yield resource;
      return;
    case 'configMap':
    case 'secret':
      for (const provider of type === 'secret' ? bundle.secrets : bundle.configMaps) {
        if (hasResource(provider) && matchesResource(provider.resource, provider.name, match)) yield provider;
      }
      return;
    case 'workload':
    case 'container':
      for (const workload of bundle.workloads) {
        if (!matchesResource(workload.resource, workload.resource.name, match)) continue;
        if (type === 'workload') yield workload;
        else for (const container of workload.containers) if (matchesContainer(container.name, match)) yield container;
      }
      return;
  }
}

function hasResource(provider: KeyProvider): provider is ProviderSubject {
  return provider.resource !== undefined;
}

function matchesContainer(name: string, match: Match): boolean {
  return match.containers === undefined || matchesAnyGlob(name, match.containers);
}

function matchesResource(resource: Resource, name: string, match: Match): boolean {
  if (match.kinds !== undefined && !matchesAnyGlob(resource.kind, match.kinds)) return false;
  if (match.names !== undefined && !matchesAnyGlob(name, match.names)) return false;
  return Object.entries(match.labels ?? {}).every(([label, glob]) => {
    const value = resource.cursor.at('metadata', 'labels', label).text;
    return value !== undefined && matchesGlob(value, glob);
  });
}

function placeOf(subject: Subject): Cursor | undefined {
  if ('cursor' in subject) return subject.cursor;
  return 'resource' in subject ? subject.resource.cursor : undefined;
}
