import type { TracedSetting } from '../engine/data-flow.ts';
import type { EnvironmentTrace } from '../engine/trace/trace-settings.ts';
import { printable } from '../text/printable.ts';
import { MAX_NAME, shorten } from '../text/shorten.ts';
import { withoutCommands } from '../text/workflow-commands.ts';
import type { Paint } from './paint.ts';
import { pad } from './wrap.ts';
import { count } from './count.ts';
import { placeText } from './finding-text.ts';
import { jsonText } from './json.ts';

/** One or more settings in full: each step on a line of its own. */
export function reportTrace(traces: readonly EnvironmentTrace[], paint: Paint): string {
  const blocks = traces.flatMap(({ environment, settings }) =>
    settings.map((setting) => [
      `${paint.strong(shown(settingTitle(setting)))} ${paint.faint(`(${shown(environment)})`)}`,
      ...stepsOf(setting, paint),
      ...setting.departures.map((departure) => `  ${paint.warning('▲')} ${shown(departure)}`),
    ]),
  );
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function settingTitle({ values, configMap }: TracedSetting): string {
  return values[0]?.key ?? configMap?.key ?? '';
}

function stepsOf({ values, configMap, containers }: TracedSetting, paint: Paint): string[] {
  const rows: [step: string, what: string, where: string][] = values.map(({ key, file, line, column }) => {
    return ['values', key, `${file}:${line}:${column}`];
  });
  if (configMap !== undefined) {
    rows.push(['ConfigMap', `${configMap.name} ${configMap.key}`, placeText(configMap.location)]);
  }
  for (const { workload, container, variable, via, location } of containers) {
    const how = via === undefined ? '' : ` (${via})`;
    rows.push(['container', `${workload} ${container} ${variable}${how}`, placeText(location)]);
  }
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  return rows.map(([step, what, where], index) => {
    const arrow = index === 0 ? ' ' : '→';
    const cells = [pad(step, widths[0] ?? 0), pad(shown(what), widths[1] ?? 0), paint.place(printable(where))];
    return `  ${paint.faint(arrow)} ${cells.join('  ')}`;
  });
}

/** All settings as a table, one table for each environment. */
export function reportTraceTable(traces: readonly EnvironmentTrace[], paint: Paint): string {
  return traces
    .map(({ environment, settings }) => {
      const rows = settings.map((setting) => cellsOf(setting));
      const header = ['VALUES KEY', 'SET AT', 'CONFIGMAP', 'CONTAINER'];
      const widths = header.map((title, column) =>
        Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
      );
      const left = settings.filter(({ departures }) => departures.length > 0).length;
      const line = (cells: readonly string[]): string => {
        return cells
          .map((cell, column) => pad(cell, column === cells.length - 1 ? 0 : (widths[column] ?? 0)))
          .join('  ');
      };
      const lines = settings.flatMap((setting, index) => [
        `${setting.departures.length === 0 ? paint.passed('✓') : paint.warning('▲')} ${line(rows[index] ?? [])}`,
        ...setting.departures.map((departure) => `    ${paint.warning(shown(departure))}`),
      ]);
      const summary =
        left === 0
          ? `${count(settings.length, 'setting')}, all on the path values → ConfigMap → container`
          : `${count(settings.length, 'setting')}, ${left} not on the path values → ConfigMap → container`;
      return [
        paint.strong(`Environment ${shown(environment)}: ${summary}`),
        `  ${paint.faint(line(header))}`,
        ...lines,
        '',
      ].join('\n');
    })
    .join('\n');
}

function cellsOf({ values, configMap, containers }: TracedSetting): string[] {
  const uses = containers.map(({ workload, container, variable, via }) => {
    return via === undefined ? `${workload} ${variable}` : `${workload} ${container} ${variable} ← ${via}`;
  });
  return [
    values.map(({ key }) => key).join(', ') || '–',
    values.map(({ file, line }) => `${file.slice(file.lastIndexOf('/') + 1)}:${line}`).join(', ') || '–',
    configMap === undefined ? '–' : `${configMap.name} ${configMap.key}`,
    uses.join(', ') || '–',
  ].map(shown);
}

/** A text of the input on one line. */
function shown(text: string): string {
  return withoutCommands(printable(shorten(text, MAX_NAME)));
}

/** The traces for programs. */
export function reportTraceJson(traces: readonly EnvironmentTrace[]): string {
  return jsonText({ version: 1, environments: traces });
}
