import type { Ignore, Policy } from '../../policy/policy.ts';
import { SourceText } from '../../text/source.ts';
import { acceptBaseline, type Baseline } from '../baseline/baseline.ts';
import { addUnknownKinds } from './add-unknown-kinds.ts';
import type { LintedUnit } from './lint-unit.ts';
import { shortenResult } from './shorten-result.ts';
import { talliesOfParts } from './policy-tallies.ts';
import { countFindings, principleResults, shownPrinciples } from './principle-results.ts';
import type { Finding, Result, RunError } from '../result.ts';
import { comparePlaces } from '../suppressions/apply-suppressions.ts';
import { findingOfIgnore, suppressionFindings } from '../suppressions/ignore-findings.ts';
import { listCheckedRules } from '../policy/checked-rules.ts';

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

/** Makes the result of a run of what was found in its units. */
export function makeResult(units: readonly LintedUnit[], conclusion: Conclusion): Result {
  const { policy, isPartial, today, baseline } = conclusion;
  const errors = errorsOf(units, conclusion);
  // An incomplete run cannot tell what an ignore was for.
  const isWhole = errors.length === 0 && !isPartial;
  const found = units.flatMap(({ findings }) => findings);
  const suppressions = units.flatMap((unit) => unit.suppressions);
  const all = [
    ...[
      ...found,
      ...suppressionFindings(suppressions, 'expired'),
      ...(isWhole ? suppressionFindings(suppressions, 'unused') : []),
    ].sort((a, b) => comparePlaces(a.location, b.location)),
    ...policy.ignores.filter(({ until }) => until !== undefined && until < today).map(expiredIgnoreFinding),
    ...(isWhole ? findUnusedIgnores(units, policy) : []).map(unusedIgnoreFinding),
  ];
  const findings = acceptBaseline(all, baseline);
  const principles = principleResults(policy, new Set(units.flatMap(({ applied }) => applied)), findings);
  const policyTallies = talliesOfParts(policy, findings, principles);
  return shortenResult({
    policy: { name: policy.name, file: policy.file },
    policies: (policy.parts ?? [policy]).map(({ name, file }) => ({ name, file })),
    ...(policyTallies !== undefined && { policyTallies }),
    ...(policy.isDefault === true && { isDefaultPolicy: true }),
    environments: [...new Set(units.flatMap(({ environments }) => environments))],
    chartEnvironments: new Map(
      units.flatMap(({ chart, environments }) => (chart === undefined ? [] : [[chart, environments] as const])),
    ),
    summary: {
      ...countFindings(findings),
      resources: sum(units, ({ resources }) => resources),
      files: sum(units, ({ files }) => files),
    },
    unknownKinds: addUnknownKinds(units.flatMap((unit) => unit.unknownKinds)),
    principles,
    rules: listCheckedRules({ ...policy, principles: shownPrinciples(policy, findings) }),
    findings,
    errors,
    sources: new Map(
      units.flatMap(({ sources }) =>
        sources.map(({ file, text, ...rest }) => [file, { source: new SourceText(file, text), ...rest }]),
      ),
    ),
    flows: units.flatMap(({ flows }) => flows),
  });
}

function errorsOf(units: readonly LintedUnit[], { errors, allowEmpty, isSome = false }: Conclusion): RunError[] {
  const all = [...errors, ...units.flatMap((unit) => unit.errors)];
  const isNothing = units.every(({ chart, isLibrary, resources }) =>
    chart === undefined ? resources === 0 : isLibrary,
  );
  // Among other inputs a library is one that they use; what is asked for by itself is to be linted.
  if (isNothing && !allowEmpty && !isSome) {
    for (const { chart } of units)
      if (chart !== undefined)
        all.push(
          nothingInLibrary(
            /\.t(?:ar\.)?gz$/i.test(chart) ? chart : chart === '.' ? 'Chart.yaml' : `${chart}/Chart.yaml`,
          ),
        );
  }
  const crashed = new Set<string>();
  for (const { ruleId, message, location } of units.flatMap(({ crashes }) => crashes)) {
    if (crashed.has(ruleId)) continue;
    crashed.add(ruleId);
    all.push({
      kind: 'rule',
      message: `Rule ${ruleId} crashed: ${message}. This is a bug in the rule; use --skip ${ruleId} to continue without it.`,
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

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

function findUnusedIgnores(units: readonly LintedUnit[], { ignores }: Policy): Ignore[] {
  const used = new Set(units.flatMap(({ usedIgnores }) => usedIgnores));
  const unused = new Set(units.flatMap(({ unusedIgnores }) => unusedIgnores));
  return ignores.filter((_, index) => unused.has(index) && !used.has(index));
}

function expiredIgnoreFinding(ignore: Ignore): Finding {
  return findingOfIgnore({
    messageId: 'expired',
    message: `This ignore expired on ${ignore.until}: ${ignore.reason}`,
    help: 'Fix what it was for, or agree on a new date.',
    place: ignore.place,
    identity: [ignore.principle, ignore.resource],
  });
}

function unusedIgnoreFinding(ignore: Ignore): Finding {
  return findingOfIgnore({
    messageId: 'unused',
    message: 'This ignore matches no finding.',
    help: 'Remove it.',
    place: ignore.place,
    identity: [ignore.principle, ignore.resource],
  });
}
