import type { Finding, PrincipleResult, Result, RunError } from '../engine/result.ts';
import type { Severity } from '../rule/rule.ts';
import {
  isNothingChecked,
  PASSED_IN_PART,
  type Environments,
  ERROR_KINDS,
  errorText,
  aboutText,
  placeText,
  summaryText,
} from './finding-text.ts';
import { code, prose } from './markdown-text.ts';
import { count } from './count.ts';
import { groupByFile } from './group-by-file.ts';
import { chartRows, policyRows } from './overview.ts';

/** GitHub takes 65,536 characters of a comment, GitLab more. */
const LIMIT = 65_000;
/** Their share for errors and principles, so that there is always room for findings. */
const ERRORS_LIMIT = 15_000;
const PRINCIPLES_LIMIT = 15_000;
const CHARTS_LIMIT = 10_000;
/** Kept for the last line, which says what was left out. */
const CLOSING_ROOM = 200;
/** Places that one finding shows. */
const MAX_PLACES = 5;

const SEVERITIES: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', info: 'ℹ️' };
const STATUSES: Readonly<Record<PrincipleResult['status'], string>> = {
  passed: '✅',
  failed: '❌',
  'not-applicable': '➖',
};

/**
 * A comment for a pull request in GitHub-flavoured Markdown: the totals, the principles, and the findings that count,
 * folded by file. It never is longer than 65,000 characters, and says what it leaves out.
 */
export function reportMarkdown(result: Result): string {
  const head = [
    heading(result),
    ...errorList(result.errors),
    ...policyTable(result),
    ...chartTable(result),
    ...principleLines(result),
  ].join('\n\n');
  const counting = result.findings.filter(({ suppressed }) => suppressed === undefined);
  const files = groupByFile(counting);
  const { text, shown } = findingBlocks(files, result, LIMIT - head.length - CLOSING_ROOM);
  const left = counting.length - shown;
  const closing =
    left === 0 ? '' : `\n\n**${count(left, 'finding')} left out** for lack of space: see the full report.`;
  return `${head}${text}${closing}\n`;
}

/** The comment on top lets a program find the comment that it wrote before. */
function heading(result: Result): string {
  const { policy, environments, summary, errors } = result;
  const isBad = summary.errors > 0 || errors.length > 0;
  const symbol = isBad ? SEVERITIES.error : summary.warnings + summary.infos > 0 ? SEVERITIES.warning : STATUSES.passed;
  const where =
    environments.length === 0
      ? ''
      : ` · ${count(environments.length, 'environment')}: ${prose(environments.join(', '))}`;
  return [
    '<!-- chartlint -->',
    `### ${symbol} chartlint: ${summaryText(result)}`,
    `Policy ${code(policy.name)} · ${count(summary.resources, 'resource')}${where}`,
  ].join('\n\n');
}

function errorList(errors: readonly RunError[]): string[] {
  if (errors.length === 0) return [];
  const { kept, left } = takeWithin(ERRORS_LIMIT, errors, (error) => {
    const { kind, location } = error;
    const place = location === undefined ? '' : ` ${code(placeText(location))}`;
    return `- **${ERROR_KINDS[kind]}**${place}<br>${prose(errorText(error))}`;
  });
  const more = left === 0 ? [] : [`- … and ${count(left, 'error')} more`];
  return ['**The run is incomplete**: part of the input was not checked.', [...kept, ...more].join('\n')];
}

/** What was found under each policy, where several hold. */
function policyTable(result: Result): string[] {
  const rows = policyRows(result).map(({ name, principles, failed, errors, warnings, infos }) => {
    const symbol = failed > 0 ? STATUSES.failed : passed(result);
    return tableRow([symbol, code(name), `${failed} of ${principles}`, errors, warnings, infos]);
  });
  if (rows.length === 0) return [];
  const head = '| | Policy | Failed | Errors | Warnings | Infos |\n|---|---|--:|--:|--:|--:|';
  return [[head, ...rows].join('\n')];
}

