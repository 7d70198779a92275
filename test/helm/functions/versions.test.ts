import { expect, it } from 'vitest';
import { semverFunctions } from '../../../src/helm/functions/semver.ts';
import { SemverObject } from '../../../src/helm/go/semver-object.ts';
import { parseVersion } from '../../../src/helm/go/semver-version.ts';
import { satisfies } from '../../../src/helm/go/semver-constraint.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { fakeCall, result, run } from './run-function.ts';

it.each([
  ['>=1.19', 'v1.33.0-gke.100', false],
  ['>=1.19-0', 'v1.33.0-gke.100', true],
  ['=1.2', '1.2.9', true],
  ['<=1.2', '1.2.9', true],
  ['>1.2', '1.2.5', false],
  ['>1', '1.5.0', false],
  ['!=1.2', '1.2.4', false],
  ['^0.2', '0.2.9', true],
  ['^0.2', '0.3.0', false],
  ['^0.0.3', '0.0.4', false],
  ['~1', '1.9.0', true],
  ['1.2 - 1.4', '1.4.9', true],
  ['*', '1.0.0-rc.1', false],
  ['>=1.2, <2 || ^3', '3.1.0', true],
  ['<2 >=1.2', '2.0.0', false],
  ['1.x', '1.9.0', true],
])('%s takes %s: %s', (constraint, version, expected) => {
  expect(satisfies(constraint, version)).toBe(expected);
});

it.each([
  ['semverCompare', ['abc', '1.2.3'], 'ERROR: improper constraint: abc'],
  ['semverCompare', ['', '1.2.3'], 'ERROR: improper constraint: '],
  ['semverCompare', ['>=1.2', 'abc'], 'ERROR: invalid semantic version'],
  ['semver', ['1.2.3-01'], 'ERROR: version segment starts with 0'],
  [
    'semver',
    ['99999999999999999999.1'],
    'ERROR: error parsing version segment: strconv.ParseUint: parsing "99999999999999999999": value out of range',
  ],
  ['semver', ['v1.2'], '1.2.0'],
  ['semver', ['1.2.3.4'], 'ERROR: invalid semantic version'],
])('%s %j is %s', (name, args, expected) => {
  expect(result(semverFunctions, name, ...args)).toBe(expected);
});

it('has the methods of a version', () => {
  const version = run(semverFunctions, 'semver', 'v1.2.3-a+b').value;
  if (!(version instanceof SemverObject)) throw new Error('No version.');
  const call = (name: string, ...args: readonly Tracked[]): unknown => {
    const value = version.methods.get(name)?.call(fakeCall(), args).value;
    return value instanceof SemverObject ? value.toText() : value;
  };
  expect(call('Major')).toEqual({ kind: 'uint64', value: 1n });
  expect(call('Original')).toBe('v1.2.3-a+b');
  expect(call('IncMajor')).toBe('2.0.0');
  expect(call('IncPatch')).toBe('1.2.3');
  expect(call('LessThan', new Tracked(new SemverObject(parseVersion('1.3'), 'ptr')))).toBe(true);
});
