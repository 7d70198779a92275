import { choosePolicy } from '../engine/policy/choose-policy.ts';
import { runChartTask } from '../engine/run/lint-charts.ts';
import type { LintedUnit } from '../engine/run/lint-unit.ts';
import { packText, type PackedText } from '../engine/documents/packed-documents.ts';
import { lookTest } from '../engine/documents/source-reader.ts';
import { selectChecks } from '../engine/policy/select-checks.ts';
import type { ChartTask, PolicyTask, ReadingTask } from '../engine/run/tasks.ts';
import { UserError } from '../engine/user-error.ts';
import { HeapError } from '../memory/require-heap.ts';
import { emptyPolicy } from '../policy/empty-policy.ts';
import type { Policy } from '../policy/policy.ts';
import type { Rules } from '../rule/rule.ts';

/** What a worker thread is asked. */
export type TaskRequest = { readonly chart: ChartTask } | { readonly reading: ReadingTask };

/** What it answers. */
export interface TaskReply {
  readonly unit?: LintedUnit;
  readonly texts?: readonly PackedText[];
  /** The message of a `UserError`. */
  readonly userError?: string;
}

/** Runs tasks one after the other in a thread of their own, which reads each policy once. */
export class TaskRunner {
  readonly #rules: Rules;
  readonly #policies = new Map<string, Promise<Policy>>();

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  async run(request: TaskRequest): Promise<TaskReply> {
    try {
      if ('chart' in request) {
        const { chart } = request;
        return { unit: await runChartTask(chart, await this.#policyOf(chart), this.#rules) };
      }
      const { reading } = request;
      const isLookedAt = lookTest(await this.#policyOf(reading));
      return { texts: reading.texts.map((text) => packText(text, isLookedAt)) };
    } catch (error) {
      if (error instanceof UserError || error instanceof HeapError) return { userError: error.message };
      throw error;
    }
  }

  #policyOf(task: PolicyTask): Promise<Policy> {
    const { policy: choice, within, only, skip } = task;
    const key = JSON.stringify([choice, within, only, skip]);
    const policy = this.#policies.get(key) ?? this.#readPolicy(task);
    this.#policies.set(key, policy);
    return policy;
  }

  async #readPolicy({ policy: choice, within, workingDirectory, only, skip }: PolicyTask): Promise<Policy> {
    const { policy } = await choosePolicy({ policy: choice, within }, [], workingDirectory, this.#rules);
    return policy === undefined ? emptyPolicy(choice.join(', ')) : selectChecks(policy, { only, skip });
  }
}

/** What need not be copied on the way back. */
export function transferables({ texts = [] }: TaskReply): ArrayBuffer[] {
  return texts.map(({ nodes }) => nodes.cells.buffer);
}
