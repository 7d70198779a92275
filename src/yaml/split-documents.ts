import type { Range } from '../text/source.ts';
import { CARRIAGE_RETURN, HASH, isBlank, LINE_FEED, PERCENT } from './characters.ts';

/**
 * The ranges between `---` lines. A line that begins with `---` and a space or line break ends a document wherever it
 * is, even inside a quoted scalar (YAML 1.2, 9.1.2), so documents can be distinguished without parsing them.
 */
export function* splitDocuments(text: string): Generator<Range> {
  let start = 0;
  // Directives (`%YAML 1.1`) belong to the document after the marker.
  let hasDirectives = false;
  for (let marker = findMarker(text, 0); marker !== -1; marker = findMarker(text, marker + 3)) {
    hasDirectives = !hasDirectives && beginsWithDirective(text, start, marker);
    if (hasDirectives) continue;
    if (marker > start) yield { start, end: marker };
    start = marker;
  }
  if (text.length > start) yield { start, end: text.length };
}

function findMarker(text: string, from: number): number {
  if (from === 0 && isMarker(text, 0)) return 0;
  for (let at = text.indexOf('---', from); at !== -1; at = text.indexOf('---', at + 3)) {
    if (at > 0 && isLineEnd(text.charCodeAt(at - 1)) && isMarker(text, at)) return at;
    while (text.charCodeAt(at + 3) === 0x2d) at++;
  }
  return -1;
}

function isMarker(text: string, at: number): boolean {
  if (!text.startsWith('---', at)) return false;
  const next = text.charCodeAt(at + 3);
  return Number.isNaN(next) || isBlank(next) || isLineEnd(next);
}

/** True when the first line that is neither empty nor a comment begins with `%`. */
function beginsWithDirective(text: string, start: number, end: number): boolean {
  let lineStart = start;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isLineEnd(code)) lineStart = at + 1;
    else if (code === HASH) while (at + 1 < end && !isLineEnd(text.charCodeAt(at + 1))) at++;
    else if (!isBlank(code)) return code === PERCENT && at === lineStart;
  }
  return false;
}

function isLineEnd(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}
