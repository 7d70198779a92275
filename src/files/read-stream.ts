import { FileError } from './file-error.ts';
import { MAX_BYTES, tooLarge } from './too-large.ts';

/**
 * Reads a stream to its end: standard input.
 * @throws FileError when there is more than the limit, or a folder at the other end
 */
export async function readStream(stream: AsyncIterable<Uint8Array>, maxBytes: number = MAX_BYTES): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge('-', maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') {
      throw new FileError('EISDIR', '-', 'it is a folder, not a file', 'Specify a file.');
    }
    throw error;
  }
  return Buffer.concat(chunks);
}
