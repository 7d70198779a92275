import { WARNING_END, WARNING_START } from '../functions/builtins.ts';
import { FunctionError } from '../value/function.ts';
import { ExecutionFailure, failureText, TplError } from './failure.ts';
import { RenderError } from './render-error.ts';

/** The error that Helm reports of a failed execution. */
export function reportFailure(failure: ExecutionFailure): RenderError {
  let innermost = failure;
  const quoted = [...failure.quoted];
  const details: string[] = [];
  for (let link: ExecutionFailure | undefined = failure; link !== undefined; link = causeOf(link)) {
    innermost = link;
    if (link !== failure) quoted.push(...link.quoted);
    if (link.cause instanceof TplError) details.push(link.cause.message);
  }
  details.push(detailOf(innermost));
  const message = helmMessage(failure);
  const { node, template, field, place } = innermost;
  const detail = details.find((each) => message.includes(each));
  return new RenderError(message, place, failure.place, { node, template, field, quoted, detail });
}

/** What is said of the values, without where it happened. */
function detailOf({ cause, text }: ExecutionFailure): string {
  if (!(cause instanceof FunctionError)) return text;
  const { message } = cause;
  return message.startsWith(WARNING_START) ? message.slice(WARNING_START.length, -WARNING_END.length) : message;
}

function causeOf({ cause }: ExecutionFailure): ExecutionFailure | undefined {
  if (cause instanceof ExecutionFailure) return cause;
  return cause instanceof TplError ? cause.cause : undefined;
}

/**
 * Helm takes the text of Go's error apart and shows its links below each other, unless one of them is of another form
 * (pkg/engine, reformatExecErrorMsg). It looks for words, so odd names of templates lead it astray, here as there.
 */
function helmMessage(failure: ExecutionFailure): string {
  const text = failureText(failure);
  const [, location = '', ...rest] = text.split(': ');
  const warned = rest.join(': ');
  const start = warned.indexOf(WARNING_START);
  const end = warned.lastIndexOf(WARNING_END);
  if (start !== -1 && end >= start + WARNING_START.length) {
    return `execution error at (${location}): ${warned.slice(start + WARNING_START.length, end)}`;
  }
  const links: string[] = [];
  let current: ExecutionFailure | FunctionError | undefined = failure;
  while (current !== undefined) {
    const link = formatLink(linkText(current));
    if (link === undefined) return text;
    if (links.at(-1) !== link) links.push(link);
    current = current instanceof ExecutionFailure ? current.cause : undefined;
  }
  return trimMessage(links.join(''));
}

/** Of what a cause says, only its first word matters to the link above it. */
function linkText(failure: ExecutionFailure | FunctionError): string {
  if (!(failure instanceof ExecutionFailure)) return failure.message;
  const { link, cause } = failure;
  if (cause === undefined) return link;
  return link + (cause instanceof ExecutionFailure ? 'template: ' : cause.message);
}

function formatLink(text: string): string | undefined {
  const prefix = 'template: ';
  if (!text.startsWith(prefix)) return undefined;
  const rest = text.slice(prefix.length);
  if (rest.startsWith('no template ')) return `${text}\n`;
  return formatExecuting(rest) ?? formatSimple(rest);
}

function formatExecuting(text: string): string | undefined {
  const marker = ': executing ';
  const at = text.indexOf(marker);
  if (at === -1) return undefined;
  const after = text.slice(at + marker.length);
  const quote = after.startsWith('"') ? after.indexOf('"', 1) : -1;
  if (quote === -1 || !after.startsWith(' at <', quote + 1)) return undefined;
  const node = after.slice(quote + 1 + ' at <'.length);
  const end = node.indexOf('>: ');
  if (end === -1) return undefined;
  const executing = `executing ${after.slice(0, quote + 1)} at <${node.slice(0, end)}>:`;
  return layOutMessage(text.slice(0, at), executing, node.slice(end + '>: '.length));
}

function formatSimple(text: string): string | undefined {
  const at = text.lastIndexOf(': ');
  return at === -1 ? undefined : layOutMessage(text.slice(0, at), '', text.slice(at + 2));
}

function layOutMessage(location: string, executing: string, message: string): string {
  const [own = ''] = message.split(' template:', 1);
  return (
    (location === '' ? '' : `${location}\n  `) +
    (executing === '' ? '' : `${executing}\n    `) +
    (own === '' ? '' : `${own}\n`)
  );
}

/** As Go's `strings.TrimSpace`. */
function trimMessage(text: string): string {
  return text.replace(/^[\s\u0085]+|[\s\u0085]+$/g, '');
}
