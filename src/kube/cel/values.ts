import { Optional } from '@marcbachmann/cel-js';
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import type { RequestUri } from '../request-uri.ts';

/** A quantity, in billionths. */
export class Quantity {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

export class Ip {
  readonly version: 4 | 6;
  readonly value: bigint;
  constructor(version: 4 | 6, value: bigint) {
    this.version = version;
    this.value = value;
  }
}

export class Cidr {
  readonly ip: Ip;
  readonly bits: number;
  constructor(ip: Ip, bits: number) {
    this.ip = ip;
    this.bits = bits;
  }
}

export class Url {
  readonly parts: RequestUri;
  readonly text: string;
  constructor(parts: RequestUri, text: string) {
    this.parts = parts;
    this.text = text;
  }
}

export class Semver {
  /** Major, minor and patch. */
  readonly numbers: readonly [bigint, bigint, bigint];
  readonly prerelease: readonly string[];
  constructor(numbers: readonly [bigint, bigint, bigint], prerelease: readonly string[]) {
    this.numbers = numbers;
    this.prerelease = prerelease;
  }
}

/** A named format, with what it accepts. */
export class NamedFormat {
  readonly name: string;
  readonly test: (text: string) => boolean;
  constructor(name: string, test: (text: string) => boolean) {
    this.name = name;
    this.test = test;
  }
}

/** The types of Kubernetes, by the names that CEL has for them. */
export const KUBERNETES_TYPES: Readonly<Record<string, new (...parts: never[]) => object>> = {
  'kubernetes.Quantity': Quantity,
  'net.IP': Ip,
  'net.CIDR': Cidr,
  'kubernetes.URL': Url,
  'kubernetes.Semver': Semver,
  'kubernetes.NamedFormat': NamedFormat,
};

export function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** The keys and values of a map; undefined for what is none. */
export function entriesOf(value: unknown): [key: unknown, value: unknown][] | undefined {
  if (value instanceof Map) return [...value.entries()];
  if (!isPlainObject(value)) return undefined;
  return Object.entries(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What a map holds under a key; undefined where it holds nothing. */
export function lookUp(map: unknown, key: unknown): unknown {
  if (map instanceof Map) return map.get(key);
  return isPlainObject(map) && typeof key === 'string' && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Equality as CEL has it: numbers by their value, whatever their type, and false for what cannot be compared. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const [left, right] = [numberOf(a), numberOf(b)];
  // oxlint-disable-next-line eqeqeq -- an integer and a float are compared by value
  if (left !== undefined && right !== undefined) return left == right;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  if (a instanceof Optional && b instanceof Optional) {
    return a.hasValue() && b.hasValue() ? isEqual(a.value(), b.value()) : a.hasValue() === b.hasValue();
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  const [entries, others] = [entriesOf(a), entriesOf(b)];
  if (entries !== undefined && others !== undefined) {
    return (
      entries.length === others.length &&
      entries.every(([key, value]) => {
        const other = lookUp(b, key);
        return other !== undefined && isEqual(value, other);
      })
    );
  }
  return isSameObject(a, b);
}

function isSameObject(a: unknown, b: unknown): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Duration && b instanceof Duration) return a.seconds === b.seconds && a.nanos === b.nanos;
  if (a instanceof Quantity && b instanceof Quantity) return a.nanos === b.nanos;
  if (a instanceof Ip && b instanceof Ip) return a.version === b.version && a.value === b.value;
  if (a instanceof Cidr && b instanceof Cidr) return isSameObject(a.ip, b.ip) && a.bits === b.bits;
  if (a instanceof Url && b instanceof Url) return a.text === b.text;
  if (a instanceof Semver && b instanceof Semver) return compareSemver(a, b) === 0;
  return false;
}

function numberOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return value instanceof UnsignedInt ? value.valueOf() : undefined;
}

/** Less than 0, 0, or more; undefined for what has no order. */
export function compare(a: unknown, b: unknown): number | undefined {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (a instanceof Duration && b instanceof Duration) return a.valueOf() - b.valueOf();
  return undefined;
}

export function compareSemver(a: Semver, b: Semver): -1 | 0 | 1 {
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0n;
    if (number !== other) return number < other ? -1 : 1;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) {
    return a.prerelease.length === b.prerelease.length ? 0 : a.prerelease.length === 0 ? 1 : -1;
  }
  for (let index = 0; index < Math.max(a.prerelease.length, b.prerelease.length); index++) {
    const [left, right] = [a.prerelease[index], b.prerelease[index]];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    if (left === right) continue;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (isNumber && isOtherNumber) return BigInt(left) < BigInt(right) ? -1 : 1;
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}
