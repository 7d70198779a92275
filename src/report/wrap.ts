import { characterWidth, displayWidth } from '../text/printable.ts';

/**
 * Breaks a printable text into lines of at most `width` columns at its spaces. A word that is longer stays whole, so that
 * it can be copied; only between East Asian characters, which need no space, is it broken.
 * @param first columns that are taken on the first line
 */
export function wrap(text: string, width: number, first = 0): string[] {
  const lines: string[] = [];
  let line = '';
  let column = first;
  for (const word of text.split(' ')) {
    for (const [index, piece] of piecesOf(word, width).entries()) {
      const pieceWidth = displayWidth(piece);
      const space = index > 0 || line === '' ? '' : ' ';
      if (line !== '' && column + space.length + pieceWidth > width) {
        lines.push(line);
        line = piece;
        column = pieceWidth;
      } else {
        line += space + piece;
        column += space.length + pieceWidth;
      }
    }
  }
  return [...lines, line];
}

function piecesOf(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  return word.split(/(?<=[\u2e80-\ud7a3\uf900-\ufaff\uff00-\uffef])/);
}

/** Cuts a printable text to a number of columns, with `…` at the end when something is left out. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let column = 0;
  for (const character of text) {
    column += characterWidth(character);
    if (column > width - 1) break;
    kept += character;
  }
  return width <= 0 ? '' : `${kept.trimEnd()}…`;
}

/** Fills a printable text up with spaces to a number of columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
