import { expect, it } from 'vitest';
import { tomlFunctions } from '../../../src/helm/functions/toml.ts';
import { printValue } from '../../../src/helm/go/print.ts';
import { Int } from '../../../src/helm/value/value.ts';
import { result, run } from './run-function.ts';

const int = (value: number): Int => new Int('int', value);

// Every expectation was printed by Helm 4.1.4.
it.each([
  [
    {
      a: int(1),
      b: 'x',
      c: { d: true, e: [int(1), int(2)] },
      l: [{ x: int(1) }, { y: int(2) }],
      f: 1.5,
      g: 1,
      n: null,
    },
    'a = 1\nb = "x"\nf = 1.5\ng = 1.0\n\n[c]\n  d = true\n  e = [1, 2]\n\n[[l]]\n  x = 1\n\n[[l]]\n  y = 2\n',
  ],
  [
    { 'a b': int(1), c: { 'd.e': { f: [[int(1)], { x: int(1) }] } }, s: 'a"b\\c\n\té\u0001' },
    '"a b" = 1\ns = "a\\"b\\\\c\\n\\té\\u0001"\n\n[c]\n  [c."d.e"]\n    f = [[1], {x = 1}]\n',
  ],
  [
    { '': 1, big: 1e6, e: [], m: {}, q: [{ a: [{ b: { c: 1 } }] }, {}], z: { y: { x: { w: 1 } } } },
    '"" = 1.0\nbig = 1e+06\ne = []\n\n[m]\n\n[[q]]\n\n  [[q.a]]\n    [q.a.b]\n      c = 1.0\n\n[[q]]\n\n[z]\n  [z.y]\n' +
      '    [z.y.x]\n      w = 1.0\n',
  ],
  [{ l: [1, null] }, 'toml: cannot encode array with nil element'],
  [[{ a: 1 }], 'toml: top-level values must be Go maps or structs'],
  [int(5), '5'],
  [null, 'ERROR: reflect: call of reflect.Value.Type on zero Value'],
])('writes %o', (value, expected) => {
  expect(result(tomlFunctions, 'toToml', value)).toBe(expected);
});

it.each([
  [
    '[a]\nb=1\n[a.c]\nd=2\n[[p]]\nn=1\n[[p]]\nn=2\n[p.q]\nr=3',
    'map[a:map[b:1 c:map[d:2]] p:[map[n:1] map[n:2 q:map[r:3]]]]',
  ],
  ['a.b=1\na.c=2\n"x y".\'z\'="""\nl1\\\n  l2"""', 'map[a:map[b:1 c:2] x y:map[z:l1l2]]'],
  ['t=12:30:00\nd=2020-01-01', 'map[d:2020-01-01 00:00:00 +0000 date-local t:0000-01-01 12:30:00 +0000 time-local]'],
  ['d=1979-05-27T07:32:00-08:00', 'map[d:1979-05-27 07:32:00 -0800 -0800]'],
  [
    "h=0xff\no=0o17\nu=1_000\nf=-1e3\nn=-inf # c\narr=[1, # x\n 'a',\n]",
    'map[arr:[1 a] f:-1000 h:255 n:-Inf o:15 u:1000]',
  ],
])('reads %j', (text, expected) => {
  expect(printValue(run(tomlFunctions, 'fromToml', text).value)).toBe(expected);
});

it.each(['a = 1\na = 2', '[a]\n[a]', 'a = ', 'a=1 b=2', 'a=07', 'a={b=1}\n[a.c]'])('refuses %j', (text) => {
  expect(result(tomlFunctions, 'fromToml', text)).toMatch(/^ERROR: toml: line [12]: /);
});
