import { expect, it } from 'vitest';
import { splitManifests } from '../../../src/helm/manifest/split-manifests.ts';

it.each([
  ['one document', 'a: 1\n', ['a: 1']],
  ['a separator at the start', '---\na: 1\n---\nb: 2\n', ['a: 1', 'b: 2']],
  ['text behind the separator', 'a: 1\n---b: 2\n--- # c\nc: 3', ['a: 1', 'b: 2', '# c\nc: 3']],
  ['a separator behind blank lines', 'a\n \t\n\n---\nb', ['a', 'b']],
  ['a separator that is content', '---\n\n---\na: 1', ['---\na: 1']],
  ['separators that take turns', 'a\n---\n\n---\n\n---\nb', ['a', '---', 'b']],
  ['no separator but at the start of a line', 'a: x ---\n ---\nb', ['a: x ---\n ---\nb']],
  ['four dashes', 'a\n----\nb', ['a', '-\nb']],
  ['indentation of first lines is lost', 'a\n---\n   b: 1\n   c: 2', ['a', 'b: 1\n   c: 2']],
  ['line breaks of Windows', 'a: 1\r\nb: 2\r\n---\r\nc: 3\r\n', ['a: 1\r\nb: 2', 'c: 3']],
  ['nothing', ' \n\n', []],
  ['only a separator', '---\n', []],
  ['comments', '# a\n---\n# b', ['# a', '# b']],
])('splits %s', (_, text, documents) => {
  expect(splitManifests(text).map(({ start, end }) => text.slice(start, end))).toEqual(documents);
});

it('takes time linear in white space', () => {
  const text = `a${' \n'.repeat(200_000)}b`;
  expect(splitManifests(text)).toEqual([{ start: 0, end: text.length }]);
});
