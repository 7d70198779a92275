import { FunctionError, type HelmFunction, plain } from '../value/function.ts';
import { toBytes } from '../value/bytes.ts';
import { goTypeName } from './print.ts';
import { checkMetadata, checkPrerelease, compareVersions, printVersion, SemverError } from './semver-version.ts';
import type { Version } from './semver-version.ts';
import { Bytes, type GoObject, Int, isObject, type Value } from '../value/value.ts';

/** What `semver` returns, a pointer, and what methods such as `IncMajor` return, a struct without some methods. */
export class SemverObject implements GoObject {
  readonly typeName: '*semver.Version' | 'semver.Version';
  readonly kind: 'struct' | 'ptr';
  readonly fields: ReadonlyMap<string, Value> = new Map();
  readonly version: Version;
  #methods: ReadonlyMap<string, HelmFunction> | undefined;

  constructor(version: Version, kind: 'struct' | 'ptr') {
    this.version = version;
    this.kind = kind;
    this.typeName = kind === 'ptr' ? '*semver.Version' : 'semver.Version';
  }

  get methods(): ReadonlyMap<string, HelmFunction> {
    this.#methods ??= new Map([
      ...valueMethods(this.version),
      ...(this.kind === 'ptr' ? pointerMethods(this.version) : []),
    ]);
    return this.#methods;
  }

  toText(): string {
    return printVersion(this.version);
  }

  toJson(): Value {
    return this.toText();
  }
}

type Method = [string, HelmFunction];

function valueMethods(version: Version): Method[] {
  const text = printVersion(version);
  return [
    ['Major', plain([], () => new Int('uint64', version.major))],
    ['Minor', plain([], () => new Int('uint64', version.minor))],
    ['Patch', plain([], () => new Int('uint64', version.patch))],
    ['Prerelease', plain([], () => version.prerelease)],
    ['Metadata', plain([], () => version.metadata)],
    ['String', plain([], () => text)],
    ['Value', plain([], () => text)],
    ['MarshalJSON', plain([], () => new Bytes(toBytes(JSON.stringify(text))))],
    ['MarshalText', plain([], () => new Bytes(toBytes(text)))],
    ['IncPatch', plain([], () => increment(version, 'patch'))],
    ['IncMinor', plain([], () => increment(version, 'minor'))],
    ['IncMajor', plain([], () => increment(version, 'major'))],
    ['SetPrerelease', plain(['string'], (prerelease) => change(version, { prerelease }))],
    ['SetMetadata', plain(['string'], (metadata) => change(version, { metadata }))],
  ];
}

function pointerMethods(version: Version): Method[] {
  const compare = (test: (order: number) => Value): HelmFunction =>
    plain(['any'], (other) => test(compareVersions(version, versionOf(other))));
  return [
    ['Original', plain([], () => version.text)],
    ['Compare', compare((order) => new Int('int', order))],
    ['Equal', compare((order) => order === 0)],
    ['LessThan', compare((order) => order < 0)],
    ['LessThanEqual', compare((order) => order <= 0)],
    ['GreaterThan', compare((order) => order > 0)],
    ['GreaterThanEqual', compare((order) => order >= 0)],
  ];
}

function versionOf(value: Value): Version {
  if (isObject(value) && value instanceof SemverObject && value.kind === 'ptr') return value.version;
  throw new FunctionError(`wrong type for value; expected *semver.Version; got ${goTypeName(value)}`);
}

/** A version without its prerelease is the next patch. */
function increment(version: Version, part: 'major' | 'minor' | 'patch'): SemverObject {
  const { major, minor, patch, prerelease } = version;
  switch (part) {
    case 'major':
      return changed(version, { major: wrapInteger(major + 1n), minor: 0n, patch: 0n, prerelease: '', metadata: '' });
    case 'minor':
      return changed(version, { minor: wrapInteger(minor + 1n), patch: 0n, prerelease: '', metadata: '' });
    case 'patch':
      return changed(version, {
        patch: prerelease === '' ? wrapInteger(patch + 1n) : patch,
        prerelease: '',
        metadata: '',
      });
  }
}

function wrapInteger(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function change(version: Version, parts: Partial<Version>): SemverObject {
  try {
    checkPrerelease(parts.prerelease ?? '');
    checkMetadata(parts.metadata ?? '');
  } catch (error) {
    throw error instanceof SemverError ? new FunctionError(error.message) : error;
  }
  return changed(version, parts);
}

function changed(version: Version, parts: Partial<Version>): SemverObject {
  const next = { ...version, ...parts };
  return new SemverObject({ ...next, text: (version.text.startsWith('v') ? 'v' : '') + printVersion(next) }, 'struct');
}
