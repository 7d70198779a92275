import { expect, it } from 'vitest';
import { compileGlob } from '../../../src/helm/go/glob.ts';

// Seen with Helm 4.1.4's `.Files.Glob`, or with the library gobwas/glob and the separator `/`.
it.each([
  ['files/*', ['files/a', 'files/a.txt'], ['files/sub/c', 'files']],
  ['**.txt', ['a.txt', 'a/b/c.txt'], ['a.conf']],
  ['**/*.txt', ['a/b.txt', 'a/b/c.txt'], ['a.txt']],
  ['files/[ab].???', ['files/a.txt', 'files/b.bin'], ['files/c.txt', 'files/a.conf']],
  ['[!a]*', ['bc'], ['abc']],
  ['[a-c]', ['b'], ['d', '-']],
  ['{a,b/{c,d}}.yaml', ['a.yaml', 'b/d.yaml'], ['b.yaml', 'c.yaml']],
  ['\\*', ['*'], ['a']],
  ['a.b', ['a.b'], ['axb']],
  ['[', ['anything', 'a/b'], []],
  ['[]a]', ['anything'], []],
])('%s', (pattern, matching, others) => {
  const glob = compileGlob(pattern);
  expect(matching.filter((path) => !glob(path))).toEqual([]);
  expect(others.filter((path) => glob(path))).toEqual([]);
});

it.each(['a***', '{a,b'])('refuses %s', (pattern) => {
  expect(() => compileGlob(pattern)).toThrow('the pattern');
});
