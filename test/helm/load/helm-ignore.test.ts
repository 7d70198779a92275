import { expect, it } from 'vitest';
import { compileIgnore } from '../../../src/helm/load/helm-ignore.ts';
import { matchPath } from '../../../src/helm/go/match-path.ts';

it.each([
  ['x.txt', ['x.txt', 'd/x.txt'], ['x.txt.bak', 'd/x.txt/y']],
  ['/x.txt', ['x.txt'], ['d/x.txt']],
  ['d/x.txt', ['d/x.txt'], ['x.txt', 'e/d/x.txt']],
  ['d/', ['d/', 'e/d/'], ['d', 'd/x']],
  ['*.txt\n# *.md\n\n  [a-c].yaml ', ['x.txt', 'd/b.yaml'], ['x.md', 'd.yaml']],
  ['!x.txt', ['y.txt', 'd/'], ['x.txt']],
  ['!d/', ['d', 'x/'], ['d/']],
  ['!a\\/', ['a', 'a/'], []],
  ['a\\/', [], ['a', 'a/']],
  ['', ['templates/.a', 'templates/.a/'], ['templates/a', '.a', 'templates/x/.a', 'templates/.']],
])('with %j ignores %j and not %j', (rules, ignored, kept) => {
  const isIgnored = compileIgnore(rules);
  const judge = (path: string): boolean => isIgnored(path.replace(/\/$/, ''), path.endsWith('/'));
  expect(ignored.filter((path) => !judge(path))).toEqual([]);
  expect(kept.filter(judge)).toEqual([]);
});

it('refuses what Helm refuses', () => {
  expect(() => compileIgnore('a/**/b')).toThrow('double-star (**) syntax is not supported');
  expect(() => compileIgnore('[a')).toThrow('syntax error in pattern');
});

it.each([
  ['*', 'abc', true],
  ['*', 'a/b', false],
  ['a*b*c', 'axxbyybzc', true],
  ['a*/b', 'axx/b', true],
  ['*x/*', 'ax/b', true],
  ['?', 'é', true],
  ['?', '/', false],
  ['[^a-c]x', 'dx', true],
  ['[^a-c]x', 'bx', false],
  [String.raw`\*`, '*', true],
  ['[]a]', 'a', undefined],
  ['[a-]', 'a', undefined],
  ['a\\', 'a', undefined],
  ['', '', true],
])('matches %j against %j: %j', (pattern, path, expected) => {
  expect(matchPath(pattern, path)).toBe(expected);
});

it('gives up when very many patterns meet very many files', () => {
  const isIgnored = compileIgnore(
    Array.from({ length: 20_000 }, (_, index) => `${'*a'.repeat(50)}${index}`).join('\n'),
  );
  const look = (): void => {
    for (let index = 0; index < 200; index++) isIgnored(`templates/${'a'.repeat(100)}${index}.yaml`, false);
  };
  expect(look).toThrow('.helmignore has too many patterns for so many files');
});
