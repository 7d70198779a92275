/** Codes of the characters that mean something to YAML. */
export const TAB = 0x09;
export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const SPACE = 0x20;
export const EXCLAMATION = 0x21;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const PERCENT = 0x25;
export const AMPERSAND = 0x26;
export const SINGLE_QUOTE = 0x27;
export const ASTERISK = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const HYPHEN = 0x2d;
export const DOT = 0x2e;
export const DIGIT_ZERO = 0x30;
export const DIGIT_NINE = 0x39;
export const COLON = 0x3a;
export const LESS_THAN = 0x3c;
export const GREATER_THAN = 0x3e;
export const QUESTION = 0x3f;
export const OPENING_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSING_BRACKET = 0x5d;
export const OPENING_BRACE = 0x7b;
export const PIPE = 0x7c;
export const CLOSING_BRACE = 0x7d;
export const BYTE_ORDER_MARK = 0xfeff;
/** What `Input.codeAt` gives after the end. A NUL character is refused before scanning. */
export const END = 0;

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** YAML 1.1 has more line breaks than editors: next line, line separator and paragraph separator. */
export function isBreak(code: number): boolean {
  return code <= CARRIAGE_RETURN
    ? code === LINE_FEED || code === CARRIAGE_RETURN
    : code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBreakOrEnd(code: number): boolean {
  return isBreak(code) || code === END;
}

export function isBlankOrEnd(code: number): boolean {
  return isBlank(code) || isBreakOrEnd(code);
}

/** What a character of a plain scalar may mean. */
export const ORDINARY = 0;
/** Ends a word: a blank, a line break, the end. */
export const GAP = 1;
/** `:` ends the scalar before a gap. */
const MAYBE_VALUE = 2;
/** `,` `?` and brackets end the scalar between brackets. */
export const FLOW_INDICATOR = 3;

const PLAIN_CLASSES = new Uint8Array(128);
PLAIN_CLASSES.fill(GAP, 0, SPACE + 1);
PLAIN_CLASSES[COLON] = MAYBE_VALUE;
for (const code of [COMMA, QUESTION, OPENING_BRACKET, CLOSING_BRACKET, OPENING_BRACE, CLOSING_BRACE]) {
  PLAIN_CLASSES[code] = FLOW_INDICATOR;
}

export function plainClassOf(code: number): number {
  return code < 128 ? (PLAIN_CLASSES[code] ?? ORDINARY) : isBreak(code) ? GAP : ORDINARY;
}

/** The characters of names of anchors and tag handles. */
export function isNameCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= DIGIT_ZERO && code <= DIGIT_NINE) ||
    code === HYPHEN ||
    code === 0x5f
  );
}

const PLAIN_STARTS = new Uint8Array(128);
for (let code = 0x21; code < 0x7f; code++) {
  if (!'-.?:,[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(code))) PLAIN_STARTS[code] = 1;
}

/** True when a plain scalar may begin with the character, whatever follows it. */
export function startsPlain(code: number): boolean {
  return code >= 128 || PLAIN_STARTS[code] === 1;
}
