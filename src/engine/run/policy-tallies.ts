import type { Policy } from '../../policy/policy.ts';
import type { Finding, PolicyTally, PrincipleResult, Result } from '../result.ts';
import { countFindings } from './principle-results.ts';

/** What was found under each of the policies that the user named; undefined where these are not several. */
export function talliesOfParts(
  { parts }: Policy,
  findings: readonly Finding[],
  principles: readonly PrincipleResult[],
): readonly PolicyTally[] | undefined {
  return parts?.map(({ name, file, principles: ids }) => {
    const own = principles.filter(({ id }) => ids.has(id));
    return tally(
      { name, file },
      own,
      findings.filter(({ principle }) => ids.has(principle)),
    );
  });
}

/** What was found under the policies of several results, each once. */
export function mergeTallies(results: readonly Result[]): readonly PolicyTally[] | undefined {
  const merged = new Map<string, PolicyTally>();
  for (const { policy, policyTallies, findings, principles } of results) {
    for (const each of policyTallies ?? [tally(policy, principles, findings)]) {
      const key = JSON.stringify([each.name, each.file]);
      const known = merged.get(key);
      merged.set(key, known === undefined ? each : add(known, each));
    }
  }
  return merged.size > 1 ? [...merged.values()] : undefined;
}

function tally(
  { name, file }: Result['policy'],
  principles: readonly PrincipleResult[],
  findings: readonly Finding[],
): PolicyTally {
  const failed = principles.filter(({ status }) => status === 'failed').length;
  return { name, file, principles: principles.length, failed, ...countFindings(findings) };
}

/** The principles are the same ones. */
function add(a: PolicyTally, b: PolicyTally): PolicyTally {
  return {
    ...a,
    principles: Math.max(a.principles, b.principles),
    failed: Math.max(a.failed, b.failed),
    errors: a.errors + b.errors,
    warnings: a.warnings + b.warnings,
    infos: a.infos + b.infos,
    suppressed: a.suppressed + b.suppressed,
  };
}
