/** A URL as Go reads it. */
export interface RequestUri {
  /** In lower case. */
  readonly scheme: string;
  /** With the port. */
  readonly host: string;
  /** As it is written, with its escapes. */
  readonly path: string;
  /** What is behind `?`, as it is written. */
  readonly query: string;
}

/** Characters that may stand in a host beside letters and digits. */
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]|[^\0-\x7f]|%[89A-Fa-f][0-9A-Fa-f])*$/;

/**
 * Reads an absolute URL or an absolute path, as `ParseRequestURI` in Go's package net/url; undefined for what it refuses.
 */
export function parseRequestUri(text: string): RequestUri | undefined {
  // oxlint-disable-next-line no-control-regex -- these are what Go refuses
  if (text === '' || /[\0-\x1f\x7f]/.test(text) || text.startsWith(':')) return undefined;
  if (text === '*') return { scheme: '', host: '', path: '*', query: '' };
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1] ?? '';
  const rest = text.slice(scheme === '' ? 0 : scheme.length + 1);
  const mark = rest.indexOf('?');
  const [before, query] = mark < 0 ? [rest, ''] : [rest.slice(0, mark), rest.slice(mark + 1)];
  if (!before.startsWith('/')) {
    return scheme === '' ? undefined : { scheme: scheme.toLowerCase(), host: '', path: '', query };
  }
  const hasAuthority = scheme !== '' && before.startsWith('//');
  const slash = hasAuthority ? before.indexOf('/', 2) : 0;
  const authority = hasAuthority ? before.slice(2, slash < 0 ? undefined : slash) : '';
  const path = hasAuthority ? (slash < 0 ? '' : before.slice(slash)) : before;
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (!isEscaped(path) || !isHost(host) || (at >= 0 && !isUserInfo(authority.slice(0, at)))) return undefined;
  return { scheme: scheme.toLowerCase(), host, path, query };
}

function isEscaped(text: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(text);
}

function isUserInfo(text: string): boolean {
  return isEscaped(text) && /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text);
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return /^\[[^\]]*\](?::\d*)?$/.test(host) && HOST.test(host.replace(/%25.*\]/, ']'));
  const colon = host.lastIndexOf(':');
  return (colon < 0 || /^:\d*$/.test(host.slice(colon))) && HOST.test(host);
}

/** The host of a URL without its port and brackets. */
export function hostnameOf({ host }: RequestUri): string {
  const name = host.replace(/:\d*$/, (port) => (/^\[[^\]]*$/.test(host) ? port : ''));
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
}

export function portOf({ host }: RequestUri): string {
  return /^(?:\[[^\]]*\]|[^[\]]*):(\d*)$/.exec(host)?.[1] ?? '';
}

/** The values of each parameter of a query, as `Query` in net/url: what cannot be read is left out. */
export function parametersOf({ query }: RequestUri): Map<string, string[]> {
  const parameters = new Map<string, string[]>();
  for (const part of query.split('&')) {
    if (part === '' || part.includes(';')) continue;
    const equals = part.indexOf('=');
    const key = decode(equals < 0 ? part : part.slice(0, equals));
    const value = decode(equals < 0 ? '' : part.slice(equals + 1));
    if (key === undefined || value === undefined) continue;
    parameters.set(key, [...(parameters.get(key) ?? []), value]);
  }
  return parameters;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
