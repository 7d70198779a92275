import { fromBytes, toBytes } from '../value/bytes.ts';
import { quoteGo } from './quote.ts';

/** What Go's net/url reports; its text is the same. */
export class UrlError extends Error {
  override readonly name = 'UrlError';
}

/** A part of a URL; each leaves other characters as they are. */
type UrlPart = 'path' | 'host' | 'zone' | 'user' | 'query' | 'fragment';

/** Besides letters, digits and `-._~`. */
const PLAIN: Readonly<Record<UrlPart, string>> = {
  path: '$&+,/:;=@',
  host: '!"$&\'()*+,:;<=>[]',
  zone: '!"$&\'()*+,:;<=>[]',
  user: '$&+,;=',
  query: '',
  fragment: '!$&()*+,/:;=?@',
};

function isPlain(character: string, part: UrlPart): boolean {
  return /[0-9A-Za-z\-._~]/.test(character) || PLAIN[part].includes(character);
}

/** Writes what must not appear in a part of a URL as `%XX`; in a query a space becomes `+`. */
export function escapeUrl(text: string, part: UrlPart): string {
  let escaped = '';
  for (const byte of toBytes(text)) {
    const character = String.fromCharCode(byte);
    if (byte < 0x80 && isPlain(character, part)) escaped += character;
    else if (character === ' ' && part === 'query') escaped += '+';
    else escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}

/** Reads `%XX`. Throws `UrlError` for what is not an escape or must not be one there. */
export function unescapeUrl(text: string, part: UrlPart): string {
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '%') {
      checkEscape(text.slice(at, at + 3), part);
      at += 2;
    } else if ((part === 'host' || part === 'zone') && character < '\x80' && !isPlain(character, part)) {
      throw new UrlError(`invalid character ${quoteGo(character)} in host name`);
    }
  }
  if (!text.includes('%')) return text;
  const bytes: Uint8Array[] = [];
  let start = 0;
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', start)) {
    bytes.push(toBytes(text.slice(start, at)), Uint8Array.of(Number.parseInt(text.slice(at + 1, at + 3), 16)));
    start = at + 3;
  }
  bytes.push(toBytes(text.slice(start)));
  return fromBytes(Buffer.concat(bytes));
}

function checkEscape(escape: string, part: UrlPart): void {
  const isEscape = /^%[0-9A-Fa-f]{2}$/.test(escape);
  const byte = Number.parseInt(escape.slice(1), 16);
  // A host may only escape what is not ASCII; a zone also what a host may hold, and a space (RFC 6874).
  const isForbiddenInHost = part === 'host' && byte < 0x80 && escape !== '%25';
  const isForbiddenInZone =
    part === 'zone' &&
    escape !== '%25' &&
    byte !== 0x20 &&
    (byte >= 0x80 || !isPlain(String.fromCharCode(byte), 'host'));
  if (isEscape && !isForbiddenInHost && !isForbiddenInZone) return;
  throw new UrlError(`invalid URL escape ${quoteGo(escape)}`);
}
