import { relative, resolve, sep } from 'node:path';
import { bringDependencies } from '../engine/dependencies/bring-dependencies.ts';
import { explainUnresolved } from '../engine/dependencies/explain-unresolved.ts';
import { findCharts } from '../engine/inputs/find-charts.ts';
import { isChart } from '../engine/inputs/owning-chart.ts';
import { UserError } from '../engine/user-error.ts';
import { redactText } from '../kube/redact.ts';
import { entryKind } from '../policy/find.ts';
import { printable } from '../text/printable.ts';
import type { DepsArguments } from './arguments.ts';
import { Progress } from './progress.ts';
import { say, sayOut } from './say.ts';
import type { Terminal } from './terminal.ts';

/** `chartlint deps CHART…`: downloads the dependencies of charts into the user's cache. Returns the exit status. */
export async function runDeps(args: DepsArguments, terminal: Terminal): Promise<number> {
  const { workingDirectory, environment } = terminal;
  const charts = args.charts.flatMap((named) => chartsIn(named, workingDirectory));
  const depsFrom = [...(args.depsFrom ?? []), ...args.charts];
  const progress = new Progress(terminal);
  try {
    const { brought, failures } = await bringDependencies(charts, {
      workingDirectory,
      environment,
      depsFrom,
      onProgress: (text) => progress.report(text),
    });
    progress.end();
    for (const { wanted, version, from } of brought) {
      const where = from === undefined ? 'is in the cache already' : `was downloaded from ${from}`;
      sayOut(terminal, `${wanted.name} ${version} ${where}.`);
    }
    let isWhole = true;
    for (const chart of charts) {
      const error = explainUnresolved(chart, { workingDirectory, depsFrom, failures });
      if (error === undefined) continue;
      isWhole = false;
      const { location, message, help } = error;
      const place = location === undefined ? '' : `${location.file}:${location.line}:${location.column}: `;
      say(terminal, `${printable(place)}${redactText(message)}`);
      if (help !== undefined) say(terminal, redactText(help), 'help');
    }
    if (isWhole && brought.length === 0) sayOut(terminal, 'No dependencies have to be downloaded.');
    return isWhole ? 0 : 2;
  } finally {
    progress.end();
  }
}

/** A chart, or all charts in a folder. */
function chartsIn(named: string, workingDirectory: string): readonly string[] {
  const path = resolve(workingDirectory, named);
  const kind = entryKind(path);
  if (kind === undefined) throw new UserError(`There is no folder ${named}. Check the path.`);
  if (kind === 'file') throw new UserError(`${named} is not a folder. Specify the folder of a chart.`);
  const charts = isChart(path) ? [path] : findCharts(path);
  if (charts.length > 0) return charts;
  const shown = relative(workingDirectory, path).split(sep).join('/') || '.';
  throw new UserError(`There is no chart in ${shown}: no Chart.yaml was found. Specify the folder of a chart.`);
}
