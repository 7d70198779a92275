import { redactLine } from '../kube/redact.ts';
import { looksSecret } from '../kube/secret-name.ts';
import type { Range } from '../text/source.ts';

/** A text that is a Secret, or holds a private key: nothing in it can be told apart from a secret value. */
const WHOLLY_SECRET = /\bkind\\*["']?\s*:\s*\\*["']?(?:Sealed)?Secret(?:List)?\b|-----BEGIN [A-Z0-9 ]*PRIVATE KEY/i;
/** `key:`, `"key":`, `\"key\":` (JSON inside JSON) and `key=`. The lookbehind keeps long words from being read twice. */
const KEY = /(?<![\p{L}\p{N}_.$-])([\p{L}\p{N}_.$-]+)\\*["']?\s*(?::(?!\/\/)|=>?)[ \t]*/gu;
/** `--password hunter2` and `"--password", "hunter2"`. */
const FLAG = /(?<![\p{L}\p{N}_-])--?(\p{L}[\p{L}\p{N}_.-]*)(?:["']\s*,\s*|[ \t]+)(?!-)/gu;
const KEY_ALONE = /^[\s#]*(?:- +)*(["']?)([\p{L}\p{N}_.$/-]+)\1\s*:(?=\s|$)[ \t]*/u;
const NAME = /\b(?:name|key)\\*["']?\s*:\s*\\*["']?([\p{L}_][\p{L}\p{N}_.-]*)/gu;
const VALUE = /\b(?:value|default)\\*["']?\s*:[ \t]*/g;
const FLAG_ALONE = /^[\s#]*-\s*["']?--?(\p{L}[\p{L}\p{N}_.-]*)["']?\s*$/u;
/** A value that goes on below: nothing, a block indicator, an opening bracket; and then a comment. */
const OPENS_BLOCK = /^((?:[|>][-+0-9]{0,2}|[[{])?\s*)(?:#.*)?$/;
/** What holds no secret: nothing, a boolean, a reference to a variable. */
const HARMLESS = /^\\*["']?(?:true|false|null|~|\$\([\p{L}\p{N}_.-]+\)|\$\{[\p{L}\p{N}_]+\})?\\*["']?[\s,}\]]*$/iu;
/** In JSON a harmless value may have others behind it: `{"token": "", "password": "…"}`. */
const HARMLESS_MEMBER = /^(?:\\*"\\*"|true|false|null)[\s}\]]*,[\s{[]*\\*"[^"\\]+\\*"\s*:/;
/** Template actions and nothing else; what they quote could be a secret, but for the names of templates. */
const TEMPLATE_ACTIONS = /^\s*["']?(?:\{\{(?:[^"'`{}]|\b(?:include|template) "[\w./-]+")*\}\}\s*)+["']?\s*$/;
const PUNCTUATION = /^[\s{}[\],"'|>+-]*$/;

/** Whether a value under a key with a secret's name holds no secret: empty, a boolean, `$(DB_PASSWORD)`, `{{ … }}`. */
export function isHarmless(value: string): boolean {
  return HARMLESS.test(value) || TEMPLATE_ACTIONS.test(value);
}

/**
 * The ranges of a text without structure that may hold secrets: YAML that does not parse, templates, comments, and
 * files inside of values. Hides too much rather than too little. Offsets are into the text.
 */
export function secretsInText(text: string): Range[] {
  return WHOLLY_SECRET.test(text) ? hideAllValues(text) : hideSecretValues(text);
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function* linesOf(text: string): Generator<Line> {
  for (const match of text.matchAll(/[^\r\n]+/g)) yield { text: match[0], start: match.index };
}

function hideAllValues(text: string): Range[] {
  const ranges: Range[] = [];
  for (const line of linesOf(text)) {
    const key = KEY_ALONE.exec(line.text);
    const from = key === null ? indentOf(line.text) : key[0].length;
    const rest = line.text.slice(from);
    if (key?.[2] === 'apiVersion' || key?.[2] === 'kind' || PUNCTUATION.test(rest) || TEMPLATE_ACTIONS.test(rest))
      continue;
    if (/^\s*(?:---\s*$|# Source: )/.test(line.text)) continue;
    ranges.push({ start: line.start + from, end: line.start + line.text.length });
  }
  return ranges;
}

function hideSecretValues(text: string): Range[] {
  const ranges: Range[] = [];
  const isSecretPair = pairsOf(text);
  /** Lines indented deeper than this belong to a secret's value. */
  let hiddenBelow: number | undefined;
  let hidesList = false;
  let hidesNext = false;
  /** The quote that ends a value which was begun on a line above. */
  let openQuote: string | undefined;
  for (const line of linesOf(text)) {
    const indent = indentOf(line.text);
    const rest = line.text.slice(indent);
    if (rest === '') continue;
    const isBelow =
      hiddenBelow !== undefined && (indent > hiddenBelow || (hidesList && indent === hiddenBelow && /^-\s/.test(rest)));
    if (isBelow || hidesNext || openQuote !== undefined) {
      hidesNext = hidesNext && line.text.endsWith('\\');
      if (openQuote !== undefined && rest.includes(openQuote)) openQuote = undefined;
      const from = indent + (/^(?:-\s+)*/.exec(rest)?.[0].length ?? 0);
      if (!isHarmless(line.text.slice(from))) hide(line, from);
      continue;
    }
    hiddenBelow = undefined;
    const flag = FLAG_ALONE.exec(line.text)?.[1];
    hidesNext = flag !== undefined && looksSecret(flag);
    const from = firstSecret(line, isSecretPair);
    if (from === undefined) {
      hideDifference(line, redactLine(line.text));
      continue;
    }
    const value = line.text.slice(from);
    hiddenBelow = indent + (/^(?:-\s+)+/.exec(rest)?.[0].length ?? 0);
    const opening = OPENS_BLOCK.exec(value)?.[1];
    hidesList = opening !== undefined;
    openQuote = quoteLeftOpen(value);
    hidesNext = line.text.endsWith('\\');
    hide(line, from + (opening?.length ?? 0));
  }
  return ranges;

  function hide(line: Line, from: number): void {
    if (from < line.text.length) ranges.push({ start: line.start + from, end: line.start + line.text.length });
  }

  function hideDifference(line: Line, redacted: string): void {
    if (redacted === line.text) return;
    let same = 0;
    while (same < redacted.length && line.text[same] === redacted[same]) same++;
    let sameEnd = 0;
    const most = Math.min(line.text.length, redacted.length) - same;
    while (sameEnd < most && line.text.at(-1 - sameEnd) === redacted.at(-1 - sameEnd)) sameEnd++;
    ranges.push({ start: line.start + same, end: line.start + line.text.length - sameEnd });
  }
}

/** Where the first secret value of a line begins, in the line. */
function firstSecret(line: Line, isSecretPair: (offset: number) => boolean): number | undefined {
  let first: number | undefined;
  for (const match of line.text.matchAll(KEY)) {
    const from = match.index + match[0].length;
    if (isSecretKey(line.text, match.index, match[1] ?? '') && !isHarmlessMember(line.text.slice(from))) {
      first = from;
      break;
    }
  }
  for (const match of line.text.matchAll(FLAG)) {
    const from = match.index + match[0].length;
    if (first !== undefined && from >= first) break;
    if (looksSecret(match[1] ?? '') && !isHarmless(line.text.slice(from))) first = from;
  }
  for (const match of line.text.matchAll(VALUE)) {
    const from = match.index + match[0].length;
    if (first !== undefined && from >= first) break;
    if (isSecretPair(line.start + match.index) && !isHarmless(line.text.slice(from))) return from;
  }
  return first;
}

function isSecretKey(text: string, offset: number, key: string): boolean {
  if (looksSecret(key.replace(/^[-.$]+/, ''))) return true;
  // The `n` of an escaped line break, in JSON: "…\npassword=…".
  return text[offset - 1] === '\\' && /^[nrt]/.test(key) && looksSecret(key.slice(1));
}

function quoteLeftOpen(value: string): string | undefined {
  const quote = /^["']/.exec(value)?.[0];
  return quote !== undefined && !value.includes(quote, 1) ? quote : undefined;
}

function isHarmlessMember(rest: string): boolean {
  return rest !== '' && (isHarmless(rest) || HARMLESS_MEMBER.test(rest));
}

/** `name: DB_PASSWORD` beside `value: …`, in either order: a value goes with the nearest name on either side. */
function pairsOf(text: string): (offset: number) => boolean {
  const names = [...text.matchAll(NAME)].map((match) => ({
    offset: match.index,
    isSecret: looksSecret(match[1] ?? ''),
  }));
  if (!names.some(({ isSecret }) => isSecret)) return () => false;
  return (offset) => {
    let low = 0;
    let high = names.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((names[middle]?.offset ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return names[low - 1]?.isSecret === true || names[low]?.isSecret === true;
  };
}

/** Comment signs count as indentation, so that commented-out YAML reads like YAML. */
function indentOf(text: string): number {
  return /^[\s#]*/.exec(text)?.[0].length ?? 0;
}
