import { redactText } from '../../kube/redact.ts';
import { shorten } from '../../text/shorten.ts';

/** A text of a rule, or what it quotes, not longer than people read. A cut could hide what a secret looks like. */
export function shortText(text: string, length: number): string {
  return text.length <= length ? text : shorten(redactText(text), length);
}
