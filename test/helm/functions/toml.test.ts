import { expect, it } from 'vitest';
import { tomlFunctions } from '../../../src/helm/functions/toml.ts';
import { printValue } from '../../../src/helm/go/print.ts';
import { GoMap, Int } from '../../../src/helm/value/value.ts';
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

it.each([
  ['a = ', 'toml: line 1 (last key "a"): unexpected EOF; expected value'],
  ['a = b', 'toml: line 1 (last key "a"): expected value but found "b" instead'],
  ['a = 1\na = 2', 'toml: line 2 (last key "a"): Key \'a\' has already been defined.'],
  ['= 1', "toml: line 1: unexpected '=': key name appears blank"],
  ['[a\nb=1', "toml: line 2: expected '.' or ']' to end table name, but got '\\n' instead"],
  ['a = "x', 'toml: line 1 (last key "a"): unexpected EOF; expected \'"\''],
  ["a = 'x", 'toml: line 1 (last key "a"): unexpected EOF; expected "\'"'],
  ['a = [1, 2', "toml: line 1 (last key \"a\"): expected a comma (',') or array terminator (']'), but got end of file"],
  [
    'a = {b=1',
    'toml: line 1 (last key "a.b"): expected a comma or an inline table terminator \'}\', but got end of file instead',
  ],
  ['a', "toml: line 1: unexpected EOF; expected key separator '='"],
  ['a b = 1', "toml: line 1: expected '.' or '=', but got 'b' instead"],
  ['a = 1 2', "toml: line 1: expected a top-level item to end with a newline, comment, or EOF, but got '2' instead"],
  ['[a]\n[a]', "toml: line 2: Key 'a' has already been defined."],
  ['a = 1\n[a]\nb=1', "toml: line 2: Key 'a' has already been defined."],
  ['a = 0x', 'toml: line 1 (last key "a"): not a hexadecimal number: \'0x\u0000\''],
  ['a = 1__0', 'toml: line 1 (last key "a"): Invalid integer "1__0": underscores must be surrounded by digits'],
  ['a = 1979-13-01', 'toml: line 1 (last key "a"): invalid datetime: "1979-13-01"'],
  ['a = "\\q"', 'toml: line 1 (last key "a"): invalid escape in string \'\\q\''],
  [
    'a = "\\u12"',
    'toml: line 1 (last key "a"): expected four hexadecimal digits after \'\\u\', but got "\\\\u12\\"" instead',
  ],
  ['a = """x', 'toml: line 1 (last key "a"): unexpected EOF; expected \'"""\''],
  ['"a = 1', "toml: line 1: unexpected EOF; expected '\"'"],
  ['a = tru', 'toml: line 1 (last key "a"): expected value but found "tru" instead'],
  ['a = +', 'toml: line 1 (last key "a"): expected a digit but got \'\\x00\''],
  ['a = 1.', 'toml: line 1 (last key "a"): Invalid float "1.": \'.\' must be followed by one or more digits'],
  ['a = .1', 'toml: line 1 (last key "a"): floats must start with a digit, not \'.\''],
  ['a = 1e', 'toml: line 1 (last key "a"): Invalid float value: "1e"'],
  ['a = 00', 'toml: line 1 (last key "a"): Invalid integer "00": cannot have leading zeroes'],
  ['a = 99999999999999999999', 'toml: line 1 (last key "a"): 99999999999999999999 is out of range for int64'],
  ['[]', 'toml: line 1: unexpected end of table name (table names cannot be empty)'],
  ['[a.]', 'toml: line 1: unexpected end of table name (table names cannot be empty)'],
  ['[[a]', "toml: line 1: expected end of table array name delimiter ']', but got '\\x00' instead"],
  ['[[a]]\n[a]', "toml: line 2: Key 'a' has already been defined."],
  ['[a]\n[[a]]', "toml: line 2: Key 'a' was already created and cannot be used as an array."],
  ['a = [1 2]', "toml: line 1 (last key \"a\"): expected a comma (',') or array terminator (']'), but got '2'"],
  ['a = "x\ny"', 'toml: line 1 (last key "a"): strings cannot contain newlines'],
  ['\u0000', 'toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8'],
  ['a = "\u0001"', 'toml: line 1 (last key "a"): TOML files cannot contain control characters: \'0x01\''],
  ['a == 1', 'toml: line 1 (last key "a"): expected value but found \'=\' instead'],
  ['a. = 1', "toml: line 1: unexpected '='"],
  ['.a = 1', "toml: line 1: unexpected '.': keys cannot start with a '.'"],
  ['a = [,]', 'toml: line 1 (last key "a"): unexpected comma'],
  ['ключ = 1', "toml: line 1: expected '.' or '=', but got 'к' instead"],
  ['a = 2020-01-01T25:00:00Z', 'toml: line 1 (last key "a"): invalid datetime: "2020-01-01T25:00:00Z"'],
  ['a = _1', 'toml: line 1 (last key "a"): expected value but found \'_\' instead'],
  ['# \u0001', "toml: line 1: TOML files cannot contain control characters: '0x01'"],
  ['a = []\n[[a]]', "toml: line 2: Key 'a' was already created and cannot be used as an array."],
  ["a = '''x", 'toml: line 1 (last key "a"): unexpected EOF; expected "\'\'\'"'],
  ['a\n= 1', "toml: line 1: expected '.' or '=', but got '\\n' instead"],
  [
    '[a]]',
    'toml: line 1 (last key "a"): expected a top-level item to end with a newline, comment, or EOF, but got \']\' instead',
  ],
  ['[ [a]]', "toml: line 1: expected '.' or ']' to end table name, but got '[' instead"],
  ['a = 0b2', 'toml: line 1 (last key "a"): not a binary number: \'0b2\''],
  ['a = 0o8', 'toml: line 1 (last key "a"): not an octal number: \'0o8\''],
  ['a = 1_', 'toml: line 1 (last key "a"): Invalid integer "1_": underscores must be surrounded by digits'],
  ['a = "\\UFFFFFFFF"', 'toml: line 1 (last key "a"): Escaped character \'\\uFFFFFFFF\' is not valid UTF-8.'],
  [
    '[a] x',
    'toml: line 1 (last key "a"): expected a top-level item to end with a newline, comment, or EOF, but got \'x\' instead',
  ],
  ['a = 1 # ok\n$', "toml: line 2: expected '.' or '=', but got '$' instead"],
  [
    'a = 1 b = 2',
    "toml: line 1: expected a top-level item to end with a newline, comment, or EOF, but got 'b' instead",
  ],
])('says what is wrong with %j in the words of Helm, and goes on', (text, message) => {
  expect(run(tomlFunctions, 'fromToml', text).value).toEqual(GoMap.from([['Error', message]]));
});

it.each([
  // What Helm's library takes although it says the same twice.
  ['a.b = 1\na = 2', 'map[a:map[b:1]]'],
  ['a = {}\na.b = 1', 'map[a:map[b:1]]'],
  ['a = {b=1,}', 'map[a:map[b:1]]'],
  ["[b]\n'' = [[1], [{}]]", 'map[b:map[:[map[]]]]'],
  ['a = [{b = 1}, {b = 2}]\n', 'map[a:[map[b:1] map[b:2]]]'],
])('takes %j', (text, expected) => {
  expect(printValue(run(tomlFunctions, 'fromToml', text).value)).toBe(expected);
});
