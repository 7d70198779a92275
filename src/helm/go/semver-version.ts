import { compareBytes } from '../value/bytes.ts';

/** A version that the library Masterminds/semver has read; `text` is what it was read from. */
export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: string;
  readonly metadata: string;
  readonly text: string;
}

/** What Masterminds/semver reports; its text is the same. */
export class SemverError extends Error {
  override readonly name = 'SemverError';
}

const MAX_UINT64 = 2n ** 64n - 1n;
/** Of the largest. */
const MAX_DIGITS = 20;

/** Reads a version leniently, as `semver.NewVersion` does: `v1`, `1.2`, `01.2.3`. Throws `SemverError`. */
export function parseVersion(text: string): Version {
  const pattern = /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;
  const match = pattern.exec(text);
  if (match === null) throw new SemverError('invalid semantic version');
  const [, major = '0', minor = '0', patch = '0', prerelease, metadata] = match;
  if (hasEmptyPart(prerelease) || hasEmptyPart(metadata)) throw new SemverError('invalid semantic version');
  const version = {
    major: parseSegment(major),
    minor: parseSegment(minor),
    patch: parseSegment(patch),
    prerelease: prerelease ?? '',
    metadata: metadata ?? '',
    text,
  };
  checkPrerelease(version.prerelease);
  return version;
}

function hasEmptyPart(text: string | undefined): boolean {
  return text !== undefined && text.split('.').includes('');
}

function parseSegment(digits: string): bigint {
  if (fitsUint64(digits)) return BigInt(digits);
  throw new SemverError(`error parsing version segment: strconv.ParseUint: parsing "${digits}": value out of range`);
}

/** Throws when a text cannot be the part after the `-`; the empty one can. */
export function checkPrerelease(text: string): void {
  if (text === '') return;
  for (const part of text.split('.')) {
    if (/^0[0-9]+$/.test(part)) throw new SemverError('version segment starts with 0');
    if (!/^[0-9A-Za-z-]+$/.test(part)) throw new SemverError('invalid prerelease string');
  }
}

/** Throws when a text cannot be the part after the `+`; the empty one can. */
export function checkMetadata(text: string): void {
  if (text === '' || text.split('.').every((part) => /^[0-9A-Za-z-]+$/.test(part))) return;
  throw new SemverError('invalid metadata string');
}

/** A version as it is printed: three numbers, without `v`. */
export function printVersion({ major, minor, patch, prerelease, metadata }: Omit<Version, 'text'>): string {
  const pre = prerelease === '' ? '' : `-${prerelease}`;
  return `${major}.${minor}.${patch}${pre}${metadata === '' ? '' : `+${metadata}`}`;
}

/** The order of two versions: negative, 0 or positive. Metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  const numbers = order(a.major, b.major) || order(a.minor, b.minor) || order(a.patch, b.patch);
  if (numbers !== 0 || a.prerelease === b.prerelease) return numbers;
  if (a.prerelease === '') return 1;
  if (b.prerelease === '') return -1;
  return comparePrereleases(a.prerelease, b.prerelease);
}

function order(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The order of two texts after the `-`, also of empty ones. */
export function comparePrereleases(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const result = comparePart(left[index] ?? '', right[index] ?? '');
    if (result !== 0) return result;
  }
  return 0;
}

function comparePart(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return -1;
  if (b === '') return 1;
  if (!isVersionNumber(a)) return isVersionNumber(b) ? 1 : Math.sign(compareBytes(a, b));
  if (!isVersionNumber(b)) return -1;
  return BigInt(a) > BigInt(b) ? 1 : -1;
}

function isVersionNumber(text: string): boolean {
  return /^[0-9]+$/.test(text) && fitsUint64(text);
}

/** Whether digits are a uint64. (Reading a number of millions of digits takes seconds.) */
export function fitsUint64(digits: string): boolean {
  const significant = digits.length <= MAX_DIGITS ? digits : digits.replace(/^0+/, '');
  return significant.length <= MAX_DIGITS && BigInt(significant) <= MAX_UINT64;
}
