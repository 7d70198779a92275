import { byteLength } from '../value/bytes.ts';
import { quoteGo } from '../go/quote.ts';
import { Re2 } from '../../re2/re2.ts';
import { RegexpError } from '../../re2/node.ts';
import { checkDate, checkDateTime, checkDuration, checkPeriod, checkTime } from './time-formats.ts';

type Check = (text: string) => string | undefined;

/** Whether a schema's `format` is one that is checked; others are let pass. */
export function isKnownFormat(name: string): boolean {
  return FORMATS.has(name);
}

/** Why a string does not have a format, as the library says it; undefined when it has. */
export function checkFormat(name: string, text: string): string | undefined {
  return FORMATS.get(name)?.(text);
}

const FORMATS = new Map<string, Check>([
  ['regex', checkRegex],
  ['json-pointer', checkPointer],
  ['relative-json-pointer', checkRelativePointer],
  ['uuid', checkUuid],
  ['duration', checkDuration],
  ['period', checkPeriod],
  ['ipv4', checkIpv4],
  ['ipv6', checkIpv6],
  ['hostname', checkHostname],
  ['email', checkEmail],
  ['date', checkDate],
  ['time', checkTime],
  ['date-time', checkDateTime],
  ['uri', checkUri],
  ['iri', checkUri],
  ['uri-reference', checkUriReference],
  ['iri-reference', checkUriReference],
  ['uri-template', checkUriTemplate],
  ['semver', checkSemver],
]);

function checkRegex(text: string): string | undefined {
  try {
    return void new Re2(text);
  } catch (error) {
    if (error instanceof RegexpError) return error.message;
    throw error;
  }
}

/** RFC 6901. */
function checkPointer(text: string): string | undefined {
  if (text === '') return undefined;
  if (!text.startsWith('/')) return 'not starting with /';
  return /~(?![01])/.test(text) ? '~ must be followed by 0 or 1' : undefined;
}

function checkRelativePointer(text: string): string | undefined {
  const digits = /^[0-9]*/.exec(text)?.[0] ?? '';
  if (digits === '') return 'must start with non-negative integer';
  if (digits.length > 1 && digits.startsWith('0')) return 'starts with zero';
  const rest = text.slice(digits.length);
  return rest === '#' ? undefined : checkPointer(rest);
}

function checkUuid(text: string): string | undefined {
  const lengths = [8, 4, 4, 4, 12];
  const groups = text.split('-');
  if (groups.length !== lengths.length) return 'must have 5 elements';
  for (const [index, group] of groups.entries()) {
    if (byteLength(group) !== lengths[index]) {
      return `element ${String(index + 1)} must be ${String(lengths[index])} characters long`;
    }
    const wrong = /[^0-9a-fA-F]/u.exec(group);
    if (wrong !== null) return `non-hex character ${quoteGo(wrong[0], "'")}`;
  }
  return undefined;
}

function checkIpv4(text: string): string | undefined {
  if (process.getBuiltinModule('node:net').isIPv4(text)) return undefined;
  const groups = text.split('.');
  if (groups.length !== 4) return 'expected four decimals';
  for (const group of groups) {
    if (group.length > 1 && group.startsWith('0')) return 'leading zeros';
    if (!/^[-+]?[0-9]+$/.test(group)) return `strconv.Atoi: parsing ${quoteGo(group)}: invalid syntax`;
    if (!(Number(group) >= 0 && Number(group) <= 255)) return 'decimal must be between 0 and 255';
  }
  return undefined;
}

function checkIpv6(text: string): string | undefined {
  if (!text.includes(':')) return 'missing colon';
  if (!process.getBuiltinModule('node:net').isIPv6(text)) return `ParseAddr(${quoteGo(text)}): unable to parse IP`;
  return text.includes('%') ? 'zone id is not a part of ipv6 address' : undefined;
}

function checkHostname(text: string): string | undefined {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  if (byteLength(name) > 253) return 'more than 253 characters long';
  for (const label of name.split('.')) {
    if (label === '' || byteLength(label) > 63) return 'label must be 1 to 63 characters long';
    if (label.startsWith('-')) return 'label starts with hyphen';
    if (label.endsWith('-')) return 'label ends with hyphen';
    const wrong = /[^a-zA-Z0-9-]/u.exec(label);
    if (wrong !== null) return `invalid character ${quoteGo(wrong[0], "'")}`;
  }
  return undefined;
}

