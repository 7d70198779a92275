import type { Range, SourceText } from '../../text/source.ts';
import { fromBytes } from '../value/bytes.ts';
import { parseInt64 } from '../go/parse-number.ts';
import { isSpace } from '../go/unicode.ts';
import { GoList, Int, type Value } from '../value/value.ts';
import type { Origin } from '../value/origin.ts';
import { originateJson, readJson } from '../values/json-value.ts';
import type { ValuesPath } from '../value/values-key.ts';
import { originAt } from '../values/originated.ts';
import { SetError, type SetReader } from './set-reader.ts';

/** A value that a flag sets. */
export interface SetValue {
  readonly value: Value;
  readonly origin: Origin | undefined;
  /** Whether the text ended right after the `=`: Go reports that, and drops some of what it read. */
  readonly isEnd: boolean;
}

/** What a value is read for. */
interface SetPlace {
  readonly path: ValuesPath;
  readonly key: Range;
  readonly source: SourceText;
}

/** How one of the `--set` flags is written. */
export interface SetSyntax {
  /** The characters that end a key. */
  readonly keyStops: string;
  /** Whether `\` takes a character's meaning. */
  readonly isEscaped: boolean;
  /** Reads what follows `=`. */
  readonly readValue: (reader: SetReader, place: SetPlace) => SetValue;
}

/** `--set`: booleans, null and whole numbers are distinguished. */
export const SET: SetSyntax = plainSyntax(typeValue);

/** `--set-string`. */
export const SET_STRING: SetSyntax = plainSyntax((text) => text);

/** `--set-json`, when it is not one object as a whole. */
export const SET_JSON: SetSyntax = { keyStops: '=[,.', isEscaped: true, readValue: readJsonValue };

/** `--set-literal`: everything after the first `=` is the value. */
export const SET_LITERAL: SetSyntax = {
  keyStops: '=[.',
  isEscaped: false,
  readValue(reader, place) {
    const start = reader.at;
    const { text } = reader.takeUntil('', false);
    return { value: text, origin: originOf(place, start, reader.at), isEnd: false };
  },
};

/** `--set-file`: the value names a file, of which the content counts. */
export function setFileSyntax(readFile: (path: string) => Uint8Array): SetSyntax {
  return plainSyntax((path) => fromBytes(readFile(path)));
}

function plainSyntax(convert: (text: string) => Value): SetSyntax {
  return {
    keyStops: '=[,.',
    isEscaped: true,
    readValue(reader, place) {
      const start = reader.at;
      if (reader.isAtEnd) return { value: '', origin: originOf(place, start, start), isEnd: true };
      if (reader.peek() === '{') {
        const value = readList(reader, place, convert);
        return { value, origin: originOf(place, start, reader.at), isEnd: false };
      }
      const { text, stop } = reader.takeUntil(',', true);
      return { value: convert(text), origin: originOf(place, start, reader.at - stop.length), isEnd: false };
    },
  };
}

function readList(reader: SetReader, place: SetPlace, convert: (text: string) => Value): GoList {
  reader.take();
  const items: Value[] = [];
  const origins: Origin[] = [];
  while (true) {
    const start = reader.at;
    const { text, stop } = reader.takeUntil(',}', true);
    if (stop === '') throw new SetError("list must terminate with '}'");
    const path = [...place.path, items.length];
    items.push(convert(text));
    const range = { start, end: reader.at - 1 };
    origins.push(originAt(path, place.source, range, range));
    if (stop === '}') break;
  }
  if (reader.peek() === ',') reader.take();
  return new GoList(items, '[]interface {}', origins);
}

/** `strvals.typedVal`. */
function typeValue(text: string): Value {
  if (/^true$/iu.test(text)) return true;
  if (/^false$/iu.test(text)) return false;
  if (/^null$/iu.test(text)) return null;
  if (text === '0') return new Int('int64', 0);
  if (!/^(?:[+-][0-9]|[1-9])[0-9]*$/.test(text)) return text;
  const { value, error } = parseInt64(text, 10);
  return error === undefined ? new Int('int64', value) : text;
}

function readJsonValue(reader: SetReader, place: SetPlace): SetValue {
  const start = reader.at;
  if (skipBlanks(reader)) return { value: null, origin: originOf(place, start, start), isEnd: false };
  const from = reader.at;
  const found = readJson(reader.text, from);
  if (found === undefined) throw new SetError('invalid JSON');
  reader.at = found.end;
  skipBlanks(reader);
  const range = { start: from, end: found.end };
  const value = originateJson(found.value, place.path, place.source, range);
  return { value, origin: originAt(place.path, place.source, place.key, range), isEnd: false };
}

/** Skips white space and one comma; whether the value ended with that. */
function skipBlanks(reader: SetReader): boolean {
  while (!reader.isAtEnd) {
    const rune = reader.peek();
    if (rune !== ',' && !isSpace(rune.codePointAt(0) ?? 0)) return false;
    reader.take();
    if (rune === ',') return true;
  }
  return true;
}

function originOf({ path, key, source }: SetPlace, start: number, end: number): Origin {
  return originAt(path, source, key, { start, end });
}
