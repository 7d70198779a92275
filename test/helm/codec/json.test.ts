import { expect, test } from 'vitest';
import { CodecError } from '../../../src/helm/codec/codec-error.ts';
import { decodeJson } from '../../../src/helm/codec/json-decode.ts';
import { encodeJson } from '../../../src/helm/codec/json-encode.ts';
import type { Node } from '../../../src/yaml/node.ts';
import { Bytes, GoList, GoMap, Int } from '../../../src/helm/value/value.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { expectedFirst } from '../expected-first.ts';
import { fromKey, joined, traceOf, valueOf } from '../functions/run-function.ts';

const encode = (value: unknown, isHtmlSafe = true): string =>
  encodeJson(new Tracked(valueOf(value)), { isHtmlSafe }).value;

test.each(
  expectedFirst<[unknown], string>([
    [
      { b: 1, a: [1.5, true, null, "x<>&'\u2028"], B: 'é', a10: 1, a9: 2 },
      '{"B":"é","a":[1.5,true,null,"x\\u003c\\u003e\\u0026\'\\u2028"],"a10":1,"a9":2,"b":1}',
    ],
    [[1e21, 1e20, 0.000001, 0.0000001, -0, 1.5e-9], '[1e+21,100000000000000000000,0.000001,1e-7,-0,1.5e-9]'],
    ['a"b\\c\td\x01\x7f/\b\f', '"a\\"b\\\\c\\td\\u0001\x7f/\\b\\f"'],
    [
      [new Int('int64', -(2n ** 63n)), new Bytes(Buffer.from('k:')), '\udcff'],
      '[-9223372036854775808,"azo=","\\ufffd"]',
    ],
    [new GoMap(undefined, true), 'null'],
    [new GoList([], undefined, undefined, true), 'null'],
  ]),
)('writes %j', (expected, value) => {
  expect(encode(value)).toBe(expected);
});

test('leaves HTML alone when asked to', () => {
  expect(encode('<a>&"', false)).toBe('"<a>&\\""');
});

test('writes prettily', () => {
  const value = new Tracked(valueOf([[], {}, { a: [1] }]));
  const expected = '[\n  [],\n  {},\n  {\n    "a": [\n      1\n    ]\n  }\n]';
  expect(encodeJson(value, { isHtmlSafe: true, isPretty: true }).value).toBe(expected);
});

test('refuses NaN', () => {
  expect(() => encode(NaN)).toThrow('json: unsupported value: NaN');
});

test('each entry has its own keys', () => {
  const map = new GoMap();
  const text = joined(['<', 'x'], ['y', 'y']);
  map.set('a', text.value, text.origin);
  map.set('b', 1, fromKey('', 'b').origin);
  const traced = traceOf(encodeJson(new Tracked(map), { isHtmlSafe: true }));
  expect(traced).toEqual(['{<>', '"a":"<x y>', '\\u003c<x>', 'y<y>', '",<x y>', '"b":1<b>', '}<>']);
});

function plain(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
}

test.each<[string, unknown]>([
  [' {"a": [1, -2.5e3, true, null, "x"], "a": {}} ', { a: {} }],
  ['"\\u00e9\\ud83d\\ude00\\ud83dx\\/\\n"', 'é😀\ufffdx/\n'],
  ['"\udcff"', '\ufffd'],
])('reads %j', (text, expected) => {
  expect(plain(decodeJson(text).root)).toEqual(expected);
});

// The messages of encoding/json.
test.each<[string, string]>([
  ['', 'unexpected end of JSON input'],
  ['[1', 'unexpected end of JSON input'],
  ['"a', 'unexpected end of JSON input'],
  ['x', "invalid character 'x' looking for beginning of value"],
  ['é', "invalid character 'Ã' looking for beginning of value"],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"', "invalid character '\"' after object key:value pair"],
  ['[1 2]', "invalid character '2' after array element"],
  ['01', "invalid character '1' after top-level value"],
  ['-', "invalid character ' ' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['1e+', "invalid character ' ' in exponent of numeric literal"],
  ['tru', "invalid character ' ' in literal true (expecting 'e')"],
  ['"\n"', "invalid character '\\n' in string literal"],
  ['"\\q"', "invalid character 'q' in string escape code"],
  ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
  ["'", "invalid character '\\'' looking for beginning of value"],
])('refuses %j', (text, message) => {
  expect(() => decodeJson(text)).toThrow(new CodecError(message));
});

test('a number that is no float64 is null, and said to be', () => {
  const { root, problem } = decodeJson('{"a": 1e400, "b": 2}');
  expect(plain(root)).toEqual({ a: null, b: 2 });
  expect(problem).toBe('json: cannot unmarshal number 1e400 into Go value of type float64');
});
