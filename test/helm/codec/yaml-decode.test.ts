import { describe, expect, test } from 'vitest';
import { originsInText, toGoValue } from '../../../src/helm/codec/decoded-value.ts';
import { decodeYaml } from '../../../src/helm/codec/yaml-decode.ts';
import type { Node } from '../../../src/yaml/node.ts';
import { YamlError } from '../../../src/helm/codec/yaml-error.ts';
import { GoMap } from '../../../src/helm/value/value.ts';
import { joined } from '../functions/run-function.ts';

function plain(node: Node | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
}

function errorOf(text: string): YamlError | undefined {
  try {
    decodeYaml(text);
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
  return undefined;
}

// Values and messages as sigs.k8s.io/yaml 1.6.0 gives them.
test.each<[string, unknown]>([
  ['', null],
  ['# c\n', null],
  ['a: 1\nb: [x, {z: y}]\n', { a: 1, b: ['x', { z: true }] }],
  ['a:\n- 1\n-\n- - 2\n', { a: [1, null, [2]] }],
  ['a: y\nb: off\nc: TRUE\nd: Null\ne: ~\nf:', { a: true, b: false, c: true, d: null, e: null, f: null }],
  ['y: 1\n0x10: 2\n1.50: 3\n1e3: 4\n2001-01-01: 5', { true: 1, 16: 2, 1.5: 3, 1000: 4, '2001-01-01': 5 }],
  ['[0777, 0o17, 09, 0b11, 1_000, +5, .5, 1., 1e3]', [511, 15, 9, 3, 1000, 5, 0.5, 1, 1000]],
  ['[12:30:45, 99999999999999999999, 1e400]', ['12:30:45', 1e20, '1e400']],
  ['a: 1\na: 2\n', { a: 2 }],
  ['x: &a {k: 1, l: 2}\nz: {k: 0, <<: *a, m: 3}', { x: { k: 1, l: 2 }, z: { k: 1, l: 2, m: 3 } }],
  ['x: &a {k: 1, l: 2}\nz: {<<: *a, k: 9}', { x: { k: 1, l: 2 }, z: { k: 9, l: 2 } }],
  ['l: {<<: [{k: 1}, {k: 2, m: 3}]}', { l: { k: 1, m: 3 } }],
  ['a: |\n  x\n   y\n\nb: >-\n  f\n  g\n\n  h\nc: |+\n  z\n\n', { a: 'x\n y\n', b: 'f g\nh', c: 'z\n\n' }],
  ['a: |\n  x', { a: 'x' }],
  ["a: \"x\\u00e9\\t\\\n  y\"\nb: 'it''s\n\n  z'\nc: p\n  q", { a: 'xé\ty', b: "it's\nz", c: 'p q' }],
  ['[!foo bar, !!str 5, !!int "7", !!float 3, !!binary aGk=, ! 1]', ['bar', '5', 7, 3, 'hi', '1']],
  ['a: 1\n---\nb: 2', { a: 1 }],
  ['{a: 1}\n...\n]', { a: 1 }],
  ['\ufeffa: 1', { a: 1 }],
  ['{}: x', {}],
])('reads %j', (text, expected) => {
  expect(plain(decodeYaml(text))).toEqual(expected);
});

test.each<[string, string]>([
  ['? [x]\n: 1', 'yaml: invalid map key: []interface {}{"x"}'],
  ['a: {{ x }}', 'yaml: invalid map key: map[interface {}]interface {}{"x":interface {}(nil)}'],
  ['~: 1', 'unsupported map key of type: %!s(<nil>), key: <nil>, value: 1'],
  ['18446744073709551615: x', 'unsupported map key of type: uint64, key: 0xffffffffffffffff, value: "x"'],
  ['a:\n\tb: 1', 'yaml: line 2: found character that cannot start any token'],
  ['a: b: c', 'yaml: mapping values are not allowed in this context'],
  ['a: 1\n b: 2', 'yaml: line 2: mapping values are not allowed in this context'],
  ['a: 1\nb', "yaml: line 3: could not find expected ':'"],
  ['a:\n  - b\n c: 1', 'yaml: line 2: did not find expected key'],
  ['- a\nb: 1', "yaml: line 1: did not find expected '-' indicator"],
  ['[a, b', "yaml: line 1: did not find expected ',' or ']'"],
  ['[a}', "yaml: did not find expected ',' or ']'"],
  ['{a: 1', "yaml: line 1: did not find expected ',' or '}'"],
  ['a: - b', 'yaml: block sequence entries are not allowed in this context'],
  ['a: *x', "yaml: unknown anchor 'x' referenced"],
  ['a: &a [*a]', "yaml: anchor 'a' value contains itself"],
  ['a: "x', 'yaml: found unexpected end of stream'],
  ["a: 'x\n---\n", 'yaml: line 2: found unexpected document indicator'],
  ['a: "\\q"', 'yaml: found unknown escape character'],
  ['a: "\\ud800"', 'yaml: found invalid Unicode character escape code'],
  ['a: @b', 'yaml: found character that cannot start any token'],
  ['a: .inf', 'json: unsupported value: +Inf'],
  ['a: !!int x', 'yaml: cannot decode !!str `x` as a !!int'],
  ['a: !!binary "*"', 'yaml: !!binary value contains invalid base64 data'],
  ['a: |0\n', 'yaml: found an indentation indicator equal to 0'],
  ['a: |\n\t x', 'yaml: line 2: found a tab character where an indentation space is expected'],
  ['<<: 1', 'yaml: map merge requires map or sequence of maps as the value'],
  ['%YAML 1.2\n---\n', 'yaml: found incompatible YAML document'],
  ['!x!y z', 'yaml: found undefined tag handle'],
  ['\x07', 'yaml: control characters are not allowed'],
  ['a: \udcff', 'yaml: invalid leading UTF-8 octet'],
])('refuses %j', (text, message) => {
  expect(errorOf(text)?.message).toBe(message);
});

test('a syntax error comes before what only the whole document shows', () => {
  expect(errorOf('~: 1\na: .inf\n[')?.message).toBe("yaml: line 4: could not find expected ':'");
});

test('a key that was replaced is not looked at', () => {
  expect(plain(decodeYaml('a: .inf\na: 1'))).toEqual({ a: 1 });
});

test('aliases cannot make a small text large', () => {
  const levels = Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`);
  const text = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${levels.join('\n')}\n`;
  expect(errorOf(text)?.message).toBe('yaml: document contains excessive aliasing');
});

test('nesting has an end', () => {
  expect(() => decodeYaml('['.repeat(100_000))).toThrow('a YAML text is nested deeper than 500 levels');
});

test('offsets point at keys and values', () => {
  const text = 'a:\n  "b": [x, 1.5]\n';
  const root = decodeYaml(text);
  const outer = root?.kind === 'mapping' ? root.entries[0] : undefined;
  const inner = outer?.value.kind === 'mapping' ? outer.value.entries[0] : undefined;
  const items = inner?.value.kind === 'sequence' ? inner.value.items : [];
  const slices = [outer, inner, inner?.value, ...items].map((part) => text.slice(part?.start, part?.end));
  expect(slices).toEqual(['a', '"b"', '[x, 1.5]', 'x', '1.5']);
});

test('integers keep all their digits beside the float64', () => {
  const node = decodeYaml('9007199254740993');
  expect(node).toMatchObject({ value: 9007199254740992, integer: 9007199254740993n });
});

describe('origins', () => {
  test('each entry has the keys of its own stretch of the text', () => {
    const text = joined(['a: '], ['one', 'x'], ['\nb:\n  c: '], ['2', 'y'], ['\n  d: 3\n']);
    const root = decodeYaml(text.value);
    const map = root === undefined ? undefined : toGoValue(root, originsInText(text));
    if (!(map instanceof GoMap)) throw new Error('no map');
    const inner = map.get('b');
    const keysOf = (from: GoMap, key: string): unknown => from.originOf(key)?.taint.keys.map(({ name }) => name);
    expect([keysOf(map, 'a'), keysOf(map, 'b')]).toEqual([['x'], []]);
    if (!(inner instanceof GoMap)) throw new Error('no map');
    expect([keysOf(inner, 'c'), keysOf(inner, 'd')]).toEqual([['y'], []]);
  });
});
