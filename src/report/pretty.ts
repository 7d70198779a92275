import type { Finding, RelatedLocation, Result, RunError } from '../engine/result.ts';
import { redactText } from '../kube/redact.ts';
import type { Severity } from '../rule/rule.ts';
import { displayWidth, printable } from '../text/printable.ts';
import type { Location } from '../text/source.ts';
import { withoutCommands } from '../text/workflow-commands.ts';
import { loadPaint, type Paint } from './paint.ts';
import { failedTable, principleTable } from './principle-table.ts';
import { safeFrame } from './redact/safe-frame.ts';
import { enumerate } from '../text/enumerate.ts';
import { groupByPlace, worstOf } from './group-by-place.ts';
import { aboutText, ERROR_KINDS, principleOf, SUPPRESSORS } from './finding-text.ts';
import { count } from './count.ts';
import { wrap } from './wrap.ts';

export interface PrettyOptions {
  readonly color: boolean;
  /** Columns; texts are wrapped to it, places never. */
  readonly width: number;
  /** Errors alone: no warnings, no principles that hold. */
  readonly quiet: boolean;
  /** Lists suppressed findings, too. */
  readonly verbose: boolean;
}

/** The report for people at a terminal. */
export async function reportPretty(result: Result, options: PrettyOptions): Promise<string> {
  const paint = await loadPaint(options.color);
  return new PrettyReport(result, options, paint).toString();
}

const SYMBOLS: Record<Severity, string> = { error: '✗', warning: '▲', info: '●' };
const INDENT = '  ';
/** Keeps words on one line until lines are made; it is shown as a space. */
const NO_BREAK = '\u00a0';

class PrettyReport {
  readonly #result: Result;
  readonly #options: PrettyOptions;
  readonly #paint: Paint;

  constructor(result: Result, options: PrettyOptions, paint: Paint) {
    this.#result = result;
    this.#options = options;
    this.#paint = paint;
  }

