import type { Range, SourceText } from '../text/source.ts';
import { readTemplateName } from '../yaml/parse.ts';

/**
 * An object, or several, that stand in the input and could not be read. What is not known of it may be anything: nothing
 * may be said to be missing that it may be.
 */
export interface Unread {
  /** Undefined when the text does not show it, or may hold several objects. */
  readonly kind: string | undefined;
  readonly name: string | undefined;
  /** The template that Helm's `# Source:` comment names. */
  readonly template: string | undefined;
}

/** Of what nothing is known. */
export const ANYTHING: Unread = { kind: undefined, name: undefined, template: undefined };

/** What the text of a document that is not YAML shows of its object, in the lines that can be no other's. */
export function glimpse({ text }: SourceText, { start, end }: Range): Unread {
  const template = readTemplateName(text, start);
  const lines = text.slice(start, end).split(/\r\n?|\n/);
  const kinds = lines.flatMap((line) => /^kind:(.*)$/.exec(line)?.[1] ?? []);
  const [kind] = kinds.map(wordOf);
  // Two kinds are two objects with nothing between them.
  if (kinds.length !== 1 || kind === undefined || kind.endsWith('List')) return { ...ANYTHING, template };
  return { kind, name: nameIn(lines), template };
}

function nameIn(lines: readonly string[]): string | undefined {
  const first = lines.findIndex((line) => /^metadata:\s*(?:#.*)?$/.test(line));
  if (first === -1 || lines.filter((line) => line.startsWith('metadata:')).length > 1) return undefined;
  const after = lines.slice(first + 1);
  const next = after.findIndex((line) => /^[^\s#]/.test(line));
  const within = next === -1 ? after : after.slice(0, next);
  const indentation = /^ +/.exec(within.find((line) => /^ *[^\s#]/.test(line)) ?? '')?.[0] ?? '';
  const names = within.flatMap((line) => (line.startsWith(`${indentation}name:`) ? line.trim().slice(5) : []));
  return indentation !== '' && names.length === 1 ? wordOf(names[0] ?? '') : undefined;
}

/** A plain or quoted word that Kubernetes' names are made of. */
function wordOf(text: string): string | undefined {
  const [, quote = '', word, closing = ''] = /^\s+(["']?)([A-Za-z0-9][\w.:-]*)(["']?)\s*(?:\s#.*)?$/.exec(text) ?? [];
  return quote === closing ? word : undefined;
}
