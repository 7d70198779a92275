import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toGoValue } from '../../../src/helm/codec/decoded-value.ts';
import { emitYaml } from '../../../src/helm/codec/yaml-emit.ts';
import { emitPrettyYaml } from '../../../src/helm/codec/yaml-pretty.ts';
import { decodeYaml } from '../../../src/helm/codec/yaml-decode.ts';
import { CodecError } from '../../../src/helm/codec/codec-error.ts';
import { Bytes, GoList, GoMap, Int } from '../../../src/helm/value/value.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { expectedFirst } from '../expected-first.ts';
import { fromKey, joined, traceOf, valueOf } from '../functions/run-function.ts';

const emit = (value: unknown): string => emitYaml(new Tracked(valueOf(value))).value;
const emitPretty = (value: unknown): string => emitPrettyYaml(new Tracked(valueOf(value))).value;

const WORD = 'a'.repeat(40);

// As `toYaml` of helm 4.1.4 prints them.
test.each(
  expectedFirst<[unknown], string>([
    [null, 'null\n'],
    ['a', 'a\n'],
    ['a\nb', '|-\n  a\n  b\n'],
    ['a\nb\n\n', '|+\n  a\n  b\n\n'],
    [' a\nb\n', '|2\n   a\n  b\n'],
    ['a \nb', '"a \\nb"\n'],
    ['\n', '|2+\n\n'],
    [[], '[]\n'],
    [{}, '{}\n'],
    [
      { a: [1, { b: [2, 3] }, [4, 5]], c: { d: [] }, e: null },
      'a:\n- 1\n- b:\n  - 2\n  - 3\n- - 4\n  - 5\nc:\n  d: []\ne: null\n',
    ],
    [[[1, 2], [], {}, [{ a: 1, b: 2 }]], '- - 1\n  - 2\n- []\n- {}\n- - a: 1\n    b: 2\n'],
    [{ k: ['a\nb\n', 'c'] }, 'k:\n- |\n  a\n  b\n- c\n'],
    [{ 'a\nb': 1, c: { ['x'.repeat(129)]: [2] } }, `? |-\n  a\n  b\n: 1\nc:\n  ? ${'x'.repeat(129)}\n  : - 2\n`],
    [
      { a10: 1, a9: 2, 'a-b': 3, ab: 4, B: 5, '10': 6, '9': 7, é: 8 },
      '"9": 7\n"10": 6\nB: 5\na-b: 3\na9: 2\na10: 1\nab: 4\né: 8\n',
    ],
    [{ '1': 2, '01': 1, '001': 3, '1a': 1, a01: 1, a1: 2 }, '"1": 2\n1a: 1\n"01": 1\n"001": 3\na1: 2\na01: 1\n'],
    [
      [1e6, 3, 12345678.9, 1e20, 0.1, 1e-7, -0, 9007199254740992],
      '- 1000000\n- 3\n- 1.23456789e+07\n- 1e+20\n- 0.1\n- 1e-07\n- 0\n- 9007199254740992\n',
    ],
    [new Int('int64', 9223372036854775807n), '9223372036854775807\n'],
    [
      ['yes', 'null', '', '0x10', '1_0', '.5', '2001-01-01', '1:2', '+1'],
      '- "yes"\n- "null"\n- ""\n- "0x10"\n- "1_0"\n- ".5"\n- "2001-01-01"\n- "1:2"\n- "+1"\n',
    ],
    [
      ['<<', '=', '0x', '1e', '--', '-a', 'a:b', 'a#b', "it's", '100%', 'a,b'],
      "- <<\n- =\n- 0x\n- 1e\n- --\n- -a\n- a:b\n- a#b\n- it's\n- 100%\n- a,b\n",
    ],
    [
      ['# a', '- b', 'c: d', 'e #f', ' g', '@h', "'i", '---'],
      "- '# a'\n- '- b'\n- 'c: d'\n- 'e #f'\n- ' g'\n- '@h'\n- '''i'\n- '---'\n",
    ],
    [['\t', '😀', '\x1b', '\ufeffx', '\u2028'], '- "\\t"\n- "\\U0001F600"\n- "\\e"\n- "\\uFEFF\\x78"\n- \'\u2028\'\n'],
    [{ k: `${WORD} ${WORD} ${WORD} ${WORD}` }, `k: ${WORD} ${WORD}\n  ${WORD} ${WORD}\n`],
    [{ k: `: ${WORD}  ${WORD} ${WORD} b` }, `k: ': ${WORD}  ${WORD}\n  ${WORD} b'\n`],
    [new Bytes(Buffer.from('k:')), 'azo=\n'],
    ['\udcff', '\ufffd\n'],
    ['a \x85 b', 'a b\n'],
  ]),
)('writes %j', (expected, value) => {
  expect(emit(value)).toBe(expected);
});

