import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Policy } from '../policy/policy.ts';
import type { Rules } from '../rule/rule.ts';
import { lintChart, type LintedPart, type PartRequest } from './lint-part.ts';
import type { ReleaseChoice } from './release-choice.ts';

/** A chart to lint, and what with: plain data, so that one thread can hand it to another. */
export interface ChartTask extends Omit<PartRequest, 'policy' | 'rules' | 'onProgress'> {
  /** The chart's folder or archive; absolute. */
  readonly path: string;
  /** The name of a built-in policy, or a policy file. */
  readonly policy: string;
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[] | undefined;
  readonly release: ReleaseChoice;
  readonly workingDirectory: string;
  readonly now: Date;
  /** The bytes of the values file `-`. */
  readonly stdin: Uint8Array;
}

/**
 * Renders and lints a chart.
 * @param policy the one that the task names
 * @throws UserError for an environment that there is not
 */
export async function runChartTask(
  task: ChartTask,
  policy: Policy,
  rules: Rules,
  onProgress?: (environment: string) => void,
): Promise<LintedPart> {
  // The renderer is loaded only when there is a chart.
  const { renderForLint } = await import('./render-charts.ts');
  const chart = renderForLint(task.path, { ...task, choice: task.release, policy, onProgress });
  return lintChart(chart, { ...task, policy, rules });
}

/** Other threads that lint charts, beside the one that asks. */
export interface ChartThreads {
  /** Whether to use them at once; else only when the work turns out to be long. */
  readonly isEager: boolean;
  /** Starts them. Each lane runs one task at a time, with the policy that it names, and rejects as `runChartTask` does. */
  readonly start: () => readonly Lane[];
}

/** Runs a task somewhere. */
export type Lane = (task: ChartTask) => Promise<LintedPart>;

export interface ChartRun {
  readonly task: ChartTask;
  readonly policy: Policy;
  readonly rules: Rules;
}

/**
 * Milliseconds of work from which threads are worth it. Each compiles the renderer anew while it warms up, and a single
 * one keeps more than one core busy already: on two cores, work of 3 s takes as long with threads, work of 20 s less.
 */
const LONG = 5000;

/**
 * Lints charts, in other threads too when there are some and it pays. The results are in the order of the charts.
 * @throws UserError for an environment that there is not
 */
export async function lintCharts(
  runs: readonly ChartRun[],
  threads: ChartThreads | undefined,
  onProgress: (text: string) => void = () => {},
): Promise<LintedPart[]> {
  const parts: LintedPart[] = [];
  const failures: { readonly index: number; readonly error: unknown }[] = [];
  const lanes: Promise<void>[] = [];
  const start = performance.now();
  let next = 0;

  async function work(lane: (run: ChartRun, index: number) => Promise<LintedPart>): Promise<void> {
    for (let run = runs[next]; run !== undefined && failures.length === 0; run = runs[next]) {
      const index = next++;
      try {
        parts[index] = await lane(run, index);
      } catch (error) {
        failures.push({ index, error });
      }
    }
  }

  await work(async ({ task, policy, rules }, index) => {
    if (threads !== undefined && lanes.length === 0) {
      const left = runs.length - index;
      if (left > 1 && (threads.isEager || isLong(performance.now() - start, index, left))) {
        lanes.push(...threads.start().map((lane) => work(({ task: other }) => lane(other))));
      }
    }
    // Lets the lanes take what they do next.
    if (lanes.length > 0) await nextTurn();
    const which = `${index + 1}/${runs.length} ${basename(task.path)}`;
    return runChartTask(task, policy, rules, (environment) => onProgress(`${which} (${environment})`));
  });
  await Promise.all(lanes);

  // Charts are begun in their order, so the first that fails is the same with threads as without.
  const [failure] = failures.toSorted((left, right) => left.index - right.index);
  if (failure !== undefined) throw failure.error;
  return parts;
}

/** Whether what is left will take long, if it goes on as it went so far. */
function isLong(elapsed: number, done: number, left: number): boolean {
  return done > 0 && elapsed > LONG / 10 && (elapsed / done) * left > LONG;
}
