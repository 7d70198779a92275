/** How encoding/json writes strings. */

/** A low surrogate by itself stands for a byte that is not UTF-8. */
const ESCAPED = /["\\\0-\x1f<>&\u2028\u2029]|(?<![\ud800-\udbff])[\udc80-\udcff]/g;
const ESCAPED_RAW = /["\\\0-\x1f\u2028\u2029]|(?<![\ud800-\udbff])[\udc80-\udcff]/g;

/** A string as JSON, in quotes. `isHtmlSafe`: with `<`, `>` and `&` escaped, as Go does unless told otherwise. */
export function quoteJson(text: string, isHtmlSafe = true): string {
  return `"${text.replaceAll(isHtmlSafe ? ESCAPED : ESCAPED_RAW, escapeJson)}"`;
}

/** Whether JSON escapes a character. */
export function isEscapedInJson(character: string, isHtmlSafe: boolean): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x20 || code === 0x22 || code === 0x5c || code === 0x2028 || code === 0x2029) return true;
  if (isByte(code)) return true;
  return isHtmlSafe && (code === 0x3c || code === 0x3e || code === 0x26);
}

export function escapeJson(character: string): string {
  switch (character) {
    case '"':
      return String.raw`\"`;
    case '\\':
      return String.raw`\\`;
    case '\b':
      return String.raw`\b`;
    case '\f':
      return String.raw`\f`;
    case '\n':
      return String.raw`\n`;
    case '\r':
      return String.raw`\r`;
    case '\t':
      return String.raw`\t`;
    default:
      if (isByte(character.charCodeAt(0))) return String.raw`\ufffd`;
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
}

function isByte(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}
