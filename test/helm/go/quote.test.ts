import { expect, test } from 'vitest';
import { isPrintable } from '../../../src/helm/go/printable.ts';
import { canBackquote, quoteGo, quoteTracked } from '../../../src/helm/go/quote.ts';
import { joined, traceOf } from '../functions/run-function.ts';

test.each<[string, string]>([
  ['', '""'],
  ['\x07\b\f\n\r\t\v\\"\'', String.raw`"\a\b\f\n\r\t\v\\\"'"`],
  ['\x01\x7f\u00a0\u200b\ufeff', String.raw`"\x01\x7f\u00a0\u200b\ufeff"`],
  ['é😀\u{10ffff}', String.raw`"é😀\U0010ffff"`],
  ['\udcff\udc80', String.raw`"\xff\x80"`],
  ['a\u0378b', String.raw`"a\u0378b"`],
])('quotes %j', (text, expected) => {
  expect(quoteGo(text)).toBe(expected);
});

test('quotes in ASCII and in single quotes', () => {
  expect(quoteGo('é😀', '"', true)).toBe(String.raw`"\u00e9\U0001f600"`);
  expect(quoteGo("'", "'")).toBe(String.raw`'\''`);
});

test('knows what Unicode 15 holds, and no more', () => {
  const codes = [0x20, 0x7e, 0x7f, 0xa0, 0xa1, 0xad, 0x1fae8, 0x1fadc, 0x2fffc, 0xe0100, 0x10ffff];
  expect(codes.map(isPrintable)).toEqual([true, true, false, false, true, false, true, false, false, true, false]);
});

test('a backquoted string holds neither backquotes nor line breaks', () => {
  expect(['a\\"', 'a\tb', '😀', 'a`', 'a\n', '\udcff', '\ufeff'].map(canBackquote)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('each character keeps its keys, and an empty text too', () => {
  expect(traceOf(quoteTracked(joined(['a\n', 'x'], ['b', 'y'])))).toEqual(['"<>', 'a\\n<x>', 'b<y>', '"<>']);
  expect(traceOf(quoteTracked(joined(['', 'x'])))).toEqual(['"<>', '<x>', '"<>']);
});
