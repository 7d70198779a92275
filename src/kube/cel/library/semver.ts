import { invalidArgument, noSuchOverload } from '../fault.ts';
import { Semver } from '../values.ts';
import type { Library } from './library.ts';

const MOST = 2n ** 64n - 1n;

function read(value: unknown, isLenient: unknown = false): Semver | undefined {
  if (typeof value !== 'string' || typeof isLenient !== 'boolean') throw noSuchOverload('semver');
  const text = isLenient ? normalize(value) : value;
  const [, major, minor, patch, prerelease = '', build] =
    /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/.exec(text) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  const parts = prerelease === '' ? [] : prerelease.split('.');
  if (parts.some((part) => part === '' || /^0\d+$/.test(part)) || build?.split('.').includes('') === true)
    return undefined;
  const numbers = [BigInt(major), BigInt(minor), BigInt(patch)] as const;
  return numbers.some((number) => number > MOST) ? undefined : new Semver(numbers, parts);
}

/** `v1.02` as `1.2.0`. */
function normalize(value: string): string {
  const [, core = '', rest = ''] = /^v?([^-+]*)(.*)$/s.exec(value) ?? [];
  const parts = core.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  if (parts.length > 3) return value;
  // What follows the version is only known behind a patch.
  if (parts.length < 3 && rest !== '') return '';
  return [...parts, ...Array.from({ length: 3 - parts.length }, () => '0')].join('.') + rest;
}

function version(value: unknown): Semver {
  if (!(value instanceof Semver)) throw noSuchOverload('semver');
  return value;
}

function make(value: unknown, isLenient?: unknown): Semver {
  const found = read(value, isLenient);
  if (found === undefined) throw invalidArgument('Not a semantic version.');
  return found;
}

/** Versions. */
export const semver: Library = {
  functions: {
    'semver/1': (value) => make(value),
    'semver/2': (value, isLenient) => make(value, isLenient),
    'isSemver/1': (value) => read(value) !== undefined,
    'isSemver/2': (value, isLenient) => read(value, isLenient) !== undefined,
  },
  methods: {
    'major/0': (value) => version(value).numbers[0],
    'minor/0': (value) => version(value).numbers[1],
    'patch/0': (value) => version(value).numbers[2],
  },
};
