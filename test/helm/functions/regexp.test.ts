import { expect, it } from 'vitest';
import { regexpFunctions } from '../../../src/helm/functions/regexp.ts';
import { fromKey, joined, result, run, traceOf } from './run-function.ts';

// Every expectation was printed by Helm 4.1.4.
it.each([
  ['regexMatch', ['(?i)ABC', 'xabcx'], true],
  ['regexMatch', ['[', 'x'], false],
  ['regexMatch', ['^\\w+$', 'é'], false],
  ['regexMatch', ['\\p{Letter}', 'a'], true],
  ['regexMatch', ['a$', 'a\n'], false],
  ['mustRegexMatch', ['(a', 'a'], 'ERROR: error parsing regexp: missing closing ): `(a`'],
  ['mustRegexMatch', ['a**', 'a'], 'ERROR: error parsing regexp: invalid nested repetition operator: `**`'],
  ['mustRegexMatch', ['a{1001}', 'a'], 'ERROR: error parsing regexp: invalid repeat count: `{1001}`'],
  ['regexFind', ['[', 'x'], 'ERROR: regexp: Compile(`[`): error parsing regexp: missing closing ]: `[`'],
  ['regexFind', ['b+', 'abbc'], 'bb'],
  ['regexFindAll', ['a', 'aaa', 2], ['a', 'a']],
  ['regexFindAll', ['a', 'bb', -1], null],
  ['regexFindAll', ['a*', 'baac', -1], ['', 'aa', '']],
  ['regexSplit', [',', 'a,b,c', 0], null],
  ['regexSplit', [',', 'a,b,c', 2], ['a', 'b,c']],
  ['regexSplit', [',', '', -1], ['']],
  ['regexSplit', ['', 'abc', 2], ['a', 'bc']],
  ['regexSplit', ['x*', 'axbxc', -1], ['a', 'b', 'c']],
  ['regexReplaceAll', ['x*', 'abc', '-'], '-a-b-c-'],
  ['regexReplaceAll', ['(?:(a)|b)*', 'ab', '[$1]'], '[a]'],
  ['regexReplaceAll', ['(|a)*', 'aa', '[$1]'], '[]a[]a[]'],
  ['regexReplaceAllLiteral', ['b', 'abc', '$0'], 'a$0c'],
  ['regexQuoteMeta', ['1.2'], '1\\.2'],
] as const)('%s %j is %j', (name, args, expected) => {
  expect(result(regexpFunctions, name, ...args)).toEqual(expected);
});

// By Go's documentation of Regexp.Expand.
it.each([
  ['$1W', 'ac'],
  ['${1}W', 'abWc'],
  ['$n$$', 'ab$c'],
  ['$', 'a$c'],
  ['$9', 'ac'],
])('expands %s', (replacement, expected) => {
  expect(result(regexpFunctions, 'regexReplaceAll', '(?P<n>b)', 'abc', replacement)).toBe(expected);
});

it('keeps where the characters of a text came from', () => {
  const text = joined(['web', 'name'], ['--'], ['eu_1', 'zone']);
  expect(traceOf(run(regexpFunctions, 'regexReplaceAll', '_', text, '.'))).toEqual([
    'web<name>',
    '--<>',
    'eu<zone>',
    '.<zone>',
    '1<zone>',
  ]);
  expect(traceOf(run(regexpFunctions, 'regexFind', 'e.*-', text))).toEqual(['eb<name>', '--<>']);
  expect(traceOf(run(regexpFunctions, 'regexFind', fromKey('e.*b', 'pattern'), text))).toEqual(['eb<name pattern>']);
  expect(traceOf(run(regexpFunctions, 'regexFind', 'none', text))).toEqual(['<name zone>']);
});

it('takes time linear in its text', () => {
  expect(result(regexpFunctions, 'regexMatch', '^(a+)+$', `${'a'.repeat(5000)}b`)).toBe(false);
});
