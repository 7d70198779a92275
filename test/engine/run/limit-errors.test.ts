import { expect, it } from 'vitest';
import { limitErrors } from '../../../src/engine/run/limit-errors.ts';
import type { RunError } from '../../../src/engine/result.ts';

function errorsIn(file: string, count: number): RunError[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'syntax',
    message: `fault ${index}`,
    location: { file, line: index + 1, column: 1, endLine: index + 1, endColumn: 2 },
  }));
}

it('keeps all errors of a usual run', () => {
  const errors = [...errorsIn('a.yaml', 100), ...errorsIn('b.yaml', 100)];
  expect(limitErrors(errors)).toEqual(errors);
});

it('keeps the first errors of a file, says how many more there are, and keeps those of other files', () => {
  const shown = limitErrors([...errorsIn('a.yaml', 50_000), ...errorsIn('b.yaml', 2)]);
  expect(shown).toHaveLength(103);
  expect(shown.slice(0, 100)).toEqual(errorsIn('a.yaml', 100));
  expect(shown.filter(({ location }) => location?.file === 'b.yaml')).toHaveLength(2);
  expect(shown.at(-1)).toMatchObject({
    kind: 'syntax',
    message: 'There are more errors in this file, from here on: 49900. Correct the first ones, and run again.',
    location: { file: 'a.yaml', line: 101 },
  });
});

it('keeps the errors of a thousand files and counts the rest', () => {
  const shown = limitErrors(Array.from({ length: 20_000 }, (_, index) => errorsIn(`${index}.yaml`, 1)).flat());
  expect(shown).toHaveLength(1001);
  expect(shown.at(-1)).toMatchObject({
    message: 'There are more errors: 19000 in other places. Correct the first ones, and run again.',
    location: undefined,
  });
});