/** What was found in each chart, where there are several. */
function chartTable(result: Result): string[] {
  const { kept, left } = takeWithin(CHARTS_LIMIT, chartRows(result), ({ chart, environments, ...counts }) => {
    const { errors, warnings, infos } = counts;
    const symbol =
      errors > 0 ? SEVERITIES.error : warnings > 0 ? SEVERITIES.warning : infos > 0 ? SEVERITIES.info : passed(result);
    const cells = [symbol, chart === undefined ? 'Manifests' : code(chart), prose(environments.join(', '))];
    return tableRow([...cells, errors, warnings, infos]);
  });
  if (kept.length === 0) return [];
  const head = '| | Chart | Environments | Errors | Warnings | Infos |\n|---|---|---|--:|--:|--:|';
  return [[head, ...kept].join('\n'), ...(left === 0 ? [] : [`… and ${count(left, 'chart')} more`])];
}

/** What was not read may be wrong. */
function passed({ errors }: Result): string {
  return errors.length > 0 ? '' : STATUSES.passed;
}

function tableRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function principleLines(result: Result): string[] {
  const { principles, errors } = result;
  if (principles.length === 0 || isNothingChecked(result)) return [];
  const { kept, left } = takeWithin(PRINCIPLES_LIMIT, principles, ({ id, clause, title, status, findings }) => {
    const cells = [STATUSES[status], code(id), prose(clause ?? ''), prose(title), said(status, findings)];
    return tableRow(cells);
  });
  function said(status: PrincipleResult['status'], findings: number): string | number {
    if (findings > 0) return findings;
    return status === 'passed' && errors.length > 0 ? PASSED_IN_PART : '';
  }
  const table = ['| | Principle | Clause | | Findings |', '|---|---|---|---|--:|', ...kept].join('\n');
  return [table, ...(left === 0 ? [] : [`… and ${count(left, 'principle')} more`])];
}

function takeWithin<T>(
  limit: number,
  items: readonly T[],
  show: (item: T) => string,
): { readonly kept: readonly string[]; readonly left: number } {
  const kept: string[] = [];
  let room = limit;
  for (const item of items) {
    const text = show(item);
    room -= text.length + 1;
    if (room < 0) break;
    kept.push(text);
  }
  return { kept, left: items.length - kept.length };
}

const FOLD_END = '\n\n</details>';

/** As many findings, in their order, as there is room for. */
function findingBlocks(
  files: ReadonlyMap<string, readonly Finding[]>,
  environments: Environments,
  limit: number,
): { readonly text: string; readonly shown: number } {
  const blocks: string[] = [];
  let room = limit;
  let shown = 0;
  for (const [file, findings] of files) {
    const start = `\n\n<details>\n<summary>${code(file)}: ${totalsText(findings)}</summary>\n`;
    const items = takeWithin(room - start.length - FOLD_END.length, findings, (finding) => {
      return `\n${findingItem(finding, environments)}`;
    });
    if (items.kept.length > 0) blocks.push([start, ...items.kept].join('') + FOLD_END);
    shown += items.kept.length;
    if (items.left > 0) break;
    room -= blocks.at(-1)?.length ?? 0;
  }
  return { text: blocks.join(''), shown };
}

function totalsText(findings: readonly Finding[]): string {
  return (['error', 'warning', 'info'] as const)
    .map((level) => [findings.filter(({ severity }) => severity === level).length, level] as const)
    .flatMap(([total, level]) => (total === 0 ? [] : [count(total, level)]))
    .join(', ');
}

function findingItem(finding: Finding, environments: Environments): string {
  const { severity, principle, rule, clause, location, message, help, values, related } = finding;
  const about = aboutText(finding, environments);
  const statement = `${code(`${principle}/${rule}`)}${clause === undefined ? '' : ` · clause ${prose(clause)}`}`;
  const lines = [
    `- ${SEVERITIES[severity]} **${severity}**: ${prose(message)}`,
    `${code(placeText(location))}${about === '' ? '' : ` (${prose(about)})`} · ${statement}`,
    ...values.slice(0, MAX_PLACES).map((value) => `from ${code(placeText(value))} ${code(value.key)}`),
    ...(values.length > MAX_PLACES ? [`from ${values.length - MAX_PLACES} more`] : []),
    ...related.slice(0, MAX_PLACES).map((note) => `note: ${prose(note.message)} ${code(placeText(note.location))}`),
    ...(help === '' ? [] : [`help: ${prose(help)}`]),
  ];
  return lines.join('<br>\n  ');
}
