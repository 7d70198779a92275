import { MASK } from './mask.ts';
import type { Range } from './source.ts';

/** Stretches of a secret that are this long are found again; in shorter ones there is little of it. */
const SHORTEST = 6;
/** A secret that is shorter is found where it stands as a word. */
const WORD = /[\p{L}\p{N}_]/u;
/** What is remembered of one secret, and of all. */
const LONGEST = 4096;
const MOST = 400_000;

/**
 * Finds secrets again in texts that were made of the text that they stand in: whole, or a stretch of one. A stretch that
 * the rest of that text says, too, is not told by the secret, and stays. Capitals make no difference.
 */
export class SecretStretches {
  readonly #readable: string;
  readonly #secrets: ReadonlySet<string>;
  readonly #known = new Map<string, string>();
  #pieces: ReadonlySet<string> | undefined;
  #words: readonly string[] = [];

  /** @param readable what else the text says, besides the secrets */
  constructor(secrets: Iterable<string>, readable: string) {
    this.#secrets = new Set(withoutQuotes(secrets));
    this.#readable = fold(readable);
  }

  /** The secrets of one text, given by where they stand in it. */
  static in(text: string, ranges: readonly Range[]): SecretStretches {
    let readable = '';
    let from = 0;
    for (const { start, end } of ranges) {
      readable += `${text.slice(from, start)}\0`;
      from = end;
    }
    return new SecretStretches(
      ranges.map(({ start, end }) => text.slice(start, end)),
      readable + text.slice(from),
    );
  }

  /** A text with what it holds of the secrets masked. */
  mask(text: string): string {
    let masked = this.#known.get(text);
    if (masked === undefined) this.#known.set(text, (masked = maskRanges(text, this.#rangesIn(text))));
    return masked;
  }

  #rangesIn(text: string): Range[] {
    if (this.#pieces === undefined) this.#pieces = this.#remember();
    const folded = fold(text);
    const ranges: Range[] = [];
    const add = (start: number, end: number): void => {
      if (!this.#readable.includes(folded.slice(start, end))) ranges.push({ start, end });
    };
    let start: number | undefined;
    for (let at = 0; at + SHORTEST <= folded.length; at++) {
      if (this.#pieces.has(folded.slice(at, at + SHORTEST))) start ??= at;
      else if (start !== undefined) {
        add(start, at - 1 + SHORTEST);
        start = undefined;
      }
    }
    if (start !== undefined) add(start, folded.length);
    for (const word of this.#words) {
      for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) {
        const end = at + word.length;
        if (!WORD.test(folded.charAt(at - 1)) && !WORD.test(folded.charAt(end))) add(at, end);
      }
    }
    return ranges;
  }

  #remember(): Set<string> {
    const pieces = new Set<string>();
    const words: string[] = [];
    for (const secret of this.#secrets) {
      const folded = fold(secret);
      if (folded.length < SHORTEST) words.push(folded);
      const end = Math.min(folded.length, LONGEST);
      for (let at = 0; at + SHORTEST <= end && pieces.size < MOST; at++) pieces.add(folded.slice(at, at + SHORTEST));
    }
    this.#words = words;
    return pieces;
  }
}

/** A text with ranges of it masked; those that touch are one. */
export function maskRanges(text: string, ranges: readonly Range[]): string {
  let masked = '';
  let from = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= from && end > start) continue;
    if (start > from || from === 0) masked += text.slice(from, start) + MASK;
    from = Math.max(from, end);
  }
  return masked + text.slice(from);
}

/** In lower case, with every character where it was. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

/** As they stand and without quotes around them, and as they stand inside of quotes. */
function* withoutQuotes(secrets: Iterable<string>): Generator<string> {
  for (const secret of secrets) {
    for (const line of secret.split(/[\r\n]+/)) {
      const text = line.trim();
      if (text === '') continue;
      yield text;
      const bare = /^(["']).+\1$/.test(text) ? text.slice(1, -1) : text;
      if (bare !== text) yield bare;
      const escaped = JSON.stringify(bare).slice(1, -1);
      if (escaped !== bare) yield escaped;
      if (bare.includes('\\') || bare.includes("''")) yield bare.replace(/\\(.)/g, '$1').replaceAll("''", "'");
    }
  }
}
