import { printable } from '../text/printable.ts';
import { safeText } from './finding-text.ts';

/** UTF-16 units of one text that a comment shows. */
const LONGEST = 600;

/** A text of the report as GitHub-flavoured Markdown that shows it and does nothing; its lines are broken by `<br>`. */
export function prose(text: string): string {
  return cutText(safeText(text)).split('\n').map(escapeProse).join('<br>');
}

/** A name or a place, in the type of code. HTML, since a code span takes no escapes. */
export function code(text: string): string {
  return `<code>${escapeMarkup(cutText(printable(text)))}</code>`;
}

/** What would begin an element, a link, emphasis, code, mathematics or a cell; `_` does so only at the edge of a word. */
const MARKUP = /[&<>"'`*~|\\[\]{}$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\/\/)|(?<=\bwww)\./gi;

/**
 * Entities are text wherever they are (CommonMark 0.31, 2.5), in HTML blocks too, where backslashes escape nothing.
 */
function escapeMarkup(text: string): string {
  return text.replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * GitHub looks for mentions, numbers of issues and names of emoji in the text that comes out, entities or not. A space
 * without width keeps them apart.
 */
function escapeProse(text: string): string {
  return escapeMarkup(text).replace(/@|(?<!&)#(?=\d)|\bGH-(?=\d)|:(?=[\w+-]+:)/gi, '$&&#8203;');
}

function cutText(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…`;
}
