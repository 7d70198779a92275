import type { Finding, Result, RunError } from '../engine/result.ts';
import type { Severity } from '../rule/rule.ts';
import { printable } from '../text/printable.ts';
import { withoutCommands } from '../text/workflow-commands.ts';
import type { Location } from '../text/source.ts';
import {
  ERROR_KINDS,
  errorText,
  type Environments,
  aboutText,
  placeText,
  safeText,
  summaryText,
} from './finding-text.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands, which GitHub's runner turns into annotations of the lines of a pull request, and a last line for
 * the log. Suppressed findings are left out. Of each kind GitHub shows the first ten of a step, so what kept the run
 * from being complete comes first.
 */
export function reportGithub(result: Result): string {
  const counting = result.findings.filter(({ suppressed }) => suppressed === undefined);
  const lines = [
    ...result.errors.map(errorCommand),
    ...counting.map((finding) => findingCommand(finding, result)),
    // Nothing of the input is in this line, so it is not a command, whatever files are called.
    `chartlint: ${summaryText(result)}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function errorCommand(error: RunError): string {
  return command('error', error.location, `chartlint: ${ERROR_KINDS[error.kind]}`, safeText(errorText(error)));
}

function findingCommand(finding: Finding, environments: Environments): string {
  const { principle, rule, clause, severity, location, message, help, values } = finding;
  const about = aboutText(finding, environments);
  const lines = [
    safeText(message),
    ...(about === '' ? [] : [`(${about})`]),
    ...values.map((value) => `from ${placeText(value)} ${printable(value.key)}`),
    ...(help === '' ? [] : [`help: ${safeText(help)}`]),
  ];
  const title = `${principle}/${rule}${clause === undefined ? '' : ` (clause ${clause})`}`;
  return command(COMMANDS[severity], location, title, lines.join('\n'));
}

/** Standard input is not a file of the repository: the place then is part of the message. */
function command(name: string, location: Location | undefined, title: string, message: string): string {
  const isFile = location !== undefined && !/^<.*>$/s.test(location.file);
  const properties = [...(isFile ? placeProperties(location) : []), `title=${escapeProperty(printable(title))}`];
  const text = location === undefined || isFile ? message : `${placeText(location)}: ${message}`;
  // Other systems take a command that is inside a line.
  return `::${name} ${withoutCommands(`${properties.join(',')}::${escapeData(text)}`)}`;
}

function placeProperties({ file, line, column, endLine, endColumn }: Location): string[] {
  // A range that ends where a line begins has nothing of that line.
  const last = endLine > line && endColumn === 1 ? endLine - 1 : endLine;
  // Line breaks of a name have an escape of their own.
  const name = file.replace(/[^\r\n]+/g, printable);
  return [
    `file=${escapeProperty(name)}`,
    `line=${line}`,
    `endLine=${last}`,
    // The checks API takes columns only where a range starts and ends on the same line.
    ...(endLine === line ? [`col=${column}`, `endColumn=${endColumn}`] : []),
  ];
}

/** What the runner decodes after the second `::` (actions/toolkit, packages/core, command.ts). */
function escapeData(text: string): string {
  return text.replace(/[%\r\n]/g, percentEncode);
}

/** What it decodes of a property (the same file). */
function escapeProperty(text: string): string {
  return text.replace(/[%\r\n:,]/g, percentEncode);
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
