import { fromBytes } from '../../go/bytes.ts';
import { isTimestamp, type Resolved, resolvePlain, shortTag, TAG_PREFIX, tagOf } from './resolve.ts';

/** What a scalar with a tag stands for, or what go-yaml has to say of it. A tag that it does not know makes a string. */
export function resolveTagged(tag: string, text: string): { value: Resolved } | { problem: string } {
  switch (tag) {
    case `${TAG_PREFIX}str`:
      return { value: text };
    case `${TAG_PREFIX}binary`:
      return decodeBinary(text);
    case `${TAG_PREFIX}null`:
    case `${TAG_PREFIX}bool`:
    case `${TAG_PREFIX}int`:
    case `${TAG_PREFIX}float`:
      return convert(tag, text);
    case `${TAG_PREFIX}timestamp`:
      return isTimestamp(text) ? { value: text } : convert(tag, text);
    default:
      return { value: text };
  }
}

function convert(tag: string, text: string): { value: Resolved } | { problem: string } {
  const value = resolvePlain(text);
  const found = tagOf(value);
  const wanted = shortTag(tag);
  if (found === wanted) return { value };
  const isSigned = typeof value === 'bigint' && value < 2n ** 63n;
  if (wanted === '!!float' && isSigned) return { value: Number(value) };
  return { problem: `yaml: cannot decode ${found} \`${text}\` as a ${wanted}` };
}

function decodeBinary(text: string): { value: Resolved } | { problem: string } {
  const base64 = text.replaceAll(/[\r\n]/g, '');
  const isBase64 = base64.length % 4 === 0 && /^[0-9A-Za-z+/]*={0,2}$/.test(base64);
  if (!isBase64) return { problem: 'yaml: !!binary value contains invalid base64 data' };
  // JSON, which comes next, is UTF-8.
  const decoded = fromBytes(Buffer.from(base64, 'base64'));
  const value = Array.from(decoded, (character) => {
    const code = character.charCodeAt(0);
    return character.length === 1 && code >= 0xdc80 && code <= 0xdcff ? '\ufffd' : character;
  });
  return { value: value.join('') };
}
