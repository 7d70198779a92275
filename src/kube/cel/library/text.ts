import { Duration } from '@marcbachmann/cel-js/evaluator';
import { invalidArgument, noSuchOverload } from '../fault.ts';
import { Cidr, Ip, isList, Quantity, Semver, Url } from '../values.ts';
import { formatText } from './format-text.ts';
import type { Library } from './library.ts';
import { indexInList, lastIndexInList } from './lists.ts';
import { printValue } from './print-value.ts';

/** The characters of a text; CEL counts code points. */
function characters(value: unknown, name: string): string[] {
  if (typeof value !== 'string') throw noSuchOverload(name);
  return [...value];
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw noSuchOverload(name);
  return value;
}

function index(value: unknown, most: number, name: string): number {
  if (typeof value !== 'bigint') throw noSuchOverload(name);
  if (value < 0n || value > BigInt(most)) throw invalidArgument(`${name}: index out of range`);
  return Number(value);
}

function indexOf(receiver: unknown, part: unknown, from: unknown = 0n): bigint {
  if (isList(receiver)) return indexInList(receiver, part);
  const all = characters(receiver, 'indexOf');
  const sought = characters(part, 'indexOf');
  const start = index(from, all.length, 'indexOf');
  for (let at = start; at + sought.length <= all.length; at++) {
    if (sought.every((character, offset) => all[at + offset] === character)) return BigInt(at);
  }
  return -1n;
}

function lastIndexOf(receiver: unknown, part: unknown, from?: unknown): bigint {
  if (isList(receiver)) return lastIndexInList(receiver, part);
  const all = characters(receiver, 'lastIndexOf');
  const sought = characters(part, 'lastIndexOf');
  const last = from === undefined ? all.length : index(from, all.length, 'lastIndexOf');
  for (let at = Math.min(last, all.length - sought.length); at >= 0; at--) {
    if (sought.every((character, offset) => all[at + offset] === character)) return BigInt(at);
  }
  return -1n;
}

function replace(receiver: unknown, from: unknown, to: unknown, most: unknown = -1n): string {
  if (typeof most !== 'bigint') throw noSuchOverload('replace');
  const [subject, sought, instead] = [text(receiver, 'replace'), text(from, 'replace'), text(to, 'replace')];
  if (most < 0n && sought !== '') return subject.split(sought).join(instead);
  let left = most < 0n ? Infinity : Number(most);
  const parts = sought === '' ? ['', ...subject, ''] : subject.split(sought);
  return parts.reduce((done, part, at) => (at === 0 ? part : done + (left-- > 0 ? instead : sought) + part), '');
}

function split(receiver: unknown, separator: unknown, most: unknown = -1n): string[] {
  if (typeof most !== 'bigint') throw noSuchOverload('split');
  const [subject, by] = [text(receiver, 'split'), text(separator, 'split')];
  if (most === 0n) return [];
  const parts = by === '' ? [...subject] : subject.split(by);
  if (most < 0n || BigInt(parts.length) <= most) return parts;
  const kept = Number(most) - 1;
  return [...parts.slice(0, kept), parts.slice(kept).join(by)];
}

function substring(receiver: unknown, start: unknown, end: unknown): string {
  const all = characters(receiver, 'substring');
  const to = end === undefined ? all.length : index(end, all.length, 'substring');
  return all.slice(index(start, to, 'substring'), to).join('');
}

function join(receiver: unknown, separator: unknown = ''): string {
  if (!isList(receiver)) throw noSuchOverload('join');
  return receiver.map((item) => text(item, 'join')).join(text(separator, 'join'));
}

const changeCase = (from: RegExp, change: (letter: string) => string) => (receiver: unknown) =>
  text(receiver, 'lowerAscii').replace(from, change);

/** White space as Go has it. */
const BLANK = String.raw`[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+`;
const ENDS = new RegExp(`^${BLANK}|${BLANK}$`, 'g');

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/** Text. Kubernetes has version 2 of cel-go's library. */
export const texts: Library = {
  functions: { 'string/1': printKnown },
  namespaced: {
    // oxlint-disable-next-line no-control-regex -- these are what is quoted
    'strings.quote/1': (value) =>
      `"${text(value, 'strings.quote').replace(/[\x07\b\f\n\r\t\v\\"]/g, (c) => ESCAPES[c] ?? c)}"`,
  },
  methods: {
    'charAt/1': (receiver, at) =>
      characters(receiver, 'charAt')[index(at, characters(receiver, 'charAt').length, 'charAt')] ?? '',
    'contains/1': (receiver, part) => text(receiver, 'contains').includes(text(part, 'contains')),
    'startsWith/1': (receiver, part) => text(receiver, 'startsWith').startsWith(text(part, 'startsWith')),
    'endsWith/1': (receiver, part) => text(receiver, 'endsWith').endsWith(text(part, 'endsWith')),
    'format/1': (receiver, args) => formatText(text(receiver, 'format'), args),
    'indexOf/1': (receiver, part) => indexOf(receiver, part),
    'indexOf/2': (receiver, part, from) => indexOf(receiver, part, from),
    'lastIndexOf/1': (receiver, part) => lastIndexOf(receiver, part),
    'lastIndexOf/2': (receiver, part, from) => lastIndexOf(receiver, part, from),
    'join/0': (receiver) => join(receiver),
    'join/1': (receiver, separator) => join(receiver, separator),
    'lowerAscii/0': changeCase(/[A-Z]+/g, (letters) => letters.toLowerCase()),
    'upperAscii/0': changeCase(/[a-z]+/g, (letters) => letters.toUpperCase()),
    'replace/2': (receiver, from, to) => replace(receiver, from, to),
    'replace/3': (receiver, from, to, most) => replace(receiver, from, to, most),
    'split/1': (receiver, separator) => split(receiver, separator),
    'split/2': (receiver, separator, most) => split(receiver, separator, most),
    'substring/1': (receiver, start) => substring(receiver, start, undefined),
    'substring/2': (receiver, start, end) => substring(receiver, start, end),
    'trim/0': (receiver) => text(receiver, 'trim').replace(ENDS, ''),
  },
};

/** `string(value)`. */
function printKnown(value: unknown): string {
  const isPrintable =
    ['string', 'bigint', 'number', 'boolean'].includes(typeof value) ||
    [Duration, Date, Ip, Cidr, Uint8Array].some((type) => value instanceof type);
  if (!isPrintable || [Quantity, Semver, Url].some((type) => value instanceof type)) throw noSuchOverload('string');
  return printValue(value);
}
