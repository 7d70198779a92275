import { expect, it } from 'vitest';
import { urlFunctions } from '../../../src/helm/functions/urls.ts';
import { result } from './run-function.ts';

const EMPTY = { fragment: '', host: '', hostname: '', opaque: '', path: '', query: '', scheme: '', userinfo: '' };

// Every expectation was printed by Helm 4.1.4.
it.each([
  [
    'http://user:pa%20ss@host:8080/p%20a/th?q=1&b=2#frag',
    {
      fragment: 'frag',
      host: 'host:8080',
      hostname: 'host',
      opaque: '',
      path: '/p a/th',
      query: 'q=1&b=2',
      scheme: 'http',
      userinfo: 'user:pa%20ss',
    },
  ],
  ['foo', { ...EMPTY, path: 'foo' }],
  ['mailto:a@b', { ...EMPTY, scheme: 'mailto', opaque: 'a@b' }],
  ['http://a:b:80/a', { ...EMPTY, scheme: 'http', host: 'a:b:80', hostname: 'a:b', path: '/a' }],
  [
    'http://[fe80::1%25en0]:80/',
    { ...EMPTY, scheme: 'http', host: '[fe80::1%en0]:80', hostname: 'fe80::1%en0', path: '/' },
  ],
  ['///a', { ...EMPTY, path: '///a' }],
  ['x:///a', { ...EMPTY, scheme: 'x', path: '/a' }],
])('parses %s', (text, expected) => {
  expect(result(urlFunctions, 'urlParse', text)).toEqual(expected);
});

it.each([
  ['http://a b/', 'parse "http://a b/": invalid character " " in host name'],
  [':a', 'parse ":a": missing protocol scheme'],
  ['http://h:x/', 'parse "http://h:x/": invalid port ":x" after host'],
  ['http://h/%zz', 'parse "http://h/%zz": invalid URL escape "%zz"'],
  ['1.2.3.4:80', 'parse "1.2.3.4:80": first path segment in URL cannot contain colon'],
  ['a\nb', 'parse "a\\nb": net/url: invalid control character in URL'],
  ['http://[x]/a', 'parse "http://[x]/a": invalid host: ParseAddr("x"): unable to parse IP'],
])('refuses %j', (text, expected) => {
  expect(result(urlFunctions, 'urlParse', text)).toBe(`ERROR: unable to parse url: ${expected}`);
});

it.each([
  [
    { scheme: 'http', host: 'h:1', path: '/p a', query: 'q=1', fragment: 'f', userinfo: 'u:p' },
    'http://u:p@h:1/p%20a?q=1#f',
  ],
  [{ host: 'h', path: 'p' }, '//h/p'],
  [{ scheme: 's', opaque: 'h', query: 'p' }, 's:h?p'],
  [{ path: 'a:b' }, './a:b'],
  [{ scheme: 's', path: '/x' }, 's:///x'],
  [{ userinfo: 'a@b/c', host: 'h' }, '//a@h'],
  [{ scheme: 1.5 }, 'ERROR: unable to parse scheme key, must be of type string, but float64 found'],
  [{}, ''],
])('joins %j', (parts, expected) => {
  expect(result(urlFunctions, 'urlJoin', parts)).toBe(expected);
});
