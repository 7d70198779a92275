import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../src/text/glob.ts';

describe('a glob', () => {
  it.each([
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?c', 'a😀c', true],
    ['a??c', 'a😀c', false],
    ['?', '😀', true],
    ['??', '😀', false],
    ['😀?', '😀é', true],
    ['*?', '😀', true],
    ['*??', '😀', false],
    ['*?b', 'a😀b', true],
    ['?*😀', '😀a😀', true],
    ['*😀*', 'a😀b', true],
    ['**', '', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
  ])('%s and %s', (glob, name, expected) => {
    expect(matchesGlob(name, glob)).toBe(expected);
  });
});
