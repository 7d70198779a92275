import { resolve } from 'node:path';
import type { Result } from '../engine/result.ts';
import { UserError } from '../engine/user-error.ts';
import type { ReportArguments } from './arguments.ts';
import { FORMATS } from './options.ts';
import { wantsColor, widthOf, type Terminal } from './terminal.ts';
import { VERSION } from './version.generated.ts';

/** A report that was asked for; without a file it goes to standard output. */
export interface ReportRequest {
  readonly format: Format;
  readonly file: string | undefined;
}

/**
 * Reads what is to be reported, and where to.
 * @throws UserError for what cannot be reported
 */
export function parseReports({ format, maxWarnings }: ReportArguments): ReportRequest[] {
  const reports = format.map(parseFormat);
  if (reports.filter(({ file }) => file === undefined).length > 1) {
    throw new UserError(
      'Only one report can go to standard output. Write the others to files: --format json=report.json',
    );
  }
  const files = reports.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.findIndex((other) => resolve(other) === resolve(file)) < index);
  if (twice !== undefined) throw new UserError(`Two reports go to ${twice}. Write each to its own file.`);
  if (maxWarnings !== undefined && !/^\d+$/.test(maxWarnings)) {
    throw new UserError('--max-warnings takes a whole number, such as 0.');
  }
  return reports;
}

/**
 * Writes each report to where it was asked for.
 * @throws UserError for a file that cannot be written, after what goes to standard output
 */
export async function writeReports(
  result: Result,
  reports: readonly ReportRequest[],
  args: ReportArguments,
  terminal: Terminal,
): Promise<void> {
  const texts: { readonly file: string | undefined; readonly text: string }[] = [];
  for (const { format, file } of reports) {
    texts.push({ file, text: await WRITERS[format](result, args, terminal, file !== undefined) });
  }
  for (const { file, text } of texts) if (file === undefined) terminal.writeOut(text);
  for (const { file, text } of texts) {
    if (file !== undefined) (await import('./write-whole.ts')).writeWhole(file, text, terminal.workingDirectory);
  }
  // With nothing on standard output, what happened would be known only to those who open the files.
  const files = texts.flatMap(({ file }) => file ?? []).filter((file) => !file.startsWith('/dev/'));
  if (files.length > 0 && files.length === texts.length) {
    terminal.writeError((await import('./note-outcome.ts')).outcomeLine(result, files));
  }
}

type Format = (typeof FORMATS)[number];

/** Each report is loaded only when it is asked for. */
const WRITERS = {
  async pretty(
    result: Result,
    { color, noColor, quiet, verbose }: ReportArguments,
    terminal: Terminal,
    isFile: boolean,
  ): Promise<string> {
    const { reportPretty } = await import('../report/pretty.ts');
    const hasColor = wantsColor(
      noColor === true ? false : color,
      isFile ? { ...terminal, isInteractive: false } : terminal,
    );
    return reportPretty(result, {
      color: hasColor,
      width: widthOf(terminal),
      quiet: quiet === true,
      verbose: verbose === true,
    });
  },
  async json(result: Result): Promise<string> {
    const { reportJson } = await import('../report/json.ts');
    return reportJson(result, VERSION);
  },
  async sarif(result: Result): Promise<string> {
    const { reportSarif } = await import('../report/sarif.ts');
    return reportSarif(result, VERSION);
  },
  async junit(result: Result): Promise<string> {
    const { reportJunit } = await import('../report/junit.ts');
    return reportJunit(result);
  },
  async github(result: Result): Promise<string> {
    const { reportGithub } = await import('../report/github.ts');
    return reportGithub(result);
  },
  async gitlab(result: Result): Promise<string> {
    const { reportGitlab } = await import('../report/gitlab.ts');
    return reportGitlab(result);
  },
  async markdown(result: Result): Promise<string> {
    const { reportMarkdown } = await import('../report/markdown.ts');
    return reportMarkdown(result);
  },
  async html(result: Result): Promise<string> {
    const { reportHtml } = await import('../report/html/html.ts');
    return reportHtml(result, VERSION);
  },
};

function parseFormat(text: string): ReportRequest {
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  const file = equals === -1 ? undefined : text.slice(equals + 1);
  if (file === '') throw new UserError(`--format ${text} has no file name. Write ${name}=FILE.`);
  if (isFormat(name)) return { format: name, file };
  throw new UserError(`Unknown format ${name}. Expected one of: ${FORMATS.join(', ')}.`);
}

function isFormat(name: string): name is Format {
  return FORMATS.some((format) => format === name);
}

const LEVELS = ['error', 'warning', 'info'] as const;

/** 0, 1 when findings count, 2 when the run could not be completed or trusted. */
export function exitStatus({ errors, summary }: Result, { failOn, maxWarnings }: ReportArguments): number {
  if (errors.length > 0) return 2;
  if (maxWarnings !== undefined && summary.warnings > Number(maxWarnings)) return 1;
  const counting = failOn === 'never' ? [] : LEVELS.slice(0, LEVELS.indexOf(failOn) + 1);
  return counting.some((level) => summary[`${level}s`] > 0) ? 1 : 0;
}
