import { parseAddress } from './ip-address.ts';
import { quoteGo } from './quote.ts';
import { escapeUrl, unescapeUrl, UrlError } from './url-escape.ts';

/** A URL as Go's net/url takes it apart. */
interface Url {
  readonly scheme: string;
  readonly opaque: string;
  /** As it is written in a URL; undefined when there is none. */
  readonly userinfo: string | undefined;
  /** With its port. */
  readonly host: string;
  /** Decoded. */
  readonly path: string;
  /** As it is written. */
  readonly query: string;
  /** Decoded. */
  readonly fragment: string;
}

const EMPTY: Url = { scheme: '', opaque: '', userinfo: undefined, host: '', path: '', query: '', fragment: '' };

/** Takes a URL apart. Throws `UrlError` with Go's text. */
export function parseUrl(text: string): Url {
  const [beforeFragment, fragment] = cutAt(text, '#');
  const url = whileParsing(beforeFragment, () => parseRest(beforeFragment));
  if (fragment === undefined || fragment === '') return url;
  return { ...url, fragment: whileParsing(text, () => unescapeUrl(fragment, 'fragment')) };
}

function whileParsing<T>(text: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof UrlError ? new UrlError(`parse ${quoteGo(text)}: ${error.message}`) : error;
  }
}

function parseRest(text: string): Url {
  if (/[\0-\x1f\x7f]/.test(text)) throw new UrlError('net/url: invalid control character in URL');
  if (text === '*') return { ...EMPTY, path: '*' };
  if (text.startsWith(':')) throw new UrlError('missing protocol scheme');
  const written = /^([A-Za-z][0-9A-Za-z+.-]*):/.exec(text)?.[1];
  const scheme = written?.toLowerCase() ?? '';
  const [rest, query = ''] = cutAt(written === undefined ? text : text.slice(written.length + 1), '?');
  const url = { ...EMPTY, scheme, query };
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...url, opaque: rest };
    if (cutAt(rest, '/')[0].includes(':')) throw new UrlError('first path segment in URL cannot contain colon');
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  if (!hasAuthority) return { ...url, path: unescapeUrl(rest, 'path') };
  const slash = rest.indexOf('/', 2);
  const authority = parseAuthority(rest.slice(2, slash < 0 ? rest.length : slash));
  return { ...url, ...authority, path: slash < 0 ? '' : unescapeUrl(rest.slice(slash), 'path') };
}

function parseAuthority(text: string): { readonly userinfo: string | undefined; readonly host: string } {
  const at = text.lastIndexOf('@');
  const host = parseHost(text.slice(at + 1));
  if (at < 0) return { userinfo: undefined, host };
  const written = text.slice(0, at);
  if (!/^[0-9A-Za-z\-._:~!$&'()*+,;=%@]*$/.test(written)) throw new UrlError('net/url: invalid userinfo');
  const [user, password] = cutAt(written, ':');
  const name = escapeUrl(unescapeUrl(user, 'user'), 'user');
  if (password === undefined) return { userinfo: name, host };
  return { userinfo: `${name}:${escapeUrl(unescapeUrl(password, 'user'), 'user')}`, host };
}

function parseHost(text: string): string {
  const open = text.lastIndexOf('[');
  if (open > 0) throw new UrlError('invalid IP-literal');
  if (open < 0) {
    if (text.includes(':')) checkPort(text.slice(text.lastIndexOf(':')));
    return unescapeUrl(text, 'host');
  }
  const close = text.lastIndexOf(']');
  if (close < 0) throw new UrlError("missing ']' in host");
  const port = text.slice(close + 1);
  checkPort(port);
  const name = text.slice(1, close);
  const zone = name.indexOf('%25');
  const address = unescapeUrl(zone < 0 ? name : name.slice(0, zone), 'host');
  const host = zone < 0 ? address : address + unescapeUrl(name.slice(zone), 'zone');
  const bytes = parseAddress(cutAt(host, '%')[0]);
  if (bytes === undefined) throw new UrlError(`invalid host: ParseAddr(${quoteGo(host)}): unable to parse IP`);
  if (bytes.length === 4) throw new UrlError('invalid IP-literal');
  return `[${host}]${port}`;
}

function checkPort(text: string): void {
  if (!isPort(text)) throw new UrlError(`invalid port ${quoteGo(text)} after host`);
}

function isPort(text: string): boolean {
  return /^(?::[0-9]*)?$/.test(text);
}

/** A host without its port and without the brackets of an address. */
export function hostnameOf(host: string): string {
  const colon = host.lastIndexOf(':');
  const name = colon >= 0 && isPort(host.slice(colon)) ? host.slice(0, colon) : host;
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
}

/** Puts a URL together; path, host and fragment are escaped. */
export function printUrl({ scheme, opaque, userinfo, host, path, query, fragment }: Url): string {
  let text = scheme === '' ? '' : `${scheme}:`;
  if (opaque === '') {
    const hasAuthority = scheme !== '' || host !== '' || userinfo !== undefined;
    if (hasAuthority && (host !== '' || path !== '' || userinfo !== undefined)) text += '//';
    if (userinfo !== undefined) text += `${userinfo}@`;
    text += escapeUrl(host, 'host');
    const escaped = path === '*' ? path : escapeUrl(path, 'path');
    if (escaped !== '' && !escaped.startsWith('/') && host !== '') text += '/';
    // Else its first segment would be taken for a scheme (RFC 3986, section 4.2).
    if (text === '' && cutAt(escaped, '/')[0].includes(':')) text = './';
    text += escaped;
  } else text += opaque;
  if (query !== '') text += `?${query}`;
  return fragment === '' ? text : `${text}#${escapeUrl(fragment, 'fragment')}`;
}

function cutAt(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
