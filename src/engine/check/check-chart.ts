import type { Chart } from '../../bundle/chart.ts';
import type { Check, Policy, Principle } from '../../policy/policy.ts';
import type { MessageData, ReportExtras } from '../../rule/rule.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import type { CheckedBundle, RawFinding, RuleCrash } from './check-bundle.ts';

function isSubject(chart: Chart, { rule, options }: Check): boolean {
  if (rule.scope === 'environments') return chart.environments.filter(({ isForCi }) => isForCi !== true).length > 1;
  // Charts have no bundle of their own.
  return rule.scope === 'chart' && rule.isSubject?.(chart, options as never, undefined as never) !== false;
}

/** Runs every check of a policy that looks at charts over a chart. */
export function checkChart(chart: Chart, policy: Policy): CheckedBundle {
  const findings: RawFinding[] = [];
  const crashes: RuleCrash[] = [];
  const applied = new Set<string>();
  for (const principle of policy.principles) {
    for (const check of principle.checks) {
      if (isSubject(chart, check)) runCheck(principle, check);
    }
  }
  return { findings, crashes, applied };

  function runCheck(principle: Principle, check: Check): void {
    applied.add(principle.id);
    try {
      check.rule.check(chart, {
        // Rules of charts are not given these; the type of all rules together has them.
        bundle: undefined as never,
        verdicts: undefined,
        options: check.options as never,
        report(cursor: Cursor, messageId: string, data: MessageData = {}, extras: ReportExtras = {}) {
          const resource = resourceOf(cursor);
          findings.push({ principle, check, messageId, data, cursor, resource, ...extras });
        },
      });
    } catch (error) {
      crashes.push({ ruleId: check.ruleId, error, cursor: chart.manifest });
    }
  }

  function resourceOf(cursor: Cursor): RawFinding['resource'] {
    for (const { bundle } of chart.environments) {
      const resource = bundle.resourceOf(cursor);
      if (resource !== undefined) return resource;
    }
    return undefined;
  }
}
