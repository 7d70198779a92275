import { quoteGo } from '../../helm/go/quote.ts';
import type { SecretKeys } from '../../helm/provenance/secret-keys.ts';
import { entryOf, holdsText, itemOf, Tracked } from '../../helm/value/tracked.ts';
import { GoList, GoMap, Int } from '../../helm/value/value.ts';
import { MASK } from '../../text/mask.ts';
import { maskRanges, SecretStretches } from '../../text/secret-stretches.ts';
import type { Range } from '../../text/source.ts';

/** A text that a message may quote, and what of it came from secrets. */
interface Quotable {
  readonly text: string;
  readonly secrets: readonly Range[];
}

/** What a message quotes of a large map is not all looked for. */
const MANY_VALUES = 20_000;
/** A shorter text stands in a message by chance, unless it is a word of its own. */
const SHORT = 6;
/** Less than this says nothing of a secret. */
const PART = 3;
const QUOTED = /"((?:[^"\\]|\\.)+)"|'((?:[^'\\]|\\.)+)'|`([^`]+)`/g;

/**
 * A message in which what it quotes of some values is masked as far as it came from secrets: whole, escaped, or in part.
 * What is the same as a secret, and came from elsewhere, stays when the values are quoted whole.
 * @param detail the only part of the message that quotes them; undefined: any
 * @param isInQuotes whether it quotes parts of them in quotes alone
 */
export function maskQuoted(
  message: string,
  values: readonly Tracked[],
  detail: string | undefined,
  keys: SecretKeys,
  isInQuotes = false,
): string {
  const quotables = collectQuotables(values, keys);
  if (quotables.every(({ secrets }) => secrets.length === 0)) return message;
  const at = detail === undefined || detail === '' ? -1 : message.lastIndexOf(detail);
  if (detail === undefined || at === -1) return maskText(message, quotables, isInQuotes);
  return message.slice(0, at) + maskText(detail, quotables, isInQuotes) + message.slice(at + detail.length);
}

function maskText(text: string, quotables: readonly Quotable[], isInQuotes: boolean): string {
  const secrets = quotables.flatMap((each) => each.secrets.map(({ start, end }) => each.text.slice(start, end)));
  const stretches = new SecretStretches(secrets, '');
  const quotes = isInQuotes ? [] : findQuotes(text, quotables);
  let masked = '';
  let from = 0;
  for (const { start, end, shown } of quotes) {
    masked += maskParts(text.slice(from, start)) + shown;
    from = end;
  }
  return masked + maskParts(text.slice(from));

  /** What is not quoted whole: parts of a secret, or what a function has made of it. */
  function maskParts(rest: string): string {
    const shown = rest.replace(QUOTED, (whole: string, ...groups: readonly (string | undefined)[]) => {
      const quoted = groups.slice(0, 3).find((group) => group !== undefined) ?? '';
      const isPart = quoted.length >= PART && secrets.some((secret) => secret.includes(quoted));
      return whole.charAt(0) + (isPart ? MASK : isInQuotes ? stretches.mask(quoted) : quoted) + whole.charAt(0);
    });
    return isInQuotes ? shown : stretches.mask(shown);
  }
}

interface Quote extends Range {
  readonly shown: string;
}

/** Where the text quotes values whole, in order; the longest come first where they overlap. */
function findQuotes(text: string, quotables: readonly Quotable[]): Quote[] {
  const quotes: Quote[] = [];
  const isFree = ({ start, end }: Range): boolean => quotes.every((quote) => quote.end <= start || quote.start >= end);
  for (const quotable of quotables.toSorted((a, b) => b.text.length - a.text.length)) {
    for (const form of [quotable, escaped(quotable)]) {
      for (const range of occurrences(text, form.text)) {
        if (isFree(range)) quotes.push({ ...range, shown: maskRanges(form.text, form.secrets) });
      }
    }
  }
  return quotes.sort((a, b) => a.start - b.start);
}

function* occurrences(text: string, part: string): Generator<Range> {
  if (part === '') return;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) {
    const end = at + part.length;
    if (part.length >= SHORT || !(isWord(text.charAt(at - 1)) || isWord(text.charAt(end)))) yield { start: at, end };
  }
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character);
}

/** As Go's `%q` writes it, without the quotes. */
function escaped({ text, secrets }: Quotable): Quotable {
  const cuts = [0, ...secrets.flatMap(({ start, end }) => [start, end]), text.length];
  let written = '';
  const ranges: { start: number; end: number }[] = [];
  for (let index = 1; index < cuts.length; index++) {
    const start = written.length;
    written += quoteGo(text.slice(cuts[index - 1], cuts[index])).slice(1, -1);
    if (index % 2 === 0) ranges.push({ start, end: written.length });
  }
  return { text: written, secrets: ranges };
}

/** The texts and numbers of values, and of what they hold. Those without secrets are quoted as well. */
function collectQuotables(values: readonly Tracked[], keys: SecretKeys): Quotable[] {
  const found: Quotable[] = [];
  const seen = new Set<unknown>();
  let count = 0;
  const visit = (tracked: Tracked): void => {
    const { value, taint } = tracked;
    if (++count > MANY_VALUES) return;
    if (holdsText(tracked)) found.push({ text: tracked.value, secrets: keys.rangesIn(tracked.value, tracked.origin) });
    else if (typeof value === 'number' || value instanceof Int) {
      const text = String(value instanceof Int ? value.value : value);
      found.push({ text, secrets: keys.taints(taint) ? [{ start: 0, end: text.length }] : [] });
    } else if (value instanceof GoMap && !seen.has(value)) {
      seen.add(value);
      const map = new Tracked(value, tracked.origin);
      for (const key of value.keys()) visit(entryOf(map, key));
    } else if (value instanceof GoList && !seen.has(value)) {
      seen.add(value);
      const list = new Tracked(value, tracked.origin);
      for (let index = 0; index < value.items.length; index++) visit(itemOf(list, index));
    }
  };
  for (const value of values) visit(value);
  return found;
}