  toString(): string {
    const { findings, errors } = this.#result;
    const { quiet, verbose, width } = this.#options;
    const counting = findings.filter(
      ({ suppressed, severity }) => suppressed === undefined && !(quiet && severity !== 'error'),
    );
    const table = quiet ? failedTable : principleTable;
    const blocks = [
      ...this.#findingBlocks(counting),
      ...(verbose && !quiet ? this.#suppressedBlocks() : []),
      ...(verbose && !quiet ? [this.#skippedFiles()] : []),
      ...(errors.length === 0 ? [] : this.#errorBlocks(errors)),
      table(this.#result, width, this.#paint),
      this.#summary(),
    ];
    const text = blocks
      .filter((lines) => lines.length > 0)
      .map((lines) => `${lines.join('\n')}\n`)
      .join('\n');
    return withoutCommands(text);
  }

  #findingBlocks(findings: readonly Finding[]): string[][] {
    const byFile = new Map<string, Finding[]>();
    for (const finding of findings) {
      const inFile = byFile.get(finding.location.file);
      if (inFile === undefined) byFile.set(finding.location.file, [finding]);
      else inFile.push(finding);
    }
    return [...byFile].flatMap(([file, inFile]) => [
      this.#fileHeading(file, inFile),
      ...groupByPlace(inFile, this.#result).map((group) => this.#group(group)),
    ]);
  }

  #fileHeading(file: string, findings: readonly Finding[]): string[] {
    const of = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
    const totals = this.#totals(of('error'), of('warning'), of('info'));
    const name = printable(file);
    const rule = '─'.repeat(Math.max(2, this.#options.width - displayWidth(name) - totals.length - 2));
    return [`${this.#paint.strong(name)} ${this.#paint.faint(rule)} ${totals}`];
  }

  /** Findings of one place, which one change mends: what they have in common is said once. */
  #group(findings: readonly Finding[]): string[] {
    const [first] = findings;
    if (first === undefined) return [];
    const { location } = first;
    const helps = new Set(findings.map(({ help }) => help).filter((help) => help !== ''));
    return [
      ...findings.flatMap((finding) => this.#statement(finding)),
      ...this.#place(location, aboutText(first, this.#result)),
      ...this.#frame(location, this.#paint[worstOf(findings)]),
      ...this.#origins(first),
      ...findings.flatMap(({ related }) => related).flatMap((related) => this.#related(related, location)),
      ...[...helps].flatMap((help) => this.#labelled('help', help)),
    ];
  }

  #statement(finding: Finding): string[] {
    const { severity, principle, rule, clause, message } = finding;
    const title = principleOf(finding, this.#result.principles)?.title;
    const statement = [
      `${principle}/${rule}`,
      ...(clause === undefined ? [] : [`clause${NO_BREAK}${clause}`]),
      ...(title === undefined ? [] : [title]),
    ];
    return [
      ...this.#headline(`${SYMBOLS[severity]} ${severity}:`, message, this.#paint[severity]),
      ...this.#wrapped(statement.join(`${NO_BREAK}· `), INDENT, this.#paint.faint),
    ];
  }

  #headline(label: string, message: string, painter: (text: string) => string): string[] {
    const first = displayWidth(label) + 1;
    const [head = '', ...rest] = wrap(
      printable(redactText(message)),
      this.#options.width - INDENT.length,
      first - INDENT.length,
    );
    const { strong } = this.#paint;
    return [`${painter(label)} ${strong(head)}`, ...rest.map((line) => `${INDENT}${strong(line)}`)];
  }

  #wrapped(text: string, indent: string, painter: (text: string) => string): string[] {
    return wrap(printable(text), this.#options.width - indent.length).map(
      (line) => `${indent}${painter(line.replaceAll(NO_BREAK, ' '))}`,
    );
  }

  #labelled(label: string, text: string): string[] {
    const prefix = `${INDENT}${label}: `;
    const [head = '', ...rest] = wrap(printable(redactText(text)), this.#options.width - prefix.length);
    return [
      `${INDENT}${this.#paint.strong(`${label}:`)} ${head}`,
      ...rest.map((line) => ' '.repeat(prefix.length) + line),
    ];
  }

  /** A place is on its own line, unbroken, so that a terminal makes it a link. */
  #place(location: Location, about = ''): string[] {
    const { faint, place } = this.#paint;
    const text = printable(`${location.file}:${location.line}:${location.column}`);
    const line = `${INDENT}${faint('-->')} ${place(text)}`;
    if (about === '') return [line];
    const shown = printable(about);
    const fits = displayWidth(`${INDENT}--> ${text} (${shown})`) <= this.#options.width;
    return fits ? [`${line} ${faint(`(${shown})`)}`] : [line, ...this.#wrapped(`(${about})`, `${INDENT}    `, faint)];
  }

  #frame(location: Location, painter: (text: string) => string, context?: number): string[] {
    const lines = safeFrame(this.#result, location, {
      ...(context === undefined ? {} : { context }),
      width: this.#options.width - 1,
      paint: { gutter: this.#paint.faint, marker: painter, carets: painter },
    });
    return lines.map((line) => ` ${line}`);
  }

  #origins({ template, location, rendered, values, environments }: Finding): string[] {
    const lines: string[] = [];
    // When the place is the template's own, there is nothing to add.
    if (template !== undefined && location.file === rendered.file && location.line === rendered.line) {
      lines.push(...this.#labelled('from', `template ${template} (the line is in the manifest)`));
    }
    for (const { key, file, line, column } of values) {
      const { strong, place } = this.#paint;
      lines.push(`${INDENT}${strong('from')} ${place(printable(`${file}:${line}:${column}`))} ${printable(key)}`);
    }
    if (this.#options.verbose && rendered.file !== location.file && this.#result.sources.has(rendered.file)) {
      const [environment] = this.#result.environments.length > 1 ? environments : [];
      const where = environment === undefined ? '' : ` in ${environment}`;
      lines.push(
        ...this.#labelled('rendered', `line ${rendered.line}${where}`),
        ...this.#frame(rendered, this.#paint.info, 1),
      );
    }
    return lines;
  }

  #related({ message, location }: RelatedLocation, main: Location): string[] {
    const isShown = location.file === main.file && location.line === main.line;
    return [
      ...this.#labelled('note', message),
      ...this.#place(location),
      ...(isShown ? [] : this.#frame(location, this.#paint.info, 0)),
    ];
  }

  #suppressedBlocks(): string[][] {
    const suppressed = this.#result.findings.filter((finding) => finding.suppressed !== undefined);
    if (suppressed.length === 0) return [];
    const entries = suppressed.map((finding) => [
      ...this.#headline(`– suppressed ${finding.severity}:`, finding.message, this.#paint.faint),
      ...this.#wrapped(`${finding.principle}/${finding.rule}`, INDENT, this.#paint.faint),
      ...this.#place(finding.location, aboutText(finding, this.#result)),
      ...this.#labelled(
        'accepted',
        `by ${SUPPRESSORS[finding.suppressed?.by ?? 'policy']}: ${finding.suppressed?.reason ?? ''}`,
      ),
    ]);
    return [[this.#paint.strong(count(suppressed.length, 'suppressed finding'))], ...entries];
  }

  #skippedFiles(): string[] {
    const { skipped = [] } = this.#result;
    if (skipped.length === 0) return [];
    const { strong, place, faint } = this.#paint;
    return [
      strong(`${count(skipped.length, 'file')} skipped, without a manifest`),
      ...skipped.map(({ file, reason }) => `${INDENT}${place(printable(file))} ${faint(`(${printable(reason)})`)}`),
    ];
  }

  #errorBlocks(errors: readonly RunError[]): string[][] {
    const text = `The run is incomplete: ${count(errors.length, 'error')} kept part of the input from being checked.`;
    return [wrap(text, this.#options.width).map(this.#paint.error), ...errors.map((error) => this.#error(error))];
  }

  #error({ kind, message, help, location }: RunError): string[] {
    // What Helm and parsers say may have several lines.
    const [head = '', ...rest] = message.trimEnd().split(/\r\n?|\n/);
    return [
      ...this.#headline(`✗ ${ERROR_KINDS[kind]}:`, head, this.#paint.error),
      ...rest.flatMap((line) => this.#wrapped(redactText(line), INDENT, (shown) => shown)),
      ...(location === undefined ? [] : [...this.#place(location), ...this.#frame(location, this.#paint.error)]),
      ...(help === undefined ? [] : this.#labelled('help', help)),
    ];
  }

  /** Somebody who has chosen nothing should not take silence for praise. */
  #otherPolicies(): string[] {
    const { isDefaultPolicy, summary } = this.#result;
    if (isDefaultPolicy !== true || summary.resources === 0) return [];
    const hint = 'Checked for what breaks or leaks. For more, see: chartlint policies';
    return wrap(hint, this.#options.width).map(this.#paint.faint);
  }

  /** The resources about which there is no verdict. */
  #unknownKinds(): string[] {
    const { unknownKinds } = this.#result;
    if (unknownKinds.length === 0) return [];
    const total = unknownKinds.reduce((sum, { resources }) => sum + resources, 0);
    const kinds = unknownKinds.map(({ apiVersion, kind, resources }) => `${kind} of ${apiVersion} (${resources})`);
    const about = `${count(total, 'resource')} without a schema, not validated: ${enumerate(kinds)}`;
    return wrap(printable(about), this.#options.width);
  }

  #totals(errors: number, warnings: number, infos: number): string {
    return enumerateTotals(errors, warnings, infos).join(', ');
  }

  #summary(): string[] {
    const { summary, environments, policy, errors, skipped = [] } = this.#result;
    const { quiet, verbose, width } = this.#options;
    const totals = enumerateTotals(summary.errors, summary.warnings, summary.infos);
    const hasFindings = totals.length > 0;
    const about = [
      count(summary.resources, 'resource'),
      ...(environments.length === 0
        ? []
        : [`${environments.length === 1 ? 'environment' : 'environments'} ${enumerate(environments)}`]),
      `policy ${policy.name}`,
    ];
    const hint = verbose && !quiet ? '' : ', listed with --verbose';
    const hidden = [
      ...(summary.suppressed === 0 ? [] : [`${summary.suppressed} suppressed`]),
      ...(skipped.length === 0 ? [] : [`${count(skipped.length, 'file')} skipped`]),
    ];
    const unseen = hidden.length === 0 ? '' : `; ${enumerate(hidden)}${hint}`;
    const incomplete = errors.length === 0 ? '' : `; run incomplete (${count(errors.length, 'error')})`;
    const said = `${hasFindings ? totals.join(', ') : 'No findings'} in ${count(summary.files, 'file')} (${about.join(', ')})`;
    const isBad = summary.errors > 0 || errors.length > 0;
    const symbol = isBad ? '✗' : hasFindings ? '▲' : '✓';
    const { error, warning, passed } = this.#paint;
    const painter = isBad ? error : hasFindings ? warning : passed;
    return [
      ...wrap(printable(`${symbol} ${said}${unseen}${incomplete}`), width).map(painter),
      ...(verbose && !quiet ? this.#unknownKinds() : []),
      ...(isBad || hasFindings || quiet ? [] : this.#otherPolicies()),
    ];
  }
}

function enumerateTotals(errors: number, warnings: number, infos: number): string[] {
  const totals: [number, string][] = [
    [errors, 'error'],
    [warnings, 'warning'],
    [infos, 'info'],
  ];
  return totals.filter(([total]) => total > 0).map(([total, noun]) => count(total, noun));
}
