import { toBytes } from '../value/bytes.ts';
import { charactersOf, isSpace } from '../go/unicode.ts';
import { TracedReader } from '../value/traced-reader.ts';
import { mixed, TextBuilder, type Tracked, withTaint } from '../value/tracked.ts';
import { trimText } from './cut-text.ts';
import { type HelmFunction, plain, traced } from '../value/function.ts';

const trimAll = traced(['string', 'string'], (_call, characters, text) => {
  return withTaint(trimCharacters(text, characters.value), characters.taint);
});

/** Functions that take characters away, mostly from the ends of a text. */
export const trimFunctions: Readonly<Record<string, HelmFunction>> = {
  trim: traced(['string'], (_call, text) => trimTracked(text)),
  trimAll,
  trimall: trimAll,
  trimPrefix: traced(['string', 'string'], (_call, prefix, text) => {
    const start = text.value.startsWith(prefix.value) ? prefix.value.length : 0;
    return withTaint(trimText(text, start), prefix.taint);
  }),
  trimSuffix: traced(['string', 'string'], (_call, suffix, text) => {
    const end = text.value.length - (text.value.endsWith(suffix.value) ? suffix.value.length : 0);
    return withTaint(trimText(text, 0, end), suffix.taint);
  }),
  nospace: traced(['string'], (_call, text) => withoutSpace(text)),
  initials: plain(['string'], initials),
};

function trimTracked(text: Tracked<string>): Tracked<string> {
  const { value } = text;
  let start = 0;
  let end = value.length;
  while (start < end && isSpace(value.charCodeAt(start))) start++;
  while (end > start && isSpace(value.charCodeAt(end - 1))) end--;
  return trimText(text, start, end);
}

function trimCharacters(text: Tracked<string>, cutset: string): Tracked<string> {
  const characters = new Set(charactersOf(cutset));
  const { value } = text;
  let start = 0;
  let end = value.length;
  while (start < end) {
    const character = String.fromCodePoint(value.codePointAt(start) ?? 0);
    if (!characters.has(character)) break;
    start += character.length;
  }
  while (end > start) {
    const length = isPair(value, end) ? 2 : 1;
    if (!characters.has(value.slice(end - length, end))) break;
    end -= length;
  }
  return trimText(text, start, end);
}

/** Whether the character before an offset takes two UTF-16 units. */
function isPair(text: string, end: number): boolean {
  const high = text.charCodeAt(end - 2);
  const low = text.charCodeAt(end - 1);
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
}

/**
 * goutils takes each byte for a character: U+0085 and U+00A0 are found inside others, and when anything is taken away,
 * the bytes of what stays are written as characters of their own.
 */
function withoutSpace(text: Tracked<string>): Tracked<string> {
  const { value } = text;
  const bytes = toBytes(value);
  if (!bytes.some(isSpace)) return text;
  if (bytes.length !== value.length) return mixed(latin1(bytes.filter((byte) => !isSpace(byte))), text.taint);
  const reader = TracedReader.of(text);
  const builder = new TextBuilder();
  for (let start = 0, end = 0; start < value.length; start = end) {
    while (start < value.length && isSpace(value.charCodeAt(start))) start++;
    reader.skipTo(start);
    for (end = start; end < value.length && !isSpace(value.charCodeAt(end));) end++;
    reader.copyTo(end, builder);
  }
  return builder.length === 0 ? trimText(text, 0, 0) : builder.toTracked();
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** The first byte of each word, taken for a character. */
function initials(text: string): string {
  let isGap = true;
  let found = '';
  for (const byte of toBytes(text)) {
    if (isGap && !isSpace(byte)) found += String.fromCharCode(byte);
    isGap = isSpace(byte);
  }
  return found;
}
