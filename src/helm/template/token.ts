import { byteLength } from '../value/bytes.ts';
import { quoteGo } from '../go/quote.ts';

/** The words that no function may be called. */
const KEYWORDS = [
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
] as const;

export type Keyword = (typeof KEYWORDS)[number];

export type TokenKind =
  | Keyword
  | 'assign'
  | 'bool'
  | 'char'
  | 'character constant'
  | 'complex'
  | 'declare'
  | 'dot'
  | 'end of file'
  | 'error'
  | 'field'
  | 'identifier'
  | 'left delimiter'
  | 'left parenthesis'
  | 'number'
  | 'pipe'
  | 'raw string'
  | 'right delimiter'
  | 'right parenthesis'
  | 'space'
  | 'string'
  | 'text'
  | 'variable';

/** A piece of a template's text. */
export interface Token {
  readonly kind: TokenKind;
  /** Zero-based offsets in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The characters; of an error, its message. */
  readonly text: string;
}

const keywords: ReadonlySet<string> = new Set(KEYWORDS);

export function isKeyword(word: string): word is Keyword {
  return keywords.has(word);
}

/** A token as Go's error messages show it. */
export function describeToken({ kind, text }: Token): string {
  if (kind === 'end of file') return 'EOF';
  if (kind === 'error') return text;
  if (kind === 'dot' || isKeyword(kind)) return `<${text}>`;
  return byteLength(text) > 10 ? `${quoteGo(Array.from(text).slice(0, 10).join(''))}...` : quoteGo(text);
}
