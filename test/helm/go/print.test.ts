import { expect, test } from 'vitest';
import { goTypeName, printAll, printLine, printTracked, printValue } from '../../../src/helm/go/print.ts';
import { Bytes, GoList, GoMap, type GoObject, Int } from '../../../src/helm/value/value.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { expectedFirst } from '../expected-first.ts';
import { fromKey, traceOf, valueOf } from '../functions/run-function.ts';

const kubeVersion: GoObject = {
  typeName: 'common.KubeVersion',
  kind: 'struct',
  fields: new Map([['Version', 'v1.35.0']]),
  allFields: new Map([
    ['Version', 'v1.35.0'],
    ['normalizedVersion', 'v1.35.0'],
  ]),
  methods: new Map(),
  toText: () => 'v1.35.0',
  isTextOfPointer: true,
};

test.each(
  expectedFirst<[unknown], string>([
    ['a', 'a'],
    [null, '<nil>'],
    [1e6, '1e+06'],
    [new Int('int64', 2n ** 63n - 1n), '9223372036854775807'],
    [[1, 'a', null, []], '[1 a <nil> []]'],
    [{ b: 1, a: { c: null } }, 'map[a:map[c:<nil>] b:1]'],
    [new Bytes(Buffer.from('k:')), '[107 58]'],
    [kubeVersion, '{v1.35.0 v1.35.0}'],
  ]),
)('prints %j', (expected, value) => {
  expect(printValue(value === kubeVersion ? kubeVersion : valueOf(value))).toBe(expected);
});

test('an action prints nothing as <no value>, and a struct by the text of its pointer', () => {
  expect(printTracked(new Tracked(undefined)).value).toBe('<no value>');
  expect(printTracked(new Tracked(null)).value).toBe('<no value>');
  expect(printTracked(new Tracked(kubeVersion)).value).toBe('v1.35.0');
});

test('print puts a space between two that are no strings', () => {
  const values = ['a', 1, 2, 'b', null, null].map((value) => new Tracked(value));
  expect(printAll(values).value).toBe('a1 2b<nil> <nil>');
  expect(printLine(values).value).toBe('a 1 2 b <nil> <nil>\n');
});

test('an action that prints a list names the key of each item', () => {
  const items = [fromKey('x', 'a'), fromKey('y', 'b')];
  const list = new GoList(
    items.map(({ value }) => value),
    undefined,
    items.map(({ origin }) => origin),
  );
  expect(traceOf(printTracked(new Tracked(list, fromKey('', 'l').origin)))).toEqual(['[<l>', 'x<a>', ' y<b>', ']<l>']);
});

test('types have their Go names', () => {
  const values = [null, 1, new Int('uint8', 1), 'a', true, new GoMap('common.Values'), new GoList([], '[]string')];
  const names = [...values, new Bytes(new Uint8Array()), kubeVersion].map(goTypeName);
  expect(names.join(' ')).toBe('<nil> float64 uint8 string bool common.Values []string []uint8 common.KubeVersion');
});

test('what holds itself has an end', () => {
  const map = new GoMap();
  map.set('a', map);
  expect(() => printValue(map)).toThrow('the value contains itself');
});
