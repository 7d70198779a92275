import { parseAddress } from '../../validation/address.ts';
import { hostnameOf, parametersOf, parseRequestUri, portOf } from '../../request-uri.ts';
import { invalidArgument, noSuchOverload } from '../fault.ts';
import { Cidr, Ip, Url } from '../values.ts';
import type { Library } from './library.ts';

const BITS = { 4: 32, 6: 128 } as const;

function text(value: unknown): string {
  if (typeof value !== 'string') throw noSuchOverload('ip');
  return value;
}

/** Strictly, as netip.ParseAddr: no leading zeros, no zone, no IPv4 address written as IPv6. */
function readIp(value: unknown): Ip | undefined {
  const written = text(value);
  const address = parseAddress(written);
  const isMapped = address?.version === 4 && written.includes(':');
  if (address === undefined || isMapped || /(?:^|[.:])0\d+(?=\.|$)/.test(written)) return undefined;
  return new Ip(address.version, address.value);
}

function readCidr(value: unknown): Cidr | undefined {
  const [, head = '', length = ''] = /^(.+)\/(0|[1-9]\d{0,2})$/.exec(text(value)) ?? [];
  const ip = head === '' ? undefined : readIp(head);
  const bits = Number(length);
  return ip === undefined || bits > BITS[ip.version] ? undefined : new Cidr(ip, bits);
}

function ip(value: unknown): Ip {
  const found = value instanceof Ip ? value : readIp(value);
  if (found === undefined) throw invalidArgument('Not an IP address.');
  return found;
}

function cidr(value: unknown): Cidr {
  const found = value instanceof Cidr ? value : readCidr(value);
  if (found === undefined) throw invalidArgument('Not a range of IP addresses.');
  return found;
}

function receiver<T>(value: unknown, type: new (...parts: never[]) => T): T {
  if (!(value instanceof type)) throw noSuchOverload(type.name);
  return value;
}

function prefixOf({ version, value }: Ip, bits: number): bigint {
  return value >> BigInt(BITS[version] - bits);
}

function contains(range: Cidr, inner: Ip, bits: number): boolean {
  return (
    range.ip.version === inner.version &&
    bits >= range.bits &&
    prefixOf(range.ip, range.bits) === prefixOf(inner, range.bits)
  );
}

export function ipText({ version, value }: Ip): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  // The first of the longest runs of zeros is left out.
  let [start, length] = [0, 0];
  for (let at = 0; at < 8; at++) {
    let end = at;
    while (groups[end] === '0') end++;
    if (end - at > length) [start, length] = [at, end - at];
  }
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** Whether the first bits of an address are these. */
function starts({ version, value }: Ip, four: readonly [bigint, number], six: readonly [bigint, number]): boolean {
  const [prefix, bits] = version === 4 ? four : six;
  return value >> BigInt(BITS[version] - bits) === prefix;
}

const isLoopback = (address: Ip): boolean => starts(address, [127n, 8], [1n, 128]);
const isLinkLocalMulticast = (address: Ip): boolean => starts(address, [0xe00000n, 24], [0xff02n, 16]);
const isLinkLocalUnicast = (address: Ip): boolean => starts(address, [0xa9fen, 16], [0x3fan, 10]);
const isMulticast = (address: Ip): boolean => starts(address, [0xen, 4], [0xffn, 8]);

function isGlobalUnicast(address: Ip): boolean {
  const isBroadcast = address.version === 4 && address.value === 0xffff_ffffn;
  return (
    !isBroadcast && address.value !== 0n && ![isLoopback, isMulticast, isLinkLocalUnicast].some((is) => is(address))
  );
}

function onUrl(read: (url: Url) => unknown): (value: unknown) => unknown {
  return (value) => read(receiver(value, Url));
}

/** IP addresses, ranges of them, and URLs. */
export const network: Library = {
  functions: {
    'ip/1': (value) => ip(text(value)),
    'isIP/1': (value) => readIp(value) !== undefined,
    'cidr/1': (value) => cidr(text(value)),
    'isCIDR/1': (value) => readCidr(value) !== undefined,
    'url/1'(value) {
      const parts = parseRequestUri(text(value));
      if (parts === undefined) throw invalidArgument('Not a URL.');
      return new Url(parts, text(value));
    },
    'isURL/1': (value) => parseRequestUri(text(value)) !== undefined,
  },
  namespaced: { 'ip.isCanonical/1': (value) => ipText(ip(text(value))) === value },
  methods: {
    'family/0': (value) => BigInt(receiver(value, Ip).version),
    'isUnspecified/0': (value) => receiver(value, Ip).value === 0n,
    'isLoopback/0': (value) => isLoopback(receiver(value, Ip)),
    'isLinkLocalMulticast/0': (value) => isLinkLocalMulticast(receiver(value, Ip)),
    'isLinkLocalUnicast/0': (value) => isLinkLocalUnicast(receiver(value, Ip)),
    'isGlobalUnicast/0': (value) => isGlobalUnicast(receiver(value, Ip)),
    'containsIP/1': (range, address) => contains(receiver(range, Cidr), ip(address), Infinity),
    'containsCIDR/1'(range, inner) {
      const { ip: address, bits } = cidr(inner);
      return contains(receiver(range, Cidr), address, bits);
    },
    'ip/0': (range) => receiver(range, Cidr).ip,
    'prefixLength/0': (range) => BigInt(receiver(range, Cidr).bits),
    'masked/0'(value) {
      const { ip: address, bits } = receiver(value, Cidr);
      const rest = BigInt(BITS[address.version] - bits);
      return new Cidr(new Ip(address.version, (address.value >> rest) << rest), bits);
    },
    'getScheme/0': onUrl(({ parts }) => parts.scheme),
    'getHost/0': onUrl(({ parts }) => parts.host),
    'getHostname/0': onUrl(({ parts }) => hostnameOf(parts)),
    'getPort/0': onUrl(({ parts }) => portOf(parts)),
    'getEscapedPath/0': onUrl(({ parts }) => parts.path),
    'getQuery/0': onUrl(({ parts }) => parametersOf(parts)),
  },
};
