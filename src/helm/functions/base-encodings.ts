import { decodeBase32, encodeBase32 } from '../go/base32.ts';
import { CorruptInputError, decodeBase64, encodeBase64 } from '../go/base64.ts';
import { type HelmFunction, plain } from '../value/function.ts';

/** Sprig's base64 and base32. What cannot be decoded gives the text of the error. */
export const baseEncodingFunctions: Readonly<Record<string, HelmFunction>> = {
  b64enc: plain(['string'], encodeBase64),
  b64dec: plain(['string'], (text) => orErrorText(() => decodeBase64(text))),
  b32enc: plain(['string'], encodeBase32),
  b32dec: plain(['string'], (text) => orErrorText(() => decodeBase32(text))),
};

function orErrorText(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof CorruptInputError) return error.message;
    throw error;
  }
}
