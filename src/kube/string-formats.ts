import { parseRequestUri } from './request-uri.ts';
import { parseAddress, parseRange } from './validation/address.ts';
import { bytesOf } from './validation/formats.ts';

type Test = (text: string) => boolean;

/** The pattern is made when it is first needed: V8 reads it then, and all of Unicode for some. */
function matching(makePattern: () => RegExp): Test {
  let pattern: RegExp | undefined;
  return (text) => (pattern ??= makePattern()).test(text);
}

const UUID = (version: string, variant: string): Test =>
  matching(() => new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}-?${variant}-?[0-9a-f]{12}$`, 'i'));

const NAME = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';

/**
 * The formats that the API server checks in custom resources, by their names without dashes; it passes over all others.
 * Sources: formats.go in k8s.io/apiextensions-apiserver, strfmt in k8s.io/kube-openapi.
 */
export const FORMATS: ReadonlyMap<string, Test> = new Map([
  ['bsonobjectid', matching(() => /^[0-9a-f]{24}$/i)],
  ['uri', (text) => parseRequestUri(text) !== undefined],
  ['email', isEmail],
  ['hostname', isHostname],
  ['ipv4', (text) => text.includes('.') && parseAddress(text) !== undefined],
  ['ipv6', (text) => text.includes(':') && parseAddress(text) !== undefined],
  ['cidr', (text) => parseRange(text) !== undefined],
  ['mac', isHardwareAddress],
  ['uuid', UUID('[0-9a-f]{4}', '[0-9a-f]{4}')],
  ['uuid3', UUID('3[0-9a-f]{3}', '[0-9a-f]{4}')],
  ['uuid4', UUID('4[0-9a-f]{3}', '[89ab][0-9a-f]{3}')],
  ['uuid5', UUID('5[0-9a-f]{3}', '[89ab][0-9a-f]{3}')],
  ['isbn', (text) => isIsbn10(text) || isIsbn13(text)],
  ['isbn10', isIsbn10],
  ['isbn13', isIsbn13],
  ['creditcard', isCreditCard],
  ['ssn', (text) => text.length === 11 && /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(text)],
  ['hexcolor', matching(() => /^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/)],
  ['rgbcolor', isRgbColor],
  ['byte', matching(() => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/)],
  ['password', () => true],
  ['date', isDate],
  ['datetime', isDateTime],
  ['duration', (text) => parseLenientDuration(text) !== undefined],
  ['k8sshortname', (text) => text.length <= 63 && new RegExp(`^${NAME}$`).test(text)],
  ['k8slongname', (text) => text.length <= 253 && new RegExp(`^${NAME}(?:\\.${NAME})*$`).test(text)],
]);

/** Formats that the API server checks since a minor version only; before, they are passed over. */
export const FORMATS_SINCE: ReadonlyMap<string, number> = new Map([
  ['k8sshortname', 34],
  ['k8slongname', 34],
]);

/** What certainly is no address: what Go reads of RFC 5322 beyond that is not worth a false alarm. */
function isEmail(text: string): boolean {
  const address = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.trim();
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) return false;
  return (
    address.startsWith('"') ||
    !/[\s,;:<>()[\]\\@]/.test(address.slice(0, at) + address.slice(at + 1).replace(/^\[.*\]$/, ''))
  );
}

const HOST_LABEL = String.raw`[a-zA-Z0-9\p{S}\p{L}]`;
const looksLikeHost = matching(
  () =>
    new RegExp(
      String.raw`^(?:${HOST_LABEL}(?:-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?|` +
        String.raw`(?:${HOST_LABEL}(?:[-a-zA-Z0-9\p{S}\p{L}]{0,61}${HOST_LABEL})?\.)+[a-zA-Z\p{L}]{2,63})$`,
      'u',
    ),
);

function isHostname(text: string): boolean {
  return bytesOf(text) <= 255 && looksLikeHost(text) && text.split('.').every((part) => bytesOf(part) <= 63);
}

function isHardwareAddress(text: string): boolean {
  const pairs =
    /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2})*)$/i.test(text) && [17, 23, 59].includes(text.length);
  return pairs || (/^[0-9a-f]{4}(?:\.[0-9a-f]{4})+$/i.test(text) && [14, 19, 49].includes(text.length));
}

function isIsbn10(text: string): boolean {
  const digits = text.replaceAll(/[\s-]/g, '');
  if (!/^(?:\d{9}X|\d{10})$/.test(digits)) return false;
  const sum = [...digits].reduce(
    (total, digit, index) => total + (index + 1) * (digit === 'X' ? 10 : Number(digit)),
    0,
  );
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = text.replaceAll(/[\s-]/g, '');
  if (!/^\d{13}$/.test(digits)) return false;
  const sum = [...digits.slice(0, 12)].reduce(
    (total, digit, index) => total + (index % 2 === 0 ? 1 : 3) * Number(digit),
    0,
  );
  return Number(digits[12]) === (10 - (sum % 10)) % 10;
}

const CARD =
  /^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|6(?:011|5\d\d)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:2131|1800|35\d{3})\d{11})$/;

function isCreditCard(text: string): boolean {
  const digits = text.replaceAll(/\D+/g, '');
  if (!CARD.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const doubled = Number(digit) * 2;
    return total + (index % 2 === 0 ? Number(digit) : doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

function isRgbColor(text: string): boolean {
  const [, ...parts] = /^rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(text) ?? [];
  return parts.length === 3 && parts.every((part) => /^(?:0|[1-9]\d*)$/.test(part) && Number(part) < 256);
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
}

function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  const [, hours = '', minutes = '', seconds = ''] =
    /^(\d\d):(\d\d):(\d\d)(?:.\d+)?(?:z|[+-]\d\d:\d\d)$/.exec(time ?? '') ?? [];
  return isDate(date) && hours !== '' && hours <= '23' && minutes <= '59' && seconds <= '59';
}

/** In nanoseconds. */
const UNITS: readonly (readonly [nanoseconds: bigint, names: readonly string[]])[] = [
  [1n, ['ns', 'nano']],
  [1_000n, ['us', 'µs', 'micro']],
  [1_000_000n, ['ms', 'milli']],
  [1_000_000_000n, ['s', 'sec']],
  [60_000_000_000n, ['m', 'min']],
  [3_600_000_000_000n, ['h', 'hr', 'hour']],
  [86_400_000_000_000n, ['d', 'day']],
  [604_800_000_000_000n, ['w', 'wk', 'week']],
];

/** Nanoseconds of a duration as Go writes it, or in words such as `2 days`; undefined for what is none. */
export function parseLenientDuration(text: string): bigint | undefined {
  const exact = parseGoDuration(text);
  if (exact !== undefined) return exact;
  let total: bigint | undefined;
  for (const [, digits = '', name = ''] of text.matchAll(/(\d+)\s*([A-Za-zµ]+)/g)) {
    const unit = name.toLowerCase();
    for (const [nanoseconds, names] of UNITS) {
      if (names.includes(unit) || unit.startsWith(names.at(-1) ?? '')) {
        total = (total ?? 0n) + BigInt(digits) * nanoseconds;
      }
    }
  }
  return total;
}

/** Whether a text is a duration as Go writes it, such as `1h30m`. */
export function isGoDuration(text: string): boolean {
  return parseGoDuration(text) !== undefined;
}

function parseGoDuration(text: string): bigint | undefined {
  if (/^[+-]?0$/.test(text)) return 0n;
  if (!/^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const nanoseconds = UNITS.find(([, names]) => names.includes(unit.replace('μ', 'µ')))?.[0] ?? 0n;
    const scale = 10n ** BigInt(fraction.length);
    total += (BigInt(whole + fraction || '0') * nanoseconds) / scale;
  }
  return text.startsWith('-') ? -total : total;
}
