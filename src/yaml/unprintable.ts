/** What YAML allows nowhere: controls, and halves of characters, as which bytes stand that are not UTF-8. */
const SUSPECT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]/g;

/** The offset of the first character that YAML does not allow; infinity when there is none. */
export function findUnprintable(text: string): number {
  SUSPECT.lastIndex = 0;
  for (let match = SUSPECT.exec(text); match !== null; match = SUSPECT.exec(text)) {
    const code = text.codePointAt(match.index) ?? 0;
    // Both halves of a character beyond U+FFFF.
    if (code > 0xffff) SUSPECT.lastIndex = match.index + 2;
    else return match.index;
  }
  return Infinity;
}
