import { describe, expect, it } from 'vitest';
import { MASK } from '../../src/text/mask.ts';
import { maskRanges, SecretStretches } from '../../src/text/secret-stretches.ts';

const TEXT = 'user: admin\npassword: admin\nkey: "sword\\"fish-77"\npin: 4711\n';

function rangesOf(...parts: readonly string[]): { start: number; end: number }[] {
  return parts.map((part) => {
    const start = TEXT.lastIndexOf(part);
    return { start, end: start + part.length };
  });
}

describe('the stretches of secrets', () => {
  const stretches = SecretStretches.in(TEXT, rangesOf('admin', '"sword\\"fish-77"', '4711'));

  it.each([
    ['The key sword\\"fish-77 is wrong.', `The key ${MASK} is wrong.`],
    ['sword"fish-77', MASK],
    ['SWORD"FISH', MASK],
    ['fish-7', MASK],
    ['xfish-77x', `x${MASK}x`],
    ['fish', 'fish'],
    ['port 4711', `port ${MASK}`],
    ['port 47110', 'port 47110'],
    ['', ''],
  ])('are masked in %j', (text, masked) => {
    expect(stretches.mask(text)).toBe(masked);
  });

  it('stay where the rest of the text says the same', () => {
    expect(stretches.mask('admin')).toBe('admin');
    expect(stretches.mask('user: admin')).toBe('user: admin');
  });
});

it('makes one mask of ranges that overlap', () => {
  const ranges = [
    { start: 1, end: 3 },
    { start: 0, end: 2 },
    { start: 5, end: 6 },
  ];
  expect(maskRanges('abcdef', ranges)).toBe(`${MASK}de${MASK}`);
});
