import { formatFloat, SHORTEST } from '../go/float.ts';
import { TracedReader } from '../value/traced-reader.ts';
import { TextBuilder, type Tracked } from '../value/tracked.ts';
import { CodecError } from './codec-error.ts';
import { quoteJson } from './json-text.ts';
import { resolvePlain } from '../../yaml/scalar.ts';

/**
 * What `toYaml` makes of the JSON that it goes through: go-yaml reads it as YAML, in which some characters that JSON
 * leaves as they are mean something else.
 */

/** Controls that JSON does not escape and YAML does not allow. */
const FORBIDDEN = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/;
/** U+0085 is a line break in YAML 1.1, so it is folded with the spaces around it. */
const FOLDED = / *\x85[ \x85]*/g;
/** A key without `?` is not a key when its `:` is farther away. */
const LONGEST_KEY = 1024;

/** @throws CodecError when YAML does not allow a character of it */
export function rereadString(text: Tracked<string>): Tracked<string> {
  if (FORBIDDEN.test(text.value)) throw new CodecError('yaml: control characters are not allowed');
  if (!text.value.includes('\x85')) return text;
  const builder = new TextBuilder();
  const reader = TracedReader.of(text);
  for (const match of text.value.matchAll(FOLDED)) {
    reader.copyTo(match.index, builder);
    const breaks = match[0].replaceAll(' ', '').length;
    reader.replaceTo(match.index + match[0].length, breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), builder);
  }
  reader.copyTo(text.value.length, builder);
  return builder.toTracked();
}

/** @throws CodecError when YAML does not take a key of JSON for one */
export function checkKey(key: string): void {
  if (FORBIDDEN.test(key)) throw new CodecError('yaml: control characters are not allowed');
  const isLong = key.length > LONGEST_KEY / 6 && Array.from(quoteJson(key)).length > LONGEST_KEY;
  if (isLong || key.includes('\x85')) throw new CodecError("yaml: did not find expected ',' or '}'");
}

/** How go-yaml writes a number of JSON: integers of 64 bits with all digits, others as a float64. */
export function formatYamlNumber(text: string): string {
  const value = resolvePlain(text);
  return typeof value === 'bigint' ? value.toString() : formatFloat(Number(text), 'g', SHORTEST);
}
