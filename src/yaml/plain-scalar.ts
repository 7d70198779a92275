import { COLON, endsPlainInFlow, HASH, isBlank, isBlankOrEnd, isBreak, TAB } from './characters.ts';
import { YamlFault } from './fault.ts';
import { foldBreaks } from './fold.ts';
import type { Input } from './input.ts';
import type { Token } from './token.ts';

/**
 * Reads an unquoted scalar, over several lines when they are indented enough.
 * @param indent the least column of its further lines; between brackets, any will do
 * @returns whether the input now stands at the beginning of a line
 */
export function scanPlainScalar(input: Input, token: Token, indent: number, isInFlow: boolean): boolean {
  const { text, end } = input;
  let { position } = input;
  let value = '';
  let pieceStart = position;
  let pieceEnd = position;
  let breaks = '';
  token.start = position;
  while (true) {
    if (breaks !== '' && position === input.lineStart && input.isDocumentIndicator(position)) break;
    if (input.codeAt(position) === HASH) break;
    const wordStart = position;
    let code = input.codeAt(position);
    while (!isBlankOrEnd(code)) {
      if (code === COLON ? isBlankOrEnd(input.codeAt(position + 1)) : isInFlow && endsPlainInFlow(code)) break;
      code = ++position < end ? text.charCodeAt(position) : 0;
    }
    if (position > wordStart) {
      if (breaks !== '') {
        value += text.slice(pieceStart, pieceEnd) + foldBreaks(breaks);
        breaks = '';
        pieceStart = wordStart;
      }
      pieceEnd = position;
    }
    if (!isBlank(code) && !isBreak(code)) break;
    for (; isBlank(code) || isBreak(code); code = input.codeAt(position)) {
      if (isBreak(code)) {
        breaks += text[position] ?? '';
        position = input.afterBreak(position);
        input.lineStart = position;
      } else {
        if (code === TAB && breaks !== '' && position - input.lineStart < indent) {
          throw new YamlFault('A tab is used for indentation. Indent with spaces.', position, position + 1);
        }
        position++;
      }
    }
    if (!isInFlow && position - input.lineStart < indent) break;
  }
  input.position = position;
  token.end = pieceEnd;
  token.value = value === '' ? input.slice(pieceStart, pieceEnd) : value + text.slice(pieceStart, pieceEnd);
  token.style = 'plain';
  return breaks !== '';
}
