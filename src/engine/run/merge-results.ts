import { mergeTallies } from './policy-tallies.ts';
import { addUnknownKinds } from './add-unknown-kinds.ts';
import type { CheckedRule, PrincipleResult, Result, Summary } from '../result.ts';

/** Makes one result of inputs that have policies of their own. */
export function mergeResults(results: readonly Result[]): Result {
  const [first] = results;
  if (first !== undefined && results.length === 1) return first;
  const policyTallies = mergeTallies(results);
  return {
    policy: { name: [...new Set(results.map(({ policy }) => policy.name))].join(', '), file: undefined },
    policies: distinctPolicies(results),
    ...(policyTallies !== undefined && { policyTallies }),
    ...(results.every(({ isDefaultPolicy }) => isDefaultPolicy === true) && { isDefaultPolicy: true }),
    environments: [...new Set(results.flatMap(({ environments }) => environments))],
    chartEnvironments: new Map(results.flatMap(({ chartEnvironments = [] }) => [...chartEnvironments])),
    summary: results.map(({ summary }) => summary).reduce(addSummaries),
    unknownKinds: addUnknownKinds(results.flatMap(({ unknownKinds }) => unknownKinds)),
    principles: merge(
      results.flatMap(({ principles }) => principles),
      // Of one id, two policies may have principles that are not the same.
      ({ id, clause, title }) => JSON.stringify([id, clause, title]),
      addPrinciples,
    ),
    rules: merge(
      results.flatMap(({ rules }) => rules),
      ({ id }) => id,
      addRules,
    ),
    findings: results.flatMap(({ findings }) => findings),
    errors: results.flatMap(({ errors }) => errors),
    sources: new Map(results.flatMap(({ sources }) => [...sources])),
    flows: results.flatMap(({ flows }) => flows),
  };
}

/** Two policies of one name may come from different files. */
function distinctPolicies(results: readonly Result[]): Result['policies'] {
  const policies = results.flatMap((result) => result.policies);
  return [...new Map(policies.map((policy) => [JSON.stringify([policy.name, policy.file]), policy])).values()];
}

function addSummaries(a: Summary, b: Summary): Summary {
  return {
    errors: a.errors + b.errors,
    warnings: a.warnings + b.warnings,
    infos: a.infos + b.infos,
    suppressed: a.suppressed + b.suppressed,
    resources: a.resources + b.resources,
    files: a.files + b.files,
  };
}

const WEIGHT: Record<PrincipleResult['status'], number> = { failed: 2, passed: 1, 'not-applicable': 0 };

/** Policies mostly share their parents' principles. */
function addPrinciples(a: PrincipleResult, b: PrincipleResult): PrincipleResult {
  return { ...a, status: WEIGHT[a.status] < WEIGHT[b.status] ? b.status : a.status, findings: a.findings + b.findings };
}

function addRules(a: CheckedRule, b: CheckedRule): CheckedRule {
  return { ...a, principles: [...new Set([...a.principles, ...b.principles])] };
}

function merge<T>(items: readonly T[], keyOf: (item: T) => string, add: (a: T, b: T) => T): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? item : add(known, item));
  }
  return [...byKey.values()];
}
