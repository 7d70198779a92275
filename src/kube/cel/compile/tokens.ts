import { CelFault } from './expression.ts';

export interface Token {
  readonly kind: 'end' | 'mark' | 'word' | 'int' | 'uint' | 'double' | 'string' | 'bytes';
  /** As it is written; of a text its value. */
  readonly text: string;
  readonly at: number;
}

const NUMBER = /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)|(?:0x[0-9a-fA-F]+|\d+)[uU]?/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED = /`[A-Za-z0-9_.\-/ ]+`/y;
const SPACE = /(?:[\t \r\n\f]+|\/\/[^\n]*)+/y;
const MARK = /==|!=|<=|>=|&&|\|\||[-<>[\]{}().,!?:+*/%]/y;
const STRING =
  /(?:[bB])?(?:[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*')|"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\[^\n\r]|[^\\"\n\r])*"|'(?:\\[^\n\r]|[^\\'\n\r])*')/y;

/** The words of a text. Throws a `CelFault` where it is none of CEL. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (let at = match(SPACE, 0)?.length ?? 0; at < text.length; at += match(SPACE, at)?.length ?? 0) {
    const quoted = match(STRING, at);
    const number = match(NUMBER, at);
    const word = match(WORD, at) ?? match(QUOTED, at);
    const found = quoted ?? number ?? word ?? match(MARK, at);
    if (found === undefined) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      throw new CelFault(
        `"'`.includes(character)
          ? `the text that begins with ${character} does not end`
          : `${character} is not expected`,
        at,
      );
    }
    if (quoted !== undefined) tokens.push(textToken(quoted, at));
    else if (number !== undefined) tokens.push({ kind: kindOfNumber(number), text: number, at });
    else tokens.push({ kind: word === undefined ? 'mark' : 'word', text: found, at });
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

function kindOfNumber(text: string): 'int' | 'uint' | 'double' {
  if (/u$/i.test(text)) return 'uint';
  return text.startsWith('0x') || /^\d+$/.test(text) ? 'int' : 'double';
}

const ESCAPE = /\\(?:[abfnrtv"'\\?`]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|([^]?))/g;

function textToken(written: string, at: number): Token {
  const isBytes = /^b/i.test(written);
  const rest = isBytes ? written.slice(1) : written;
  const isRaw = /^r/i.test(rest);
  const quoted = isRaw ? rest.slice(1) : rest;
  const quotes = /^("""|''')/.test(quoted) && quoted.length >= 6 ? 3 : 1;
  const body = quoted.slice(quotes, -quotes).replaceAll(/\r\n?/g, '\n');
  const text = isRaw
    ? body
    : body.replaceAll(ESCAPE, (escape, wrong?: string) => {
        if (wrong !== undefined) throw new CelFault(`\\${wrong} is not an escape sequence`, at);
        return characterOf(escape, isBytes, at);
      });
  return { kind: isBytes ? 'bytes' : 'string', text, at };
}

const CHARACTERS: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function characterOf(escape: string, isBytes: boolean, at: number): string {
  const [kind = '', digits] = [escape[1], escape.slice(2)];
  if (/[0-3]/.test(kind)) return String.fromCodePoint(Number.parseInt(escape.slice(1), 8));
  if (digits === '') return CHARACTERS[kind] ?? kind;
  const code = Number.parseInt(digits, 16);
  const isCharacter = code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  if (!isCharacter || (isBytes && /u/i.test(kind))) throw new CelFault(`${escape} is not an escape sequence here`, at);
  return String.fromCodePoint(code);
}
