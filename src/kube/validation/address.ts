import type { Check, Field } from './field.ts';

/** An IP address or a range of them. */
interface Address {
  readonly version: 4 | 6;
  readonly value: bigint;
  /** How many bits a range is about; all of them for an address. */
  readonly bits: number;
}

/**
 * Reads an address as Kubernetes does where a field is older than Go's strict parser: zeros may lead.
 * Source: ParseIPSloppy in k8s.io/utils/net.
 */
export function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? parseIPv6(text) : parseIPv4(text);
  if (value === undefined) return undefined;
  // An IPv4 address may be written as an IPv6 one.
  if (text.includes(':') && value >> 32n === 0xffffn) return { version: 4, value: value & 0xffff_ffffn, bits: 32 };
  return text.includes(':') ? { version: 6, value, bits: 128 } : { version: 4, value, bits: 32 };
}

function parseIPv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIPv6(text: string): bigint | undefined {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const last = embedded === null ? undefined : parseIPv4(embedded[2] ?? '');
  if (embedded !== null && last === undefined) return undefined;
  const tail = last === undefined ? '' : `${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`;
  const halves = `${embedded?.[1] ?? text}${tail}`.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], rest = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...rest];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** Reads a range such as `10.0.0.0/8`; bits beyond its length are dropped. */
export function parseRange(text: string): Address | undefined {
  const [, head = '', length = ''] = /^(.+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseAddress(head);
  if (address === undefined) return undefined;
  const isMapped = address.version === 4 && head.includes(':');
  const bits = Number(length) - (isMapped ? 96 : 0);
  if (bits < 0 || bits > address.bits) return undefined;
  const rest = BigInt(address.bits - bits);
  return { version: address.version, value: (address.value >> rest) << rest, bits };
}

/** Whether a range lies inside another one and is smaller. */
export function isStrictlyInside(range: Address, outer: Address): boolean {
  if (range.version !== outer.version || range.bits <= outer.bits) return false;
  const rest = BigInt((outer.version === 4 ? 32 : 128) - outer.bits);
  return range.value >> rest === outer.value >> rest;
}

export const ipAddress: Check = (field) => {
  if (parseAddress(field.text) === undefined) {
    field.invalid('is not an IP address', 'Write an IP address, as in 10.9.8.7 or 2001:db8::ffff');
  }
};

export const ipRange: Check = (field) => {
  if (parseRange(field.text.trim()) === undefined) {
    field.invalid(
      'is not a range of IP addresses',
      'Write a range in CIDR notation, as in 10.9.8.0/24 or 2001:db8::/64',
    );
  }
};

/** The address of an endpoint: one that can be reached from other machines. */
export function checkEndpointAddress(field: Field): void {
  const address = parseAddress(field.text);
  if (address === undefined) return ipAddress(field);
  const { version, value } = address;
  const wrong =
    value === 0n
      ? 'the unspecified address'
      : (version === 4 ? value >> 24n === 127n : value === 1n)
        ? 'a loopback address'
        : (version === 4 ? value >> 16n === 0xa9fen : value >> 118n === 0x3fan)
          ? 'a link-local address'
          : (version === 4 ? value >> 8n === 0xe00000n : value >> 112n === 0xff02n)
            ? 'a link-local multicast address'
            : undefined;
  if (wrong !== undefined) field.invalid(`is ${wrong}`, 'Write an address that other nodes can reach');
}
