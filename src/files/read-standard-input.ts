import { fstatSync } from 'node:fs';
import { FileError } from './file-error.ts';
import { MAX_BYTES, tooLarge } from './too-large.ts';

/**
 * Reads standard input to its end.
 * @param stdin makes the stream
 * @throws FileError when there is more than the limit, or a folder at the other end, which Node takes for an empty stream
 */
export async function readStandardInput(
  stdin: () => AsyncIterable<Uint8Array>,
  maxBytes: number = MAX_BYTES,
): Promise<Uint8Array> {
  if (fstatSync(0).isDirectory()) throw new FileError('EISDIR', '-', 'it is a folder, not a file', 'Specify a file.');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin()) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge('-', maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
