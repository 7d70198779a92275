import { expect, it } from 'vitest';
import { compileGlob } from '../../../src/helm/go/glob.ts';

const NAMES = ['ab', 'aé', 'a😀', 'bé', 'éx', '😀x', '😀éx', 'ab.txt', 'aé.txt', 'a😀.txt', 'aéb', 'abb'];

// What Helm 4.1.4 finds: its library looks at the first byte of a part's last character.
it.each([
  ['a?.txt', ['ab.txt']],
  ['a?', ['ab', 'aé', 'a😀']],
  ['?x', []],
  ['é?', []],
  ['a[!b].txt', []],
  ['a[😀].txt', []],
  ['?😀.txt', ['a😀.txt']],
  ['a*.txt', ['ab.txt', 'aé.txt', 'a😀.txt']],
  ['aé.txt', ['aé.txt']],
  ['a??', ['aéb', 'abb']],
])('%s', (pattern, expected) => {
  const matches = compileGlob(pattern);
  expect(NAMES.filter((name) => matches(name))).toEqual(expected);
});
