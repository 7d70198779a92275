import { basename } from 'node:path';
import type { Policy } from '../../policy/policy.ts';
import type { Rules } from '../../rule/rule.ts';
import { lintChart, type LintedUnit } from './lint-unit.ts';
import type { ChartTask } from './tasks.ts';
import { Turns } from './turns.ts';
import { shareWork, type Threads } from './share-work.ts';

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
): Promise<LintedUnit> {
  // The renderer is loaded only when there is a chart.
  const { renderForLint } = await import('../render/render-environments.ts');
  const chart = renderForLint(task.path, { ...task, choice: task.release, policy, onProgress });
  return lintChart(chart, { ...task, policy, rules });
}

export interface ChartRun {
  readonly task: ChartTask;
  readonly policy: Policy;
  readonly rules: Rules;
}

/**
 * Seconds of work from which threads are worth it. Each compiles the renderer while it warms up, and a single
 * one keeps more than one core busy already: on two cores, work of 3 s takes as long with threads, work of 20 s less.
 */
const LONG = 5;

/**
 * Lints charts, in other threads too when there are some and it pays. The results are in the order of the charts.
 * @throws UserError for an environment that there is not
 */
export function lintCharts(
  runs: readonly ChartRun[],
  threads: Threads | undefined,
  onProgress: (text: string) => void = () => {},
): Promise<LintedUnit[]> {
  const start = process.uptime();
  const turns = new Turns();
  return shareWork(runs, threads, {
    here: async ({ task, policy, rules }, index) => {
      await turns.pass();
      const which = `${index + 1}/${runs.length} ${basename(task.path)}`;
      return runChartTask(task, policy, rules, (environment) => onProgress(`${which} (${environment})`));
    },
    there: (lane, { task }) => lane.lintChart(task),
    wantsHelp: (index) => {
      const left = runs.length - index;
      return left > 1 && (threads?.isEager === true || isLong(process.uptime() - start, index, left));
    },
  });
}

/** Whether what is left will take long, if it goes on as it went so far. */
function isLong(elapsed: number, done: number, left: number): boolean {
  return done > 0 && elapsed > LONG / 10 && (elapsed / done) * left > LONG;
}
