import { MASK } from '../text/mask.ts';
import { looksSecret } from './secret-name.ts';
import { detectSecretValue } from './secret-value.ts';

/** A mask changes what is around it, so the text is looked at again; after this many times, all of it is masked. */
const ROUNDS = 4;

/** A text for people in which every secret is masked that `detectSecretValue` finds. */
export function redactText(text: string): string {
  let shown = text;
  for (let round = 0; round < ROUNDS; round += 1) {
    const masked = maskDetected(shown);
    if (masked === shown) return shown;
    shown = masked;
  }
  return detectSecretValue(shown) === undefined ? shown : MASK;
}

function maskDetected(text: string): string {
  let shown = '';
  let from = 0;
  for (;;) {
    const found = detectSecretValue(text, from);
    if (found === undefined) return shown + text.slice(from);
    shown += text.slice(from, found.start) + MASK;
    from = found.end;
  }
}

/**
 * A line of YAML that could not be parsed, for people: the value after every key that names a secret is masked, and
 * so is every secret that its value gives away.
 *
 * Where it is in doubt how far a value goes, the line is masked to its end. What the line belongs to is not known: a
 * value whose key is on a line above is only seen when it looks like a line of a key file.
 */
export function redactLine(line: string): string {
  return KEY_FILE_LINE.test(line) ? line.replace(/\S+/, MASK) : redactText(maskNamedValues(line));
}

/** Nothing but base64, as wide as in a PEM file: 64 characters (RFC 7468). */
const KEY_FILE_LINE = /^\s*[A-Za-z0-9+/]{40,}={0,2}\s*$/;
/** A word with its separator (`key: `, `"key":`, `KEY=`) or a blank. Thanks to the lookbehind a word is read once. */
const KEY = /(?<![\w.-])([\w.-]+)(\\?["']?[ \t]*[:=]|\\?["'][ \t]*,|(?=[ \t]))[ \t]*/g;
/** What is not a secret by itself in a chart, but better masked in a broken line. */
const SECRET_ALONE = /^(?:secret|pass|pwd|pw|auth)$/i;
const NAME = /\\?["']?([\w.-]+)/y;
const LIST_ITEM = /^[ \t]*(?:- +)*/;

function maskNamedValues(line: string): string {
  const first = LIST_ITEM.exec(line)?.[0].length ?? 0;
  const bracket = line.search(/[{[]/);
  let shown = '';
  let from = 0;
  /** Whether the line has said `name: DB_PASSWORD`, so that `value: …` is a password. */
  let isNamed = false;
  KEY.lastIndex = 0;
  for (let match = KEY.exec(line); match !== null; match = KEY.exec(line)) {
    const [whole, key = '', separator = ''] = match;
    // `--password x` and `"--password", "x"` are arguments, and a first word without its colon is a key with a mistake.
    const isFlag = key.startsWith('--');
    if (!isFlag && (separator.endsWith(',') || (separator === '' && match.index !== first))) continue;
    if (key === 'name') isNamed = isSecretKey(wordAt(line, KEY.lastIndex));
    if (!isSecretKey(key) && !(isNamed && key === 'value')) continue;
    const isArgument = separator === '' ? isFlag : whole.endsWith('=') && separator === '=';
    const isFlow = bracket >= 0 && bracket < match.index;
    const end = endOfValue(line, KEY.lastIndex, isArgument ? 'argument' : isFlow ? 'flow' : 'line');
    shown += line.slice(from, KEY.lastIndex) + maskValue(line.slice(KEY.lastIndex, end));
    from = end;
    KEY.lastIndex = end;
  }
  return shown + line.slice(from);
}

function isSecretKey(key: string): boolean {
  return looksSecret(key) || SECRET_ALONE.test(key);
}

function wordAt(line: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(line)?.[1] ?? '';
}

/** No secret: nothing, a boolean, the head of a block, or a reference; what a template quotes could be one. */
const HARMLESS =
  /^(?:true|false|null|~|(?:[!&]\S*[ \t]+)*[|>][-+]?[1-9]?[-+]?|\$\([\w.-]+\)|\$\{\w+\}|<[\w -]+>|\{\{[^{}"'`]*\}\})?$/;
const OPENING_QUOTE = /^\\?["']/;

/** Masks a value inside of its quotes, when they are whole. */
function maskValue(value: string): string {
  const quote = OPENING_QUOTE.exec(value)?.[0] ?? '';
  const trimmed = value.trimEnd();
  const isQuoted = trimmed.length >= 2 * quote.length && trimmed.endsWith(quote);
  const content = isQuoted ? trimmed.slice(quote.length, trimmed.length - quote.length) : trimmed;
  if (HARMLESS.test(content)) return value;
  return isQuoted ? quote + MASK + quote + value.slice(trimmed.length) : MASK;
}

const BARE_VALUES = {
  /** Up to a blank or a separator, when another argument or nothing follows. */
  argument:
    /[^\s"'\]},;&]+(?=["']?(?:[ \t]*$|[\]}][\]} \t]*(?:$|,)|,[ \t"']|[,;&][\w.]+=|;[ \t]|[ \t]+(?:-|[\w.]+=|[|&#])))/y,
  /** Up to the next key of the flow mapping, or its end. */
  flow: /(?:\{\{[^{}]*\}\}|[^,{}[\]])+(?=[}\]][}\] \t]*(?:$|[,#])|,[ \t]*["']?[\w.-]+["']?[ \t]*:|,?[ \t]*$)/y,
  line: /.*/y,
};
const QUOTED_VALUES: Readonly<Record<string, RegExp>> = {
  '"': /"(?:[^"\\]|\\.)*"(?=[ \t]*(?:$|[,}\]#;&)"']))/y,
  "'": /'(?:[^']|'')*'(?=[ \t]*(?:$|[,}\]#;&)"]))/y,
  '\\': /\\["'][^\\]*\\["'](?=[ \t]*(?:$|[,}\]#;&)"'\\]))/y,
};

/** Where a value ends that begins at an offset; in doubt at the end of the line. */
function endOfValue(line: string, start: number, bare: keyof typeof BARE_VALUES): number {
  const pattern = QUOTED_VALUES[line.charAt(start)] ?? BARE_VALUES[bare];
  pattern.lastIndex = start;
  return pattern.test(line) ? pattern.lastIndex : line.length;
}
