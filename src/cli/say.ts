import { printableLines } from '../text/printable.ts';
import { shorten } from '../text/shorten.ts';
import type { Terminal } from './terminal.ts';

/**
 * Says something on standard error, in any number of lines: not longer than people read, and nothing that a terminal or a
 * CI system obeys. Secrets must be masked before.
 */
export function say(terminal: Pick<Terminal, 'writeError'>, text: string, speaker = 'chartlint'): void {
  terminal.writeError(`${printableLines(shorten(`${speaker}: ${text}`))}\n`);
}

/** Says something on standard output, likewise; data for programs goes there as it is. */
export function sayOut(terminal: Pick<Terminal, 'writeOut'>, text: string): void {
  terminal.writeOut(`${printableLines(shorten(text))}\n`);
}
