import { expect, it } from 'vitest';
import { shorten } from '../../src/text/shorten.ts';

it('keeps a message of 10,000 characters', () => {
  const message = 'x'.repeat(10_000);
  expect(shorten(message)).toBe(message);
});

it('says how much it leaves out', () => {
  expect(shorten('x'.repeat(10_007))).toBe(`${'x'.repeat(10_000)}… (7 more characters)`);
});

it('cuts no character in two', () => {
  expect(shorten(`${'x'.repeat(9999)}😀`)).toBe(`${'x'.repeat(9999)}… (2 more characters)`);
});
