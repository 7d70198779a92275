import type { TracedSetting } from '../engine/data-flow.ts';
import type { EnvironmentTrace } from '../engine/trace/trace-settings.ts';
import { traceChart } from '../engine/trace/trace-chart.ts';
import { UserError } from '../engine/user-error.ts';
import { redactText } from '../kube/redact.ts';
import { loadPaint } from '../report/paint.ts';
import { reportTrace, reportTraceJson, reportTraceTable } from '../report/trace.ts';
import type { Rules } from '../rule/rule.ts';
import { nearMiss } from '../text/near-miss.ts';
import { printable } from '../text/printable.ts';
import type { TraceArguments } from './arguments.ts';
import { bringOrFail } from './bring-or-fail.ts';
import { say } from './say.ts';
import { wantsColor, type Terminal } from './terminal.ts';

/** `chartlint trace CHART [KEY]`. Returns the exit status. */
export async function runTrace(args: TraceArguments, terminal: Terminal, rules: Rules): Promise<number> {
  if (args.deps) await bringOrFail([args.chart], args.depsFrom, terminal);
  const { traces, errors } = await traceChart({ ...args, ...terminal, rules });
  for (const { message, help, location } of errors) {
    const place = location === undefined ? '' : `${location.file}:${location.line}:${location.column}: `;
    say(terminal, `${printable(place)}${redactText(message)}`);
    if (help !== undefined) say(terminal, redactText(help), 'help');
  }
  const shown = args.key === undefined ? traces : selectSettings(traces, args.key, errors.length > 0);
  if (args.format === 'json') terminal.writeOut(reportTraceJson(shown));
  else {
    const paint = await loadPaint(wantsColor(args.noColor === true ? false : args.color, terminal));
    terminal.writeOut(args.key === undefined ? reportTraceTable(shown, paint) : reportTrace(shown, paint));
  }
  return errors.length > 0 ? 2 : 0;
}

/** The settings that come from a values key or something inside it, or that have this name in a ConfigMap. */
function selectSettings(traces: readonly EnvironmentTrace[], key: string, isPartial: boolean): EnvironmentTrace[] {
  const selected = traces.map(({ environment, settings }) => ({
    environment,
    settings: settings.filter((setting) =>
      settingNames(setting).some((name) => name === key || name.startsWith(`${key}.`)),
    ),
  }));
  if (isPartial || selected.some(({ settings }) => settings.length > 0)) return selected;
  const names = traces.flatMap(({ settings }) => settings.flatMap(settingNames));
  const meant = nearMiss(key, new Set(names.flatMap(withParents)));
  const hint = meant === undefined ? 'Run chartlint trace without a key for a list.' : `Did you mean ${meant}?`;
  throw new UserError(`There is no setting ${key}. ${hint}`);
}

/** `a.b.c`, `a.b` and `a`. */
function withParents(name: string): string[] {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? [name] : [name, ...withParents(name.slice(0, dot))];
}

function settingNames({ values, configMap }: TracedSetting): string[] {
  return [...values.map(({ key }) => key), ...(configMap === undefined ? [] : [configMap.key])];
}
