import { expect, it } from 'vitest';
import { pathFunctions } from '../../../src/helm/functions/paths.ts';
import { joined, result, run, traceOf } from './run-function.ts';

// Every expectation was printed by Helm 4.1.4.
it.each([
  ['base', '/a/b.c', 'b.c'],
  ['base', '', '.'],
  ['base', '///', '/'],
  ['base', 'a/', 'a'],
  ['dir', '/a/b.c', '/a'],
  ['dir', '', '.'],
  ['dir', 'a', '.'],
  ['dir', '/', '/'],
  ['clean', '', '.'],
  ['clean', 'a//b/../c', 'a/c'],
  ['clean', '/../a/./b//', '/a/b'],
  ['clean', '../../a/..', '../..'],
  ['ext', 'a.tar.gz', '.gz'],
  ['ext', 'a/b.c/d', ''],
  ['isAbs', '/a', true],
  ['osBase', 'a/b', 'b'],
])('%s %j is %j', (name, path, expected) => {
  expect(result(pathFunctions, name, path)).toBe(expected);
});

it('keeps where parts of a path came from', () => {
  const path = joined(['/etc', 'root'], ['/'], ['app.yaml', 'file']);
  expect(traceOf(run(pathFunctions, 'base', path))).toEqual(['app.yaml<file>']);
  expect(traceOf(run(pathFunctions, 'dir', path))).toEqual(['/etc<root>']);
  expect(traceOf(run(pathFunctions, 'ext', path))).toEqual(['.yaml<file>']);
});
