import type { Result } from '../engine/result.ts';
import { summaryText } from '../report/finding-text.ts';
import { enumerate } from '../text/enumerate.ts';
import { printable } from '../text/printable.ts';
import { shorten } from '../text/shorten.ts';

/** What happened, in one line, for a run whose reports all go to files. */
export function outcomeLine(result: Result, files: readonly string[]): string {
  return `${printable(shorten(`chartlint: ${summaryText(result)}; see ${enumerate(files)}`))}\n`;
}
