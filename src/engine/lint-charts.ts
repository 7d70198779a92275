import { basename } from 'node:path';
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

/** Threads that lint charts. */
export interface ChartThreads {
  /** Whether to use them at once; else only when the work turns out to be long. */
  readonly isEager: boolean;
  /** Runs a task with the policy that it names. Rejects as `runChartTask` does. */
  readonly run: (task: ChartTask) => Promise<LintedPart>;
}

export interface ChartRun {
  readonly task: ChartTask;
  readonly policy: Policy;
  readonly rules: Rules;
}

/** Milliseconds of work from which threads, which take some 100 to start, are worth it. */
const LONG = 1000;

/**
 * Lints charts, in other threads when there are some and it pays. The results are in the order of the charts.
 * @throws UserError for an environment that there is not
 */
export async function lintCharts(
  runs: readonly ChartRun[],
  threads: ChartThreads | undefined,
  onProgress: (text: string) => void = () => {},
): Promise<LintedPart[]> {
  const parts: LintedPart[] = [];
  const start = performance.now();
  for (const { task, policy, rules } of runs) {
    const left = runs.length - parts.length;
    if (
      threads !== undefined &&
      left > 1 &&
      (threads.isEager || isLong(performance.now() - start, parts.length, left))
    ) {
      break;
    }
    const which = `${parts.length + 1}/${runs.length} ${basename(task.path)}`;
    parts.push(await runChartTask(task, policy, rules, (environment) => onProgress(`${which} (${environment})`)));
  }
  if (threads === undefined || parts.length === runs.length) return parts;
  let done = parts.length;
  const others = runs.slice(done).map(async ({ task }) => {
    const part = await threads.run(task);
    onProgress(`${++done}/${runs.length} ${basename(task.path)}`);
    return part;
  });
  // Of several that reject, the first in order is the one to tell, as without threads.
  await Promise.allSettled(others);
  return [...parts, ...(await Promise.all(others))];
}

/** Whether what is left will take long, if it goes on as it went so far. */
function isLong(elapsed: number, done: number, left: number): boolean {
  return done > 0 && elapsed > LONG / 4 && (elapsed / done) * left > LONG;
}
