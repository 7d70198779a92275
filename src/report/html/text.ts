import type { Finding } from '../../engine/result.ts';
import { printable } from '../../text/printable.ts';
import { MAX_NAME, shorten } from '../../text/shorten.ts';
import { withoutCommands } from '../../text/workflow-commands.ts';
import { safeText } from '../finding-text.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A printable text as the content of an element or of a quoted attribute. */
export function escapeHtml(text: string): string {
  return withoutCommands(
    text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? ''),
    escapeAsEntity,
  );
}

function escapeAsEntity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** A name or a place from the input, on one line. */
export function name(text: string): string {
  return escapeHtml(printable(shorten(text, MAX_NAME)));
}

/** A name or a place in the type of code. */
export function code(text: string): string {
  return `<code>${name(text)}</code>`;
}

/** What a rule, Helm or a person wrote, without secrets; its lines are broken by `<br>`. */
export function prose(text: string): string {
  return safeText(text).split('\n').map(escapeHtml).join('<br>');
}

/** Data for the script. Nothing in it can end the element or begin a comment (HTML, 4.12.1.3). */
export function jsonForScript(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replace(/#(?=#[a-z]*\[)/gi, '\\u0023')
    .replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
}

/** What a link can point to by its name alone. */
const PLAIN_ID = /^[\w.-]{1,80}$/;

/** The `id` of every finding: its fingerprint, so that a link stays right while the finding is the same. */
export function anchorFindings(findings: readonly Finding[]): ReadonlyMap<Finding, string> {
  const counts = new Map<string, number>();
  return new Map(
    findings.map((finding, index) => {
      const base = PLAIN_ID.test(finding.fingerprint) ? `finding-${finding.fingerprint}` : `finding-at-${index}`;
      const twins = (counts.get(base) ?? 0) + 1;
      counts.set(base, twins);
      return [finding, twins === 1 ? base : `${base}.${twins}`];
    }),
  );
}

/** The `id` of a principle. */
export function anchorOfPrinciple(id: string, index: number): string {
  return PLAIN_ID.test(id) ? `principle-${id}` : `principle-at.${index}`;
}
