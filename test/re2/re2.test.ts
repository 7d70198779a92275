import { expect, it } from 'vitest';
import { quoteMeta, Re2 } from '../../src/re2/re2.ts';

function matches(pattern: string, text: string): string[] {
  return Array.from(new Re2(pattern).findAll(text), ([start, end]) => text.slice(start, end));
}

it.each([
  ['(?i)k', 'Kk\u212a', ['K', 'k', '\u212a']],
  ['[[:alpha:]]+', 'ab1é', ['ab']],
  ['[]a]+', 'a]b', ['a]']],
  ['[\\w-.]+', 'a-.!', ['a-.']],
  ['\\pL+', 'aé1', ['aé']],
  ['\\p{^Greek}', 'αb', ['b']],
  ['(?s:.)', '\n', ['\n']],
  ['.', '\r\u2028\n', ['\r', '\u2028']],
  ['(?m)^b$', 'a\nb\n', ['b']],
  ['\\Aa\\z', 'a\n', []],
  ['\\s', '\u00a0\v ', [' ']],
  ['\\Qa.b\\E+', 'a.bb', ['a.bb']],
  ['a{,2}', 'a{,2}', ['a{,2}']],
  ['(?U)a+', 'aaa', ['a', 'a', 'a']],
  ['a|ab', 'ab', ['a']],
  ['\\x{1F600}', '😀', ['😀']],
  ['.', '😀\udcff', ['😀', '\udcff']],
  ['', '😀', ['', '']],
  ['\\bé', 'é', []],
])('finds %j in %j', (pattern, text, expected) => {
  expect(matches(pattern, text)).toEqual(expected);
});

it.each([
  ['(a)\\1', 'invalid escape sequence: `\\1`'],
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['a++', 'invalid nested repetition operator: `++`'],
  ['*', 'missing argument to repetition operator: `*`'],
  [')', 'unexpected ): `)`'],
  ['[b-a]', 'invalid character class range: `b-a`'],
  ['\\p{Old_Italic}', 'invalid character class range: `\\p{Old_Italic}`'],
  ['(a{100}){100}', 'invalid repeat count: `{100}`'],
  ['\\', 'trailing backslash at end of expression: ``'],
  ['(?P<n', 'invalid named capture: `(?P<n`'],
  ['\udcff', 'invalid UTF-8: `\udcff`'],
  [`${'('.repeat(1001)}${')'.repeat(1001)}`, `expression nests too deeply: \`${'('.repeat(1001)}${')'.repeat(1001)}\``],
])('refuses %j', (pattern, problem) => {
  expect(() => new Re2(pattern)).toThrow(`error parsing regexp: ${problem}`);
});

it('escapes what has a meaning', () => {
  expect(quoteMeta('a.b*[c]')).toBe('a\\.b\\*\\[c\\]');
});