test.each([NaN, 'a\x7f', { 'a\u0080': 1 }])('refuses %j', (value) => {
  expect(() => emit(value)).toThrow(CodecError);
});

test('what holds itself is an error', () => {
  const map = new GoMap();
  map.set('self', map);
  expect(() => emitYaml(new Tracked(map))).toThrow('encountered a cycle via map[string]interface {}');
});

// As `toYamlPretty` of helm 4.1.4 prints them.
test.each(
  expectedFirst<[unknown], string>([
    [{ a: [1, { b: [2, 3] }], c: { d: [] } }, 'a:\n  - 1\n  - b:\n      - 2\n      - 3\nc:\n  d: []\n'],
    [[1e6, NaN, 'y', 'a\tb\nc', 'a\tb'], '- 1e+06\n- .nan\n- "y"\n- |-\n  a\tb\n  c\n- "a\\tb"\n'],
    [{ k: `${WORD} ${WORD} ${WORD}` }, `k: ${WORD} ${WORD} ${WORD}\n`],
    [new Bytes(Buffer.from('k:')), '- 107\n- 58\n'],
    [{ '1a': 1, '10': 2, '1-': 3 }, '1a: 1\n1-: 3\n"10": 2\n'],
  ]),
)('writes %j prettily', (expected, value) => {
  expect(emitPretty(value)).toBe(expected);
});

test('each line has the keys of its entry only', () => {
  const map = new GoMap();
  const inner = new GoMap();
  inner.set('cpu', '1', fromKey('', 'cpu').origin);
  inner.set('gpu', 2);
  map.set('limits', inner, fromKey('', 'limits').origin);
  const items = [fromKey('a', 'args0'), fromKey('b', 'args1')];
  const list = new GoList(
    items.map(({ value }) => value),
    undefined,
    items.map(({ origin }) => origin),
  );
  map.set('args', list, fromKey('', 'args').origin);
  expect(traceOf(emitYaml(new Tracked(map)))).toEqual([
    'args:\n<args>',
    '- a\n<args0>',
    '- b\n<args1>',
    'limits:\n<limits>',
    '  cpu: "1"\n<cpu>',
    '  gpu: 2\n<limits>',
  ]);
});

test('a string keeps the keys of its parts', () => {
  const name = joined(['a\n', 'x'], ['b', 'y']);
  const list = new GoList([name.value], undefined, [name.origin]);
  expect(traceOf(emitYaml(new Tracked(list)))).toEqual(['- |-\n<x>', '  <>', 'a\n<x>', '  <>', 'b\n<y>']);
});

test('what was written is read as it was', () => {
  const none = { ofEntry: () => undefined, ofItem: () => undefined };
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      const text = emit(value);
      if (/[\x7f-\x9f\ufffe\uffff\ud800-\udfff]/.test(JSON.stringify(value))) return;
      const root = decodeYaml(text);
      const read = root === undefined ? null : toGoValue(root, none);
      expect(emitYaml(new Tracked(read)).value).toBe(text);
    }),
    { numRuns: 200, seed: 1 },
  );
});
