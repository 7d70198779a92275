import { choosePolicy } from '../engine/choose-policy.ts';
import { runChartTask, type ChartTask } from '../engine/lint-charts.ts';
import type { LintedPart } from '../engine/lint-part.ts';
import { selectChecks } from '../engine/select-checks.ts';
import { UserError } from '../engine/user-error.ts';
import { emptyPolicy } from '../policy/empty-policy.ts';
import type { Policy } from '../policy/policy.ts';
import type { Rules } from '../rule/rule.ts';

/** What a worker thread answers. */
export type TaskReply =
  | { readonly part: LintedPart; readonly userError?: undefined }
  /** The message of a `UserError`. */
  | { readonly part?: undefined; readonly userError: string };

/** Runs tasks one after the other in a thread of their own, which reads each policy once. */
export class TaskRunner {
  readonly #rules: Rules;
  readonly #policies = new Map<string, Promise<Policy>>();

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  async run(task: ChartTask): Promise<TaskReply> {
    try {
      return { part: await runChartTask(task, await this.#policyOf(task), this.#rules) };
    } catch (error) {
      if (error instanceof UserError) return { userError: error.message };
      throw error;
    }
  }

  #policyOf(task: ChartTask): Promise<Policy> {
    const { policy: choice, only, skip } = task;
    const key = JSON.stringify([choice, only, skip]);
    const policy = this.#policies.get(key) ?? this.#readPolicy(task);
    this.#policies.set(key, policy);
    return policy;
  }

  async #readPolicy({ policy: choice, workingDirectory, only, skip }: ChartTask): Promise<Policy> {
    const { policy } = await choosePolicy({ policy: choice }, [], workingDirectory, this.#rules);
    return policy === undefined ? emptyPolicy(choice) : selectChecks(policy, { only, skip });
  }
}