function checkEmail(text: string): string | undefined {
  if (byteLength(text) > 254) return 'more than 255 characters long';
  const at = text.lastIndexOf('@');
  if (at === -1) return 'missing @';
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (byteLength(local) > 64) return 'local part more than 64 characters long';
  const fault = checkLocalPart(local);
  if (fault !== undefined) return fault;
  if (domain.startsWith('[') && domain.endsWith(']')) {
    const address = domain.slice(1, -1);
    const isIpv6 = address.startsWith('IPv6:');
    const reason = isIpv6 ? checkIpv6(address.slice(5)) : checkIpv4(address);
    return reason === undefined ? undefined : `invalid ipv${isIpv6 ? '6' : '4'} address: ${reason}`;
  }
  const reason = checkHostname(domain);
  return reason === undefined ? undefined : `invalid domain: ${reason}`;
}

function checkLocalPart(local: string): string | undefined {
  if (local.length > 1 && local.startsWith('"')) {
    const isPlain = !/[\\"]/.test(local.slice(1, -1));
    return isPlain ? undefined : 'backslash and quote are not allowed within quoted local part';
  }
  if (local.startsWith('.')) return 'starts with dot';
  if (local.endsWith('.')) return 'ends with dot';
  if (local.includes('..')) return 'consecutive dots';
  const wrong = /[^a-zA-Z0-9.!#$%&'*+\-/=?^_`{|}~]/u.exec(local);
  return wrong === null ? undefined : `invalid character ${quoteGo(wrong[0], "'")}`;
}

/** What Go's `url.Parse` refuses first of all. */
function checkUrl(text: string): string | undefined {
  const fail = (reason: string): string => `parse ${quoteGo(text)}: ${reason}`;
  if (/[\x00-\x1f\x7f]/.test(text)) return fail('net/url: invalid control character in URL');
  if (text.startsWith(':')) return fail('missing protocol scheme');
  const [path = ''] = text.split(/[?#]/, 1);
  const [segment = ''] = path.split('/', 1);
  if (segment.includes(':') && !/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(segment)) {
    return fail('first path segment in URL cannot contain colon');
  }
  const host = /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?\/\/([^/?#]*)/.exec(text)?.[1];
  const wrong = host === undefined ? null : /[ "<>\\^`{|}]/.exec(host);
  if (wrong !== null) return fail(`invalid character ${quoteGo(wrong[0])} in host name`);
  const escape = /%(?![0-9a-fA-F]{2}).{0,2}/su.exec(text);
  return escape === null ? undefined : fail(`invalid URL escape ${quoteGo(escape[0])}`);
}

function checkUri(text: string): string | undefined {
  return checkUrl(text) ?? (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text) ? undefined : 'relative url');
}

function checkUriReference(text: string): string | undefined {
  return text.includes('\\') ? 'contains \\' : checkUrl(text);
}

/** RFC 6570, of which the library looks at the braces in the path only. */
function checkUriTemplate(text: string): string | undefined {
  const fault = checkUrl(text);
  if (fault !== undefined) return fault;
  const [rest = ''] = text.replace(/^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?:\/\/[^/?#]*)?/, '').split(/[?#]/, 1);
  for (const segment of rest.split('/')) {
    const braces = segment.replace(/[^{}]/g, '');
    const unpaired = braces.replaceAll('{}', '');
    if (unpaired !== '')
      return unpaired === '{' && braces.endsWith('{') ? 'no matching closing brace' : 'nested curly braces';
  }
  return undefined;
}

/** Semantic Versioning 2.0.0. */
function checkSemver(text: string): string | undefined {
  const [rest = '', ...builds] = text.split('+');
  if (builds.length > 0) {
    const fault = checkIdentifiers(builds.join('+'), 'build');
    if (fault !== undefined) return fault;
  }
  const dash = rest.indexOf('-');
  if (dash !== -1) {
    const fault = checkIdentifiers(rest.slice(dash + 1), 'pre-release');
    if (fault !== undefined) return fault;
  }
  const numbers = (dash === -1 ? rest : rest.slice(0, dash)).split('.');
  if (numbers.length !== 3) return 'versionCore must have 3 numbers separated by dot';
  for (const [index, number] of numbers.entries()) {
    const name = ['major', 'minor', 'patch'][index] ?? '';
    if (number === '') return `${name} is empty`;
    if (number.length > 1 && number.startsWith('0')) return `${name} starts with zero`;
    if (!/^[0-9]+$/.test(number)) return `${name} contains non-digit`;
  }
  return undefined;
}

function checkIdentifiers(text: string, kind: 'build' | 'pre-release'): string | undefined {
  if (text === '' && kind === 'build') return 'build is empty';
  for (const identifier of text.split('.')) {
    if (identifier === '') return `${kind} identifier is empty`;
    const wrong = /[^0-9a-zA-Z-]/u.exec(identifier);
    if (wrong !== null) return `invalid character ${quoteGo(wrong[0], "'")} in ${kind} identifier`;
    if (kind === 'pre-release' && /^0[0-9]+$/.test(identifier)) {
      return 'pre-release numeric identifier starts with zero';
    }
  }
  return undefined;
}
