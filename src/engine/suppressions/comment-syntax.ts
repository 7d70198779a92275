import type { Range, SourceText } from '../../text/source.ts';

/**
 * The zero-based offset in a line at which its YAML comment begins; -1 when it has none. A `#` begins a comment at the
 * start of the line or after white space (YAML 1.2, 6.6), outside quotes and outside template actions.
 */
export function commentStart(line: string): number {
  let quote: string | undefined;
  // A quote character in the middle of a plain scalar (don't) is a character like any other.
  let canQuote = true;
  const lastEnd = line.lastIndexOf('}}');
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (character === '{' && line[at + 1] === '{') {
      if (lastEnd >= at + 2) {
        at = line.indexOf('}}', at + 2) + 1;
        canQuote = false;
        continue;
      }
      if (quote === undefined) return -1;
    }
    if (quote !== undefined) {
      if (character === '\\' && quote === '"') at++;
      else if (character !== quote) continue;
      else if (quote === "'" && line[at + 1] === "'") at++;
      else quote = undefined;
    } else if (character === '#' && (at === 0 || isSpaceOrTab(line[at - 1]))) {
      return at;
    } else if (canQuote && (character === '"' || character === "'")) {
      quote = character;
      canQuote = false;
    } else if (canQuote && (character === '!' || character === '&')) {
      // A scalar may begin after its tag or anchor.
      while (at + 1 < line.length && !isSpaceOrTab(line[at + 1])) at++;
    } else if (!isSpaceOrTab(character)) {
      canQuote = ':,[{'.includes(character) || ('-?'.includes(character) && isSpaceOrTab(line[at + 1]));
    }
  }
  return -1;
}

function isSpaceOrTab(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/**
 * The indentation that lines must exceed to belong to the block scalar that a line begins; undefined when it begins
 * none (YAML 1.2, 8.1).
 * @param content the line without its comment
 */
export function blockScalarIndentation(content: string): number | undefined {
  const line = content.trimEnd();
  const indicator = /[|>][-+0-9]{0,2}$/.exec(line.slice(-3));
  if (indicator === null) return undefined;
  const [prefix = ''] = /^[ \t]*(?:[-?][ \t]+)*/.exec(line) ?? [];
  const start = line.length - indicator[0].length;
  if (start > 0 && !isSpaceOrTab(line[start - 1])) return undefined;
  const before = withoutProperties(line.slice(prefix.length, start));
  if (before === '---') return -1;
  if (before.endsWith(':')) return prefix.length;
  if (before !== '') return undefined;
  // Of an item that is itself the scalar, its dash counts.
  const dashes = prefix.trimEnd();
  return (dashes === '' ? prefix.length : dashes.length) - 1;
}

/** A node has at most one tag and one anchor. */
function withoutProperties(text: string): string {
  let rest = text.trimEnd();
  for (let count = 0; count < 2; count++) {
    const word = Math.max(rest.lastIndexOf(' '), rest.lastIndexOf('\t')) + 1;
    if (rest[word] === '!' || rest[word] === '&') rest = rest.slice(0, word).trimEnd();
  }
  return rest;
}

/** The comments of a template, with their braces and trim markers, as zero-based offsets (Go's text/template). */
export function* templateComments({ text }: SourceText): Generator<Range> {
  const opening = /\{\{(?:-\s+)?\/\*/g;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const close = text.indexOf('*/', opening.lastIndex);
    if (close === -1) return;
    const braces = text.indexOf('}}', close);
    if (braces === -1) return;
    opening.lastIndex = braces + 2;
    // Anything else between `*/` and `}}` is a parse error of the template.
    if (/^\s*-?$/.test(text.slice(close + 2, braces))) yield { start: match.index, end: braces + 2 };
  }
}
