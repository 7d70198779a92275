import { expect, it } from 'vitest';
import { baseEncodingFunctions } from '../../../src/helm/functions/base-encodings.ts';
import { result } from './run-function.ts';

// Every expectation was printed by Helm 4.1.4.
it.each([
  ['b64enc', 'aé', 'YcOp'],
  ['b64enc', '\udcff', '/w=='],
  ['b64dec', 'YQ==', 'a'],
  ['b64dec', '/w==', '\udcff'],
  ['b64dec', 'Y\nQ==', 'a'],
  ['b64dec', '!!', 'illegal base64 data at input byte 0'],
  ['b64dec', 'YQ', 'illegal base64 data at input byte 0'],
  ['b64dec', 'YQ=', 'illegal base64 data at input byte 3'],
  ['b64dec', 'YQ=a', 'illegal base64 data at input byte 2'],
  ['b64dec', 'YQ==x', 'illegal base64 data at input byte 4'],
  ['b32enc', 'a', 'ME======'],
  ['b32dec', 'ME======', 'a'],
  ['b32dec', 'M', 'illegal base32 data at input byte 0'],
])('%s %j is %j', (name, text, expected) => {
  expect(result(baseEncodingFunctions, name, text)).toBe(expected);
});
