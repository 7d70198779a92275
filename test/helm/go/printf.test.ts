import { expect, test } from 'vitest';
import { sprintf } from '../../../src/helm/go/printf.ts';
import { Bytes, GoList, GoMap, type GoObject, Int } from '../../../src/helm/value/value.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { fromKey, joined, traceOf, valueOf } from '../functions/run-function.ts';

const int = (value: number): Int => new Int('int', value);
const version: GoObject = {
  typeName: '*semver.Version',
  kind: 'ptr',
  fields: new Map(),
  allFields: new Map([['major', new Int('uint64', 1)]]),
  methods: new Map(),
  toText: () => '1.0.0',
};

const format = (text: string, operands: readonly unknown[]): string =>
  sprintf(
    new Tracked(text),
    operands.map((operand) => new Tracked(operand === version ? version : valueOf(operand))),
  ).value;

// As `printf` of helm 4.1.4 prints them.
test.each<[string, unknown[], string]>([
  ['%d|%s|%d|%s', [5, int(5), 'x', true], '%!d(float64=5)|%!s(int=5)|%!d(string=x)|%!s(bool=true)'],
  ['%v %v', [int(1)], '1 %!v(MISSING)'],
  ['%v', [int(1), int(2), 'a'], '1%!(EXTRA int=2, string=a)'],
  ['%z|%%|%', [int(1)], '%!z(int=1)|%|%!(NOVERB)'],
  ['%!', [], '%!!(MISSING)'],
  ['%[2]v %[1]v', ['a', 'b'], 'b a'],
  ['%[3]v', ['a', 'b'], '%!v(BADINDEX)'],
  ['%*d|%-*d|%.*f', [int(5), int(42), int(4), int(7), int(2), Math.PI], '   42|7   |3.14'],
  [
    '%5d|%-5d|%05d|%+d|%x|%X|%o|%b|%c|%U',
    [42, 42, 42, 42, 255, 255, 8, 5, 65, 65].map(int),
    '   42|42   |00042|+42|ff|FF|10|101|A|U+0041',
  ],
  [
    '%e|%g|%G|%08.3f|%6.2f|%.0f|%.0f',
    [1.5, 1e21, 1e-7, Math.PI, 2.5, 2.5, 3.5],
    '1.500000e+00|1e+21|1E-07|0003.142|  2.50|2|4',
  ],
  ['%q|%#q|%+q|%x|% x|%#x', ['a"b', 'abc', 'é', 'hi', 'hi', 'hi'], '"a\\"b"|`abc`|"\\u00e9"|6869|68 69|0x6869'],
  ['%.2s|%6s|%-6s|%06s', ['héllo', 'é', 'é', 'a'], 'hé|     é|é     |00000a'],
  ['%t|%t|%T|%T|%v|%s', [true, 'x', 1.5, null, null, null], 'true|%!t(string=x)|float64|<nil>|<nil>|%!s(<nil>)'],
  [
    '%s|%d',
    [[int(1), 'a', null, 2.5], { b: 'x' }],
    '[%!s(int=1) a <nil> %!s(float64=2.5)]|map[%!d(string=b):%!d(string=x)]',
  ],
  [
    '%#v',
    [{ a: null, b: [1.5, 'x', 1e6] }],
    'map[string]interface {}{"a":interface {}(nil), "b":[]interface {}{1.5, "x", 1e+06}}',
  ],
  ['%v|%s|%d', [version, version, version], '1.0.0|1.0.0|&{1}'],
  [
    '%v|%s|%x',
    [new Bytes(Buffer.from('k:')), new Bytes(Buffer.from('k:')), new Bytes(Buffer.from('k:'))],
    '[107 58]|k:|6b3a',
  ],
  ['%w', [[int(1)]], '%!w([]interface {}=[1])'],
  ['%5v|%-5v|', [true, 1.5], ' true|1.5  |'],
])('formats %j', (text, operands, expected) => {
  expect(format(text, operands)).toBe(expected);
});

test('literal text keeps the keys of the format, operands their own', () => {
  const traced = sprintf(joined(['a-', 'f'], ['%s-%v-%d', 'f']), [
    joined(['x', 'x'], ['y', 'y']),
    new Tracked(1.5, fromKey('', 'n').origin),
    new Tracked(int(3), fromKey('', 'i').origin),
  ]);
  expect(traceOf(traced)).toEqual(['a-<f>', 'x<x f>', 'y<y f>', '-<f>', '1.5<n f>', '-<f>', '3<i f>']);
});

test('a map names the key of each entry', () => {
  const map = new GoMap();
  map.set('a', 1, fromKey('', 'a').origin);
  map.set('b', new GoList(['x'], undefined, [fromKey('', 'b0').origin]), fromKey('', 'b').origin);
  expect(traceOf(sprintf(new Tracked('%v'), [new Tracked(map)]))).toEqual([
    'map[<>',
    'a:1<a>',
    ' b:[<b>',
    'x<b0>',
    ']<b>',
    ']<>',
  ]);
});

test('an address is another in each run', () => {
  expect(traceOf(sprintf(new Tracked('%p'), [new Tracked(new GoMap())]))).toEqual(['0xc000000000<random>']);
});
