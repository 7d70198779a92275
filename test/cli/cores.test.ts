import { expect, it } from 'vitest';
import { coresToUse } from '../../src/cli/lint.ts';

it.each([
  { available: 1, load: 0, all: 1, used: 1 },
  { available: 2, load: 0, all: 2, used: 2 },
  { available: 2, load: 0.9, all: 2, used: 2 },
  { available: 2, load: 1.2, all: 2, used: 1 },
  { available: 2, load: 7, all: 2, used: 1 },
  { available: 2, load: 7, all: 64, used: 2 },
  { available: 2, load: 64, all: 64, used: 1 },
  { available: 4, load: 7, all: 4, used: 4 },
])('uses $used of $available cores when $load of $all are busy', ({ available, load, all, used }) => {
  expect(coresToUse(available, load, () => all)).toBe(used);
});
