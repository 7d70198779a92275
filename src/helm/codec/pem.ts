/** A block of PEM (RFC 7468). */
interface PemBlock {
  /** What follows BEGIN: `CERTIFICATE`. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A block as Go writes it: lines of 64 characters. */
export function encodePem(type: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${type}-----`, ...lines, `-----END ${type}-----`, ''].join('\n');
}

/** The first block of a text; undefined when there is none. */
export function decodePem(text: string): PemBlock | undefined {
  for (let begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + 1)) {
    if (begin > 0 && text[begin - 1] !== '\n') continue;
    const lineEnd = text.indexOf('\n', begin);
    const type = /^-----BEGIN (.*)-----[\t\r ]*$/.exec(text.slice(begin, lineEnd))?.[1];
    if (lineEnd < 0 || type === undefined) continue;
    const end = text.indexOf(`\n-----END ${type}-----`, lineEnd);
    if (end < 0) continue;
    const body = withoutHeaders(text.slice(lineEnd + 1, end + 1)).replaceAll(/[\t\n\r ]/g, '');
    if (!/^[0-9A-Za-z+/]*={0,2}$/.test(body) || body.length % 4 !== 0) continue;
    return { type, bytes: Buffer.from(body, 'base64') };
  }
  return undefined;
}

const BEGIN = '-----BEGIN ';

/** Drops the `Name: value` lines that may appear before the data. */
function withoutHeaders(body: string): string {
  let at = 0;
  for (;;) {
    const end = body.indexOf('\n', at);
    if (end < 0 || !body.slice(at, end).includes(':')) return body.slice(at);
    at = end + 1;
  }
}
