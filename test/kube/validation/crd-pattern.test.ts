import { expect, it } from 'vitest';
import { faultOfPattern } from '../../../src/kube/validation/crd-pattern.ts';

it.each([
  '',
  '^[a-z]([-a-z0-9]*[a-z0-9])?$',
  '^(?i)abc$',
  '[[:alnum:]_]+',
  '[]a]',
  '[^]]',
  String.raw`\(\[\d{1,3}\.`,
  'a+?b*?c??',
  '(?P<name>x)|(?:y)',
  'a{2,3}',
])('%s is a pattern of Go', (pattern) => {
  expect(faultOfPattern(pattern)).toBeUndefined();
});

it.each(['(?=a)', '(?!a)', '(?<=a)', String.raw`(a)\1`, '(', ')', '[a', '*a', 'a**', '(*a)', '|+', '\\'])(
  '%s is none',
  (pattern) => {
    expect(faultOfPattern(pattern)).toBeTypeOf('string');
  },
);
