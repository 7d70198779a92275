import type { ValueOrigin } from '../engine/data-flow.ts';
import type { Finding, PrincipleResult, ResourceName, Result, RunError } from '../engine/result.ts';
import { redactText } from '../kube/redact.ts';
import { printable } from '../text/printable.ts';
import { enumerate } from '../text/enumerate.ts';
import { count } from './count.ts';

/** What accepts a finding, as a report says it: `by a comment`. */
export const SUPPRESSORS = {
  comment: 'a comment',
  annotation: 'an annotation',
  policy: 'the policy',
  baseline: 'the baseline',
} as const;

/** What went wrong, in two words. */
export const ERROR_KINDS: Readonly<Record<RunError['kind'], string>> = {
  syntax: 'syntax error',
  render: 'render error',
  config: 'policy error',
  input: 'input error',
  rule: 'rule crashed',
};

/**
 * The principles that something can be said of: where nothing was linted, or errors kept all objects from being read, only
 * broken ones.
 */
export function judgedPrinciples({ errors, principles, summary }: Result): readonly PrincipleResult[] {
  if (summary.resources > 0 || (errors.length === 0 && summary.files > 0)) return principles;
  return principles.filter(({ status }) => status === 'failed');
}

/** What passed means in a run that is incomplete. */
export const PASSED_IN_PART = 'passed, of what was read';

/** What an error of the run says, with its help on a line of its own. */
export function errorText({ message, help }: RunError): string {
  return help === undefined ? message : `${message.trimEnd()}\nhelp: ${help}`;
}

/** A text for people without secrets, and without what a terminal obeys or hides; its lines stay lines. */
export function safeText(text: string): string {
  return redactText(text.trimEnd())
    .split(/\r\n?|\n/)
    .map(printable)
    .join('\n');
}

/** `file:line:column`, on one line. */
export function placeText({ file, line, column }: Pick<ValueOrigin, 'file' | 'line' | 'column'>): string {
  return printable(`${file}:${line}:${column}`);
}

/** `ConfigMap/app-config, only in prod`: what the message does not have to say; may be empty. */
export function aboutText({ resource, environments, chart }: Finding, result: Environments): string {
  const parts: string[] = [];
  if (resource !== undefined) parts.push(objectText(resource));
  // Another chart of the run may have more.
  const all = (chart === undefined ? undefined : result.chartEnvironments?.get(chart)) ?? result.environments;
  if (environments.length > 0 && environments.length < all.length) parts.push(`only in ${enumerate(environments)}`);
  return printable(parts.join(', '));
}

/** `ConfigMap/app-config`, with its namespace where that alone tells it from another. */
function objectText({ kind, name, namespace, hasTwin }: ResourceName): string {
  if (name === '') return kind;
  const where = namespace === undefined ? 'without a namespace' : `in namespace ${namespace}`;
  return `${kind}/${name}${hasTwin === true ? ` ${where}` : ''}`;
}

/** What is known of the environments of a run. */
export type Environments = Pick<Result, 'environments' | 'chartEnvironments'>;

/** The principle that a finding is of: of those of one id, that of its own policy. */
export function principleOf(
  { principle, clause, title }: Finding,
  principles: readonly PrincipleResult[],
): PrincipleResult | undefined {
  const named = principles.filter(({ id }) => id === principle);
  return named.find((each) => each.clause === clause && each.title === title) ?? named[0];
}

/** `2 errors, 1 warning in 3 files; 1 suppressed; 2 files skipped; run incomplete (1 error)`. */
export function summaryText({ summary, errors, skipped = [] }: Pick<Result, 'summary' | 'errors' | 'skipped'>): string {
  const totals = [
    ...(summary.errors === 0 ? [] : [count(summary.errors, 'error')]),
    ...(summary.warnings === 0 ? [] : [count(summary.warnings, 'warning')]),
    ...(summary.infos === 0 ? [] : [count(summary.infos, 'info')]),
  ];
  const suppressed = summary.suppressed === 0 ? '' : `; ${summary.suppressed} suppressed`;
  const incomplete = errors.length === 0 ? '' : `; run incomplete (${count(errors.length, 'error')})`;
  const said = totals.length === 0 ? 'No findings' : totals.join(', ');
  const left = skipped.length === 0 ? '' : `; ${count(skipped.length, 'file')} skipped`;
  return `${said} in ${count(summary.files, 'file')}${suppressed}${left}${incomplete}`;
}
