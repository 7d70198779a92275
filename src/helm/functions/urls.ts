import { hostnameOf, parseUrl, printUrl } from '../go/url.ts';
import { UrlError } from '../go/url-escape.ts';
import { Bytes, GoList, GoMap, Int, type Value } from '../value/value.ts';
import { Taint } from '../value/origin.ts';
import { mixed, Tracked } from '../value/tracked.ts';
import { FunctionError, type HelmFunction, plain, traced, type TrackedParameter } from '../value/function.ts';
import { influencedSlice } from './influence.ts';

/** Sprig's functions over URLs. */
export const urlFunctions: Readonly<Record<string, HelmFunction>> = {
  urlParse: traced(['string'], (_call, text) => {
    const { scheme, userinfo = '', host, path, query, opaque, fragment } = orPanic('url', () => parseUrl(text.value));
    const map = new GoMap();
    let at = 0;
    const entries = { scheme, userinfo, host, hostname: hostnameOf(host), opaque, path, query, fragment };
    for (const [key, value] of Object.entries(entries)) {
      const found = value === '' ? -1 : text.value.indexOf(value, at);
      map.set(key, value, sliceOfUrl(text, value, found).origin);
      // A host's name is part of the host.
      if (found >= 0 && key !== 'host') at = found + value.length;
    }
    return new Tracked(map, text.taint.origin);
  }),
  urlJoin: plain(['map'], (map) => {
    const userinfo = requireText(map, 'userinfo');
    return printUrl({
      scheme: requireText(map, 'scheme'),
      host: requireText(map, 'host'),
      path: requireText(map, 'path'),
      query: requireText(map, 'query'),
      opaque: requireText(map, 'opaque'),
      fragment: requireText(map, 'fragment'),
      userinfo:
        userinfo === '' ? undefined : orPanic('userinfo in dict', () => parseUrl(`proto://${userinfo}@host`).userinfo),
    });
  }),
};

function sliceOfUrl(text: TrackedParameter<'string'>, value: string, at: number): Tracked<string> {
  if (at < 0) return mixed(value, text.taint);
  return influencedSlice(text, at, at + value.length, Taint.none);
}

function orPanic<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    throw new FunctionError(`unable to parse ${what}: ${error.message}`);
  }
}

function requireText(map: GoMap, key: string): string {
  const value = map.get(key);
  if (value === undefined) return '';
  if (value === null) throw new FunctionError('runtime error: invalid memory address or nil pointer dereference');
  if (typeof value === 'string') return value;
  throw new FunctionError(`unable to parse ${key} key, must be of type string, but ${kindOf(value)} found`);
}

/** The name that Go's reflect has for the kind of a value. */
function kindOf(value: Exclude<Value, undefined | null | string>): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'float64';
  if (value instanceof Int || !(value instanceof GoMap || value instanceof GoList || value instanceof Bytes)) {
    return value.kind;
  }
  return value instanceof GoMap ? 'map' : 'slice';
}
