import type { PrincipleResult, Result } from '../engine/result.ts';
import { displayWidth, printable } from '../text/printable.ts';
import { principleOf } from './finding-text.ts';
import type { Paint } from './paint.ts';
import { count } from './count.ts';
import { judgedPrinciples, PASSED_IN_PART } from './finding-text.ts';
import { pad, truncate, wrap } from './wrap.ts';

interface Row {
  readonly status: PrincipleResult['status'];
  readonly id: string;
  readonly clause: string;
  readonly title: string;
  readonly note: string;
  readonly shortNote: string;
}

const SYMBOLS: Record<PrincipleResult['status'], string> = { passed: '✓', failed: '✗', 'not-applicable': '–' };
const GAP = '  ';
const SYMBOL_WIDTH = '  ✓ '.length;
/** Where titles would get fewer columns, the notes are abbreviated; where that is not enough, titles are left out. */
const GOOD_TITLE = 24;
const MIN_TITLE = 16;
const MIN_ID = 8;

/** All principles with their status, aligned: what a report of a design closes with. */
export function principleTable(result: Result, width: number, paint: Paint): string[] {
  const { policy } = result;
  const principles = judgedPrinciples(result);
  if (principles.length === 0) return [];
  const tally = (['passed', 'failed', 'not-applicable'] as const)
    .map((status) => ({ status, total: principles.filter((principle) => principle.status === status).length }))
    .filter(({ total }) => total > 0)
    .map(({ status, total }) => `${SYMBOLS[status]} ${total} ${status.replace('-', ' ')}`);
  const heading = wrap(`Policy ${printable(policy.name)}: ${tally.join(', ')}`, width);
  return [
    ...heading.map(paint.strong),
    ...tableRows(principles, width, paint, result.errors.length > 0),
    ...chartHint(result, width, paint),
  ];
}

/** The failed principles alone, counting errors alone. */
export function failedTable({ principles, findings, policy }: Result, width: number, paint: Paint): string[] {
  const errors = new Map<PrincipleResult | undefined, number>();
  for (const finding of findings) {
    if (finding.severity !== 'error' || finding.suppressed !== undefined) continue;
    const principle = principleOf(finding, principles);
    errors.set(principle, (errors.get(principle) ?? 0) + 1);
  }
  const failed = principles.flatMap((principle) => {
    const total = errors.get(principle);
    return total === undefined ? [] : [{ ...principle, findings: total }];
  });
  if (failed.length === 0) return [];
  const heading = wrap(`Policy ${printable(policy.name)}: ✗ ${failed.length} failed`, width);
  return [...heading.map(paint.strong), ...tableRows(failed, width, paint)];
}

function tableRows(
  principles: readonly PrincipleResult[],
  width: number,
  paint: Paint,
  isIncomplete = false,
): string[] {
  const rows = principles.map((principle) => toRow(principle, isIncomplete));
  const clauseWidth = columnWidth(rows, ({ clause }) => clause);
  const idWidth = columnWidth(rows, ({ id }) => id);
  const titleStart = SYMBOL_WIDTH + idWidth + clauseWidth;
  const longestTitle = columnWidth(rows, ({ title }) => title) - GAP.length;
  const longNotes = width - titleStart - columnWidth(rows, ({ note }) => note);
  const shortNotes = width - titleStart - columnWidth(rows, ({ shortNote }) => shortNote);
  const isShort = longNotes < Math.min(GOOD_TITLE, longestTitle);
  const titleRoom = isShort ? shortNotes : longNotes;
  const titleWidth = titleRoom < Math.min(MIN_TITLE, longestTitle) ? 0 : Math.min(titleRoom, longestTitle);
  const idRoom = titleWidth > 0 ? idWidth : Math.min(idWidth, idWidth + titleRoom);
  return rows.map((row) => {
    const { status } = row;
    const id = pad(truncate(row.id, Math.max(MIN_ID, idRoom - GAP.length)), idRoom);
    const note = isShort ? row.shortNote : row.note;
    // What has no note may run on below the notes of others.
    const room = note === '' ? width - titleStart : titleWidth;
    const title = titleWidth === 0 ? '' : pad(truncate(row.title, room), titleWidth) + GAP;
    const cells = `${id}${pad(row.clause, clauseWidth)}${title}`;
    const painter = painterOf(status, paint);
    const symbol = painter(SYMBOLS[status]);
    if (status === 'not-applicable') return `  ${symbol} ${painter(cells + note)}`;
    return note === '' ? `  ${symbol} ${cells.trimEnd()}` : `  ${symbol} ${cells}${painter(note)}`;
  });
}

/** Of a column with the gap after it; none when all of its cells are empty. */
function columnWidth(rows: readonly Row[], textOf: (row: Row) => string): number {
  const widest = rows.reduce((most, row) => Math.max(most, displayWidth(textOf(row))), 0);
  return widest === 0 ? 0 : widest + GAP.length;
}

function toRow({ id, clause, title, status, findings }: PrincipleResult, isIncomplete: boolean): Row {
  const isFailed = status === 'failed';
  const passed = isIncomplete ? PASSED_IN_PART : '';
  return {
    status,
    id: printable(id),
    clause: printable(clause ?? ''),
    title: printable(title),
    note: isFailed ? count(findings, 'finding') : status === 'passed' ? passed : 'not applicable',
    shortNote: isFailed ? String(findings) : status === 'passed' ? (isIncomplete ? 'in part' : '') : 'n/a',
  };
}

function painterOf(status: PrincipleResult['status'], paint: Paint): (text: string) => string {
  switch (status) {
    case 'passed':
      return paint.passed;
    case 'failed':
      return paint.error;
    case 'not-applicable':
      return paint.faint;
  }
}

/** Manifests alone cannot say how a chart is built; a reader should not take that for a pass. */
function chartHint({ principles, environments, errors }: Result, width: number, paint: Paint): string[] {
  // A chart that failed is no manifest.
  const isWithoutChart = environments.length === 0 && errors.length === 0;
  if (!isWithoutChart || !principles.some(({ status }) => status === 'not-applicable')) return [];
  const text =
    'Not applicable: nothing in the input is what these principles are about. Those about the files, values and ' +
    'environments of a chart need a chart.';
  return wrap(text, width - 2).map((line) => paint.faint(`  ${line}`));
}
