import type { Re2 } from '../../re2/re2.ts';
import type { Match } from '../../re2/machine.ts';
import type { Taint } from '../value/origin.ts';
import { TextBuilder, type Tracked } from '../value/tracked.ts';
import type { TrackedParameter } from '../value/function.ts';
import { appendInfluenced, finishText, taintWithin } from './influence.ts';

type Text = TrackedParameter<'string'>;

/** A piece of a replacement: characters of its own, or what a group matched. */
type Piece = { readonly start: number; readonly end: number } | { readonly group: number };

/**
 * Replaces every match of a pattern. What did not match keeps its origins; a replacement is there because of the
 * text it replaces.
 */
export function replaceMatches(
  regexp: Re2,
  patternTaint: Taint,
  text: Text,
  replacement: Text,
  isExpanded: boolean,
): Tracked<string> {
  const { value } = replacement;
  const pieces: readonly Piece[] = isExpanded ? piecesOf(value, regexp.names) : [{ start: 0, end: value.length }];
  const builder = new TextBuilder();
  let at = 0;
  for (const match of regexp.findReplaced(text.value)) {
    const [start = 0, end = 0] = match;
    appendInfluenced(builder, text, at, start, patternTaint);
    appendReplacement(builder, pieces, match, text, replacement, patternTaint);
    at = end;
  }
  appendInfluenced(builder, text, at, text.value.length, patternTaint);
  return finishText(builder, text.taint.with(patternTaint).with(replacement.taint));
}

function appendReplacement(
  builder: TextBuilder,
  pieces: readonly Piece[],
  match: Match,
  text: Text,
  replacement: Text,
  patternTaint: Taint,
): void {
  const [start = 0, end = 0] = match;
  const matched = taintWithin(text.origin, start, end).with(patternTaint);
  for (const piece of pieces) {
    if ('group' in piece) {
      const from = match[piece.group * 2] ?? -1;
      const to = match[piece.group * 2 + 1] ?? -1;
      if (from >= 0) appendInfluenced(builder, text, from, to, patternTaint.with(replacement.taint));
    } else appendInfluenced(builder, replacement, piece.start, piece.end, matched);
  }
}

/** Reads `$1`, `${1}`, `$name` and `$$`, with Go's `Regexp.Expand`. A group that does not exist is empty. */
function piecesOf(replacement: string, names: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  const pattern = /\$(?:\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/uy;
  let start = 0;
  for (let at = replacement.indexOf('$'); at >= 0; at = replacement.indexOf('$', at)) {
    if (replacement[at + 1] === '$') {
      pieces.push({ start, end: at + 1 });
      at += 2;
      start = at;
      continue;
    }
    pattern.lastIndex = at;
    const reference = pattern.exec(replacement);
    if (reference === null) {
      at++;
      continue;
    }
    const name = reference[1] ?? reference[2] ?? '';
    pieces.push({ start, end: at });
    const group = groupOf(name, names);
    if (group >= 0) pieces.push({ group });
    at += reference[0].length;
    start = at;
  }
  pieces.push({ start, end: replacement.length });
  return pieces;
}

function groupOf(name: string, names: readonly string[]): number {
  return /^(?:0|[1-9][0-9]{0,8})$/.test(name) ? Number(name) : names.indexOf(name);
}
