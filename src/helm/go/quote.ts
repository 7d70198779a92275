import { TextBuilder, type Tracked } from '../value/tracked.ts';
import { replaceCharacters } from '../value/traced-reader.ts';
import { isPrintable } from './printable.ts';

type Quote = '"' | "'";

/** As `strconv.Quote` of a string, in single quotes as `strconv.QuoteRune`. `isAscii`: escapes all else, as `%+q` does. */
export function quoteGo(text: string, quote: Quote = '"', isAscii = false): string {
  let quoted: string = quote;
  for (const character of text) quoted += escape(character, quote, isAscii) ?? character;
  return quoted + quote;
}

/** As `quoteGo`, keeping where each character came from; the quotes come from nowhere. */
export function quoteTracked(text: Tracked<string>, quote: Quote = '"', isAscii = false): Tracked<string> {
  const builder = new TextBuilder().append(quote);
  return replaceCharacters(text, (character) => escape(character, quote, isAscii), builder)
    .append(quote)
    .toTracked();
}

/** Whether `%#q` may write a string between backquotes: `strconv.CanBackquote`. */
export function canBackquote(text: string): boolean {
  return !/[\0-\x08\n-\x1f`\x7f\ufeff\udc80-\udcff]/.test(text.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, ''));
}

/** How a character is escaped; undefined when it is written as it is. */
function escape(character: string, quote: Quote, isAscii: boolean): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\\' || character === quote) return `\\${character}`;
  if (code < 0x7f ? code >= 0x20 : !isAscii && isPrintable(code)) return undefined;
  switch (code) {
    case 0x07:
      return String.raw`\a`;
    case 0x08:
      return String.raw`\b`;
    case 0x09:
      return String.raw`\t`;
    case 0x0a:
      return String.raw`\n`;
    case 0x0b:
      return String.raw`\v`;
    case 0x0c:
      return String.raw`\f`;
    case 0x0d:
      return String.raw`\r`;
  }
  if (code < 0x20 || code === 0x7f) return String.raw`\x${hexadecimal(code, 2)}`;
  // A byte that is not UTF-8.
  if (code >= 0xdc80 && code <= 0xdcff) return String.raw`\x${hexadecimal(code - 0xdc00, 2)}`;
  return code > 0xffff ? String.raw`\U${hexadecimal(code, 8)}` : String.raw`\u${hexadecimal(code, 4)}`;
}

function hexadecimal(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
