import { type Resolved, resolvePlain, type ScalarSchema } from './scalar.ts';
import { isTimestamp } from './timestamp.ts';

export const TAG_PREFIX = 'tag:yaml.org,2002:';

/** What Kubernetes knows; the tag `!` says no more than quotes do. */
const SCALAR_TAGS = ['str', 'binary', 'null', 'bool', 'int', 'float', 'timestamp', 'merge'];

type Tagged = { readonly value: Resolved } | { readonly misfit: string };

/** Whether the tag is one for nodes of that kind; `text` is that of a scalar. */
export function isTagKnown(tag: string, kind: 'scalar' | 'sequence' | 'mapping', text = ''): boolean {
  if (tag === '!') return true;
  if (!tag.startsWith(TAG_PREFIX)) return false;
  const name = tag.slice(TAG_PREFIX.length);
  if (kind !== 'scalar') return name === (kind === 'mapping' ? 'map' : 'seq');
  return SCALAR_TAGS.includes(name) && (name !== 'merge' || text === '<<');
}

/** What a scalar with a tag means, or what go-yaml says about it. A tag that it does not know makes a string. */
export function resolveTagged(tag: string, text: string, schema: ScalarSchema): Tagged {
  switch (tag) {
    case `${TAG_PREFIX}binary`: {
      const value = decodeBinary(text);
      return value === undefined ? { misfit: '' } : { value };
    }
    case `${TAG_PREFIX}null`:
    case `${TAG_PREFIX}bool`:
    case `${TAG_PREFIX}int`:
    case `${TAG_PREFIX}float`:
      return convert(tag, text, schema);
    case `${TAG_PREFIX}timestamp`:
      return isTimestamp(text) ? { value: text } : convert(tag, text, schema);
    default:
      return { value: text };
  }
}

function convert(tag: string, text: string, schema: ScalarSchema): Tagged {
  const value = resolvePlain(text, schema);
  const found = tagOf(value);
  const wanted = `!!${tag.slice(TAG_PREFIX.length)}`;
  if (found === wanted) return { value };
  const isSigned = typeof value === 'bigint' && value < 2n ** 63n;
  if (wanted === '!!float' && isSigned) return { value: Number(value) };
  return { misfit: `${found} \`${text}\` as a ${wanted}` };
}

/** The short tag of what a scalar stands for. */
function tagOf(value: Resolved): string {
  if (value === null) return '!!null';
  switch (typeof value) {
    case 'bigint':
      return '!!int';
    case 'number':
      return '!!float';
    case 'boolean':
      return '!!bool';
    default:
      return '!!str';
  }
}

function decodeBinary(text: string): string | undefined {
  const base64 = text.replaceAll(/[\r\n]/g, '');
  const isBase64 = base64.length % 4 === 0 && /^[0-9A-Za-z+/]*={0,2}$/.test(base64);
  return isBase64 ? decodeUtf8AsGo(Buffer.from(base64, 'base64')) : undefined;
}

/** JSON, which comes next, is UTF-8: Go puts U+FFFD for each byte that is not, Node for several at once. */
function decodeUtf8AsGo(bytes: Buffer): string {
  const decoded = bytes.toString('utf8');
  if (Buffer.from(decoded, 'utf8').equals(bytes)) return decoded;
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((count) => isUtf8(bytes.subarray(at, at + count), count)) ?? 0;
    text += length === 0 ? '\ufffd' : bytes.toString('utf8', at, at + length);
    at += Math.max(length, 1);
  }
  return text;
}

function isUtf8(bytes: Buffer, length: number): boolean {
  return bytes.length === length && Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}
