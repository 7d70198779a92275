import { redactLine } from '../../kube/redact.ts';
import type { IsSecretName } from '../../kube/secret-path.ts';
import type { Range } from '../../text/source.ts';
import { touching } from '../../text/touching.ts';
import type { Redaction } from './redaction.ts';

/** A text that is a Secret, or holds a private key: nothing in it can be distinguished from a secret value. */
const WHOLLY_SECRET = /\bkind\\*["']?\s*:\s*\\*["']?(?:Sealed)?Secret(?:List)?\b|-----BEGIN [A-Z0-9 ]*PRIVATE KEY/i;
/** `key:`, `"key":`, `\"key\":` (JSON inside JSON) and `key=`. The lookbehind keeps long words from being read twice. */
const KEY = /(?<![\w.$\u0080-\uffff-])([\w.$\u0080-\uffff-]+)\\*["']?\s*(?::(?!\/\/)|=>?)[ \t]*/g;
/** `--password hunter2` and `"--password", "hunter2"`. */
const FLAG = /(?<![\w\u0080-\uffff-])--?([a-zA-Z\u0080-\uffff][\w.\u0080-\uffff-]*)(?:["']\s*,\s*|[ \t]+)(?!-)/g;
const KEY_ALONE = /^[\s#]*(?:- +)*(["']?)([\w.$/\u0080-\uffff-]+)\1\s*:(?=\s|$)[ \t]*/;
const NAME = /\b(?:name|key)\\*["']?\s*:\s*\\*["']?([\w.\u0080-\uffff-]+)/g;
const VALUE = /\b(?:value|default)\\*["']?\s*:[ \t]*/g;
const FLAG_ALONE = /^[\s#]*-\s*["']?--?([a-zA-Z\u0080-\uffff][\w.\u0080-\uffff-]*)["']?\s*$/;
/** A value that goes on below: nothing, a block indicator, an opening bracket; and then a comment. */
const OPENS_BLOCK = /^((?:[|>][-+0-9]{0,2}|[[{])?\s*)(?:#.*)?$/;
/** What holds no secret: nothing, a boolean, a reference to a variable. */
const HARMLESS = /^\\*["']?(?:true|false|null|~|\$\([\w.-]+\)|\$\{\w+\})?\\*["']?[\s,}\]]*$/i;
/** In JSON a harmless value may have others after it: `{"token": "", "password": "…"}`. */
const HARMLESS_MEMBER = /^(?:\\*"\\*"|true|false|null)[\s}\]]*,[\s{[]*\\*"[^"\\]+\\*"\s*:/;
/** Template actions and nothing else; what they quote could be a secret, except for the names of templates. */
const TEMPLATE_ACTIONS = /^\s*["']?(?:\{\{(?:[^"'`{}]|\b(?:include|template) "[\w./-]+")*\}\}\s*)+["']?\s*$/;
const ACTION = /\{\{[^{}]{0,1000}\}\}/g;
/** What a template takes in place of a value: `{{ .Values.password | default "x" }}`, `{{ or .Values.password "x" }}`. */
const STAND_IN = /\b(?:default|coalesce|or|ternary|eq|ne)\b[^|"`]*(?=["`])/;
const FIELD = /\.([A-Za-z_]\w*)(?![\w.])/g;
const PUNCTUATION = /^[\s{}[\],"'|>+-]*$/;

/** Whether a value under a key with a secret's name holds no secret: empty, a boolean, `$(DB_PASSWORD)`, `{{ … }}`. */
export function isHarmless(value: string): boolean {
  return HARMLESS.test(value) || TEMPLATE_ACTIONS.test(value);
}

/**
 * All ranges that may hold secrets of a text without structure: YAML that does not parse, templates, comments, and files
 * inside of values. Hides too much rather than too little. Offsets are into the text.
 */
export function secretsInText(text: string, isSecretName: IsSecretName): Range[] {
  return new TextRedaction(text, isSecretName).within(0, text.length);
}

interface Line extends Range {
  readonly text: string;
}

function* linesOf(text: string): Generator<Line> {
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    yield { text: match[0], start: match.index, end: match.index + match[0].length };
  }
}

/** The same as `secretsInText`, of a part of the text at a time. */
export class TextRedaction implements Redaction {
  readonly #text: string;
  readonly #isSecretName: IsSecretName;
  /** Sorted, one for a line at most. */
  readonly #secrets: Range[] = [];
  /** Lines that have no key with a secret's name; their values are looked at when they are to be shown. */
  readonly #others: Range[] = [];
  readonly #names = new Map<string, boolean>();

  constructor(text: string, isSecretName: IsSecretName) {
    this.#text = text;
    this.#isSecretName = isSecretName;
    if (WHOLLY_SECRET.test(text)) this.#hideAllValues();
    else this.#hideSecretValues();
  }

  within(from: number, to: number): Range[] {
    const secrets = [...touching(this.#secrets, from, to)];
    for (const { start, end } of touching(this.#others, from, to)) {
      const line = this.#text.slice(start, end);
      const changed = difference(line, redactLine(line));
      if (changed !== undefined) secrets.push({ start: start + changed.start, end: start + changed.end });
    }
    return secrets;
  }

  #hideAllValues(): void {
    for (const line of linesOf(this.#text)) {
      const key = KEY_ALONE.exec(line.text);
      const from = key === null ? indentOf(line.text) : key[0].length;
      const rest = line.text.slice(from);
      const isType = key?.[2] === 'apiVersion' || key?.[2] === 'kind';
      if (isType || PUNCTUATION.test(rest) || TEMPLATE_ACTIONS.test(rest)) continue;
      if (!/^\s*(?:---\s*$|# Source: )/.test(line.text)) this.#hide(line, from);
    }
  }

  #hideSecretValues(): void {
    const isSecretPair = this.#pairs();
    /** Lines indented deeper than this belong to a secret's value; so does a list at the same depth. */
    let hiddenBelow: number | undefined;
    let hidesList = false;
    let hidesNext = false;
    /** The quote that ends a value which was begun on a line above. */
    let openQuote: string | undefined;
    for (const line of linesOf(this.#text)) {
      const indent = indentOf(line.text);
      const rest = line.text.slice(indent);
      if (rest === '') continue;
      const isDeeper = hiddenBelow !== undefined && indent > hiddenBelow;
      const isInList = hidesList && indent === hiddenBelow && /^-\s/.test(rest);
      if (isDeeper || isInList || hidesNext || openQuote !== undefined) {
        hidesNext = hidesNext && line.text.endsWith('\\');
        if (openQuote !== undefined && rest.includes(openQuote)) openQuote = undefined;
        const from = indent + dashesOf(rest);
        if (!isHarmless(line.text.slice(from))) this.#hide(line, from);
        continue;
      }
      hiddenBelow = undefined;
      const flag = FLAG_ALONE.exec(line.text)?.[1];
      hidesNext = flag !== undefined && this.#looksSecret(flag);
      const from = this.#firstSecret(line, isSecretPair);
      if (from === undefined) {
        this.#others.push({ start: line.start, end: line.end });
        continue;
      }
      const value = line.text.slice(from);
      hiddenBelow = indent + dashesOf(rest);
      const opening = OPENS_BLOCK.exec(value)?.[1];
      hidesList = opening !== undefined;
      openQuote = quoteLeftOpen(value);
      hidesNext = line.text.endsWith('\\');
      this.#hide(line, from + (opening?.length ?? 0));
    }
  }

  #hide(line: Line, from: number): void {
    if (from < line.text.length) this.#secrets.push({ start: line.start + from, end: line.end });
  }

  /** Where the first secret value of a line begins, in the line. */
  #firstSecret(line: Line, isSecretPair: ((offset: number) => boolean) | undefined): number | undefined {
    let first: number | undefined;
    for (const match of /[:=]/.test(line.text) ? line.text.matchAll(KEY) : []) {
      const from = match.index + match[0].length;
      if (!this.#isSecretKey(line.text, match.index, match[1] ?? '')) continue;
      const rest = line.text.slice(from);
      if (rest !== '' && (isHarmless(rest) || HARMLESS_MEMBER.test(rest))) continue;
      first = from;
      break;
    }
    for (const match of line.text.includes('-') ? line.text.matchAll(FLAG) : []) {
      const from = match.index + match[0].length;
      if (first !== undefined && from >= first) break;
      if (this.#looksSecret(match[1] ?? '') && !isHarmless(line.text.slice(from))) first = from;
    }
    for (const { 0: action, index } of line.text.includes('{{') ? line.text.matchAll(ACTION) : []) {
      const standIn = STAND_IN.exec(action);
      if (standIn === null) continue;
      const from = index + standIn.index + standIn[0].length;
      if (first !== undefined && from >= first) break;
      if ([...action.matchAll(FIELD)].some(([, field = '']) => this.#looksSecret(field))) first = from;
    }
    for (const match of isSecretPair !== undefined ? line.text.matchAll(VALUE) : []) {
      const from = match.index + match[0].length;
      if (first !== undefined && from >= first) break;
      if (isSecretPair?.(line.start + match.index) === true && !isHarmless(line.text.slice(from))) return from;
    }
    return first;
  }

  #isSecretKey(text: string, offset: number, key: string): boolean {
    if (this.#looksSecret(key.replace(/^[-.$]+/, ''))) return true;
    // The `n` of an escaped line break, in JSON: "…\npassword=…".
    return text[offset - 1] === '\\' && /^[nrt]/.test(key) && this.#looksSecret(key.slice(1));
  }

  /** `name: DB_PASSWORD` beside `value: …`, in either order: a value goes with the nearest name on either side. */
  #pairs(): ((offset: number) => boolean) | undefined {
    const names = [...this.#text.matchAll(NAME)].map((match) => {
      return { offset: match.index, isSecret: this.#looksSecret(match[1] ?? '') };
    });
    if (!names.some(({ isSecret }) => isSecret)) return undefined;
    return (offset) => {
      let low = 0;
      let high = names.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((names[middle]?.offset ?? 0) < offset) low = middle + 1;
        else high = middle;
      }
      return names[low - 1]?.isSecret === true || names[low]?.isSecret === true;
    };
  }

  /** Large files say the same names over and over. */
  #looksSecret(name: string): boolean {
    let known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, (known = this.#isSecretName(name)));
    return known;
  }
}

/** What is between the beginning and the end that two texts share, in the first one. */
function difference(text: string, other: string): Range | undefined {
  if (text === other) return undefined;
  const shorter = Math.min(text.length, other.length);
  let start = 0;
  while (start < shorter && text[start] === other[start]) start++;
  let tail = 0;
  while (tail < shorter - start && text.at(-1 - tail) === other.at(-1 - tail)) tail++;
  return { start, end: text.length - tail };
}

function quoteLeftOpen(value: string): string | undefined {
  const quote = /^["']/.exec(value)?.[0];
  return quote !== undefined && !value.includes(quote, 1) ? quote : undefined;
}

/** Comment signs count as indentation, so that commented-out YAML reads like YAML. */
function indentOf(text: string): number {
  return /^[\s#]*/.exec(text)?.[0].length ?? 0;
}

/** The columns of the dashes that begin list items. */
function dashesOf(text: string): number {
  return /^(?:-\s+)*/.exec(text)?.[0].length ?? 0;
}
