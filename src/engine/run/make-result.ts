import type { Ignore, Policy, Principle } from '../../policy/policy.ts';
import { SourceText } from '../../text/source.ts';
import { acceptBaseline, type Baseline } from '../baseline/baseline.ts';
import type { LintedPart } from './lint-unit.ts';
import { countFindings, principleResults, shownPrinciples } from './principle-results.ts';
import type { CheckedRule, Finding, Result, RunError } from '../result.ts';
import { comparePlaces } from '../suppressions/apply-suppressions.ts';
import { findingOfIgnore, suppressionFindings } from '../suppressions/finding.ts';

export interface Conclusion {
  readonly policy: Policy;
  /** What went wrong before anything was linted. */
  readonly errors: readonly RunError[];
  /** Whether checks or environments were deselected: what is not checked says nothing about ignores. */
  readonly isPartial: boolean;
  readonly allowEmpty: boolean;
  /** Whether these are but some of the inputs. */
  readonly isSome?: boolean;
  /** The day of the run, as YYYY-MM-DD, against which ignores expire. */
  readonly today: string;
  /** Findings that were accepted before. */
  readonly baseline?: Baseline | undefined;
}

/** Makes the result of a run of what was found in its parts. */
export function conclude(parts: readonly LintedPart[], conclusion: Conclusion): Result {
  const { policy, isPartial, today, baseline } = conclusion;
  const errors = errorsOf(parts, conclusion);
  // Of a run that is not whole nobody can tell what an ignore was for.
  const isWhole = errors.length === 0 && !isPartial;
  const found = parts.flatMap(({ findings }) => findings);
  const suppressions = parts.flatMap((part) => part.suppressions);
  const all = [
    ...[
      ...found,
      ...suppressionFindings(suppressions, 'expired'),
      ...(isWhole ? suppressionFindings(suppressions, 'unused') : []),
    ].sort((a, b) => comparePlaces(a.location, b.location)),
    ...policy.ignores.filter(({ until }) => until !== undefined && until < today).map(expiredFinding),
    ...(isWhole ? idleIgnores(parts, policy) : []).map(unusedFinding),
  ];
  const findings = acceptBaseline(all, baseline);
  return {
    policy: { name: policy.name, file: policy.file },
    environments: [...new Set(parts.flatMap(({ environments }) => environments))],
    chartEnvironments: new Map(
      parts.flatMap(({ chart, environments }) => (chart === undefined ? [] : [[chart, environments] as const])),
    ),
    summary: {
      ...countFindings(findings),
      resources: sum(parts, ({ resources }) => resources),
      files: sum(parts, ({ files }) => files),
    },
    principles: principleResults(policy, new Set(parts.flatMap(({ applied }) => applied)), findings),
    rules: rulesOf(shownPrinciples(policy, findings)),
    findings,
    errors,
    sources: new Map(
      parts.flatMap(({ sources }) =>
        sources.map(({ file, text, ...rest }) => [file, { source: new SourceText(file, text), ...rest }]),
      ),
    ),
    flows: parts.flatMap(({ flows }) => flows),
  };
}

function errorsOf(parts: readonly LintedPart[], { errors, allowEmpty, isSome = false }: Conclusion): RunError[] {
  const all = [...errors, ...parts.flatMap((part) => part.errors)];
  const isNothing = parts.every(({ chart, isLibrary, resources }) =>
    chart === undefined ? resources === 0 : isLibrary,
  );
  // Among other inputs a library is one that they use; what is asked for by itself is to be linted.
  if (isNothing && !allowEmpty && !isSome) {
    for (const { chart } of parts) if (chart !== undefined) all.push(nothingInLibrary(chart));
  }
  const crashed = new Set<string>();
  for (const { ruleId, message, location } of parts.flatMap(({ crashes }) => crashes)) {
    if (crashed.has(ruleId)) continue;
    crashed.add(ruleId);
    all.push({
      kind: 'rule',
      message: `Rule ${ruleId} crashed: ${message}. This is a bug in the rule; --skip ${ruleId} goes on without it.`,
      location,
    });
  }
  // Charts may share a file.
  const distinct = new Map(all.map((error) => [JSON.stringify(error), error]));
  return [...distinct.values()];
}

function nothingInLibrary(file: string): RunError {
  return {
    kind: 'input',
    message: 'A library chart renders nothing by itself. Lint a chart that uses it.',
    location: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

function rulesOf(principles: readonly Principle[]): CheckedRule[] {
  const rules = new Map<string, CheckedRule>();
  for (const { id: principle, checks } of principles) {
    for (const { ruleId: id, rule } of checks) {
      const others = rules.get(id)?.principles ?? [];
      if (!others.includes(principle)) rules.set(id, { id, rule, principles: [...others, principle] });
    }
  }
  return [...rules.values()];
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

function idleIgnores(parts: readonly LintedPart[], { ignores }: Policy): Ignore[] {
  const used = new Set(parts.flatMap(({ usedIgnores }) => usedIgnores));
  const idle = new Set(parts.flatMap((part) => part.idleIgnores));
  return ignores.filter((_, index) => idle.has(index) && !used.has(index));
}

function expiredFinding(ignore: Ignore): Finding {
  return findingOfIgnore({
    messageId: 'expired',
    message: `This ignore expired on ${ignore.until}: ${ignore.reason}`,
    help: 'Mend what it was for, or agree on a new date.',
    place: ignore.place,
    identity: [ignore.principle, ignore.resource],
  });
}

function unusedFinding(ignore: Ignore): Finding {
  return findingOfIgnore({
    messageId: 'unused',
    message: 'This ignore matches no finding.',
    help: 'Remove it.',
    place: ignore.place,
    identity: [ignore.principle, ignore.resource],
  });
}
