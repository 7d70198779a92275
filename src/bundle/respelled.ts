import { printFloat } from '../helm/go/float.ts';
import type { TemplatePlace } from '../helm/provenance/origin-index.ts';
import { RenderedText } from '../helm/provenance/rendered-text.ts';
import type { ValuesKey } from '../helm/value/values-key.ts';
import type { Range } from '../text/source.ts';
import type { Cursor } from '../yaml/cursor.ts';
import { resolvePlain } from '../yaml/scalar.ts';
import { printingAction, templateText } from './printed.ts';

/** A value that the values file spells in one way, and the manifest in another. */
export interface Respelled {
  /** `exponent`: a whole number of a million or more. `integer`: octal and the like. `boolean`: a word such as `no`. */
  readonly kind: 'exponent' | 'integer' | 'float' | 'boolean';
  readonly key: ValuesKey;
  /** The characters of the values file, unquoted there. */
  readonly written: string;
  /** What Helm made of them. */
  readonly found: string;
  /** Where that is in the rendered text. */
  readonly range: Range;
}

const VERSION = /tag|version|release|revision|channel|branch|commit|sha\b|digest/i;

/**
 * Whether a spelling is one that the application reads as something else. A float counts where it is a name, of which every
 * character counts (a version, a tag): 0.50 for a ratio is as good as 0.5. In a file of several lines, which may be YAML
 * itself, only a number in exponent form is known to be wrong.
 */
export function isMisread({ kind, key }: Respelled, place: Cursor, isInFile: boolean): boolean {
  if (kind === 'exponent') return true;
  if (isInFile) return false;
  if (kind !== 'float' || place.segment === 'image') return true;
  return VERSION.test(String(key.path.at(-1) ?? '')) || VERSION.test(String(place.segment ?? ''));
}

/** Whether a chart rendered a place. */
export function isRendered({ document }: Cursor): boolean {
  return document.source instanceof RenderedText;
}

const TOKEN = /(?<![\d.])-?\d[\d.]*(?:e[+-]\d+)?(?![\w.])|\b(?:true|false)\b/g;
const BOOLEAN_WORD = /^(?:y|yes|n|no|on|off)$/i;
const LONGEST_NUMBER = 40;
/** A file may have more numbers than anybody wants to look up. */
const MOST_TOKENS = 2000;

/**
 * The values that YAML took for a number or a boolean on their way from the values file into a text, so that it holds
 * other characters than the file: `tag: 1.20` becomes 1.2, `code: 0123` 83, `country: no` false, `max: 1000000` 1e+06.
 * None for a text that no chart rendered.
 */
export function respelledIn({ document, node }: Cursor): Respelled[] {
  const { source } = document;
  if (!(source instanceof RenderedText) || node?.kind !== 'scalar') return [];
  const found: Respelled[] = [];
  let count = 0;
  for (const { 0: token, index } of source.text.slice(node.start, node.end).matchAll(TOKEN)) {
    if (++count > MOST_TOKENS) break;
    const start = node.start + index;
    const { keys, place } = source.originOf({ start, end: start + token.length });
    for (const key of keys) {
      const respelled = compare(key, token);
      if (respelled === undefined || (respelled.kind === 'boolean' && isChosen(place))) continue;
      found.push({ ...respelled, range: { start, end: start + token.length } });
      break;
    }
  }
  return found;
}

/** Whether `ternary` or `if` chose one of two words by the value, which is no spelling of it. */
function isChosen(place: TemplatePlace | undefined): boolean {
  if (place === undefined) return true;
  const action = templateText(place);
  return !action.startsWith('{{') || /\bternary\b|["'`](?:true|false)["'`]/.test(action);
}

/** Where a text first stands in the value of a place; undefined for a value that is written otherwise. */
export function placeInValue(text: string, { document, node }: Cursor): Range | undefined {
  if (node === undefined || text === '') return undefined;
  const start = document.source.text.indexOf(text, node.start);
  return start < 0 || start >= node.end ? undefined : { start, end: start + text.length };
}

/** Whether somebody wrote a text as it is, in the template or in the values file that feeds a place. */
export function isWritten(text: string, value: Cursor): boolean {
  const { source } = value.document;
  const part = placeInValue(text, value);
  if (!(source instanceof RenderedText) || part === undefined) return false;
  const { keys, place } = source.originOf(part);
  return keys.some((key) => writtenAt(key).includes(text)) || (place !== undefined && templateText(place) === text);
}

function writtenAt({ source, valueRange }: ValuesKey): string {
  return source.text.slice(valueRange.start, valueRange.end);
}

function compare(key: ValuesKey, token: string): Omit<Respelled, 'range'> | undefined {
  const { start, end } = key.valueRange;
  if (end - start > LONGEST_NUMBER) return undefined;
  const written = writtenAt(key);
  if (written === token) return undefined;
  const value = resolvePlain(written);
  if (typeof value === 'boolean') {
    if (!BOOLEAN_WORD.test(written) || String(value) !== token) return undefined;
    return { kind: 'boolean', key, written, found: token };
  }
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  // Helm keeps every number as a float64.
  const printed = printFloat(Number(value));
  if (printed !== token && String(value) !== token) return undefined;
  if (/^[\d_]+$/.test(written) && !/^0\d/.test(written) && !token.includes('e+')) return undefined;
  const isExponent = token.includes('e+') && /^[-+]?[\d_]+$/.test(written);
  const kind = isExponent ? 'exponent' : typeof value === 'bigint' ? 'integer' : 'float';
  return { kind, key, written, found: token };
}

/** What to quote so that a number in a place stays as it is written. */
export function quoteRemedy(place: Cursor, respelled?: Respelled, part?: Range): string {
  const { document, node } = place;
  const { source } = document;
  if (!(source instanceof RenderedText) || node === undefined) return 'Quote the number where it is written';
  const { keys } = source.originOf(part ?? node);
  const key = respelled?.key ?? keys.find((each) => typeof resolvePlain(writtenAt(each)) !== 'string');
  if (key !== undefined) return `Quote ${key.name} in ${key.source.file}`;
  const action = printingAction(place) ?? '';
  return action.includes('.Chart.AppVersion')
    ? 'Quote appVersion in Chart.yaml'
    : 'Quote the number in the values file';
}
