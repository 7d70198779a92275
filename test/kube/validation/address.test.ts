import { describe, expect, it } from 'vitest';
import { isStrictlyInside, parseAddress, parseRange } from '../../../src/kube/validation/address.ts';

describe('addresses', () => {
  it.each([
    ['10.0.0.1', 4],
    ['010.0.0.1', 4],
    ['::', 6],
    ['::1', 6],
    ['2001:db8::ffff', 6],
    ['1:2:3:4:5:6:7:8', 6],
    ['::ffff:10.0.0.1', 4],
    ['64:ff9b::10.0.0.1', 6],
  ])('%s is one of version %i', (text, version) => {
    expect(parseAddress(text)?.version).toBe(version);
  });

  it.each([
    '',
    'a',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1.2',
    '10.0.0.1/8',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '::g',
    '12345::',
  ])('%j is none', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe('ranges', () => {
  it.each(['10.0.0.0/8', '10.1.2.3/0', '::/0', '2001:db8::/64'])('%s is one', (text) => {
    expect(parseRange(text)).toBeDefined();
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '::/129', '/8', '10.0.0.0/', '10.0.0.0/-1'])('%j is none', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  it.each([
    ['10.1.0.0/16', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.0/8', false],
    ['11.0.0.0/16', '10.0.0.0/8', false],
    ['::/64', '10.0.0.0/8', false],
    ['2001:db8:1::/48', '2001:db8::/32', true],
  ])('whether %s lies inside of %s: %s', (inner, outer, isInside) => {
    const [range, whole] = [parseRange(inner), parseRange(outer)];
    expect(range !== undefined && whole !== undefined && isStrictlyInside(range, whole)).toBe(isInside);
  });
});
