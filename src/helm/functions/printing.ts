import { toBytes } from '../value/bytes.ts';
import { print, printAll, printLine, printTracked, textOf } from '../go/print.ts';
import { isPrintable } from '../go/printable.ts';
import { sprintf } from '../go/printf.ts';
import { quoteTracked } from '../go/quote.ts';
import { isNil, isObject } from '../value/value.ts';
import { replaceCharacters } from '../value/traced-reader.ts';
import { TextBuilder, Tracked } from '../value/tracked.ts';
import { type HelmFunction, traced } from '../value/function.ts';

/** What turns values into text: Go's `print…`, `html`, `js`, `urlquery`, and sprig's `quote`, `squote`, `cat`. */
export const printingFunctions: Readonly<Record<string, HelmFunction>> = {
  print: traced(['...any'], (_call, ...values) => printAll(values.map(toTracked))),
  println: traced(['...any'], (_call, ...values) => printLine(values.map(toTracked))),
  printf: traced(['string', '...any'], (_call, format, ...values) => {
    return sprintf(new Tracked(format.value, format.origin), values.map(toTracked));
  }),
  quote: traced(['...any'], (_call, ...values) => {
    return joinPrinted(values, (value) => quoteTracked(textOf(value)));
  }),
  squote: traced(['...any'], (_call, ...values) => {
    return joinPrinted(values, (value) => {
      const { value: text, origin } = print(value);
      return new TextBuilder().append("'").appendSlice(text, origin).append("'").toTracked();
    });
  }),
  cat: traced(['...any'], (_call, ...values) => joinPrinted(values, print)),
  html: traced(['...any'], (_call, ...values) => escapeEach(values, (character) => HTML_ESCAPES[character])),
  js: traced(['...any'], (_call, ...values) => escapeEach(values, escapeJs)),
  urlquery: traced(['...any'], (_call, ...values) => escapeEach(values, escapeQuery)),
};

interface Argument {
  readonly value: Tracked['value'];
  readonly origin: Tracked['origin'];
}

function toTracked({ value, origin }: Argument): Tracked {
  return new Tracked(value, origin);
}

/** Sprig drops nil; a nil that came from a key still says that the key had a part. */
function joinPrinted(values: readonly Argument[], write: (value: Tracked) => Tracked<string>): Tracked<string> {
  const builder = new TextBuilder();
  let isFirst = true;
  for (const value of values) {
    if (isNil(value.value)) {
      builder.appendSlice('', value.origin);
      continue;
    }
    if (!isFirst) builder.append(' ');
    isFirst = false;
    const word = write(toTracked(value));
    builder.appendSlice(word.value, word.origin);
  }
  return builder.toTracked();
}

/** As text/template's escapers take their arguments: printed as an action prints them. */
function escapeEach(values: readonly Argument[], escape: (character: string) => string | undefined): Tracked<string> {
  const printed = values.map((value) => {
    const isDereferenced = isObject(value.value) && value.value.kind === 'ptr';
    return isNil(value.value) || isDereferenced ? printTracked(toTracked(value)) : toTracked(value);
  });
  return replaceCharacters(printAll(printed), escape).toTracked();
}

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

function escapeJs(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\\' || character === "'" || character === '"') return `\\${character}`;
  const isByte = code >= 0xdc80 && code <= 0xdcff;
  if (code < 0x20 || '<>&='.includes(character) || (code > 0x7f && !isByte && !isPrintable(code))) {
    return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return undefined;
}

function escapeQuery(character: string): string | undefined {
  if (character === ' ') return '+';
  if (/^[-\w.~]$/.test(character)) return undefined;
  let escaped = '';
  for (const byte of toBytes(character)) escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return escaped;
}
