import { fstatSync, readSync, writeSync } from 'node:fs';
import { FileError } from './file-error.ts';
import { tooLarge } from './too-large.ts';

/** `/dev/stdin`, `/dev/fd/63`, as a shell writes `<(…)`. Links to them are not meant: a chart could bring one. */
const DESCRIPTOR = /^(?:\/dev\/(stdin|stdout|stderr)|\/(?:dev|proc\/self)\/fd\/(\d{1,9}))$/;
/** What is read at a time. */
const CHUNK = 1 << 16;
/** Milliseconds between two looks at a pipe that does not wait by itself. */
const PAUSE = 5;

/** What was read from each, by device and inode: a pipe is read once, but a values file for every environment. */
const contents = new Map<string, Buffer>();

/** The descriptor of this process that a path names; undefined for any other path. */
export function descriptorOf(path: string): number | undefined {
  const [, name, number] = DESCRIPTOR.exec(path) ?? [];
  if (name !== undefined) return ['stdin', 'stdout', 'stderr'].indexOf(name);
  return number === undefined ? undefined : Number(number);
}

/**
 * Reads an open descriptor to its end, and keeps what was read.
 * @throws FileError, or an error of `node:fs`
 */
export function readDescriptor(descriptor: number, path: string, maxBytes: number): Buffer {
  const stats = fstatSync(descriptor);
  if (stats.isDirectory()) throw new FileError('EISDIR', path, 'it is a folder, not a file', 'Specify a file.');
  const key = `${stats.dev}:${stats.ino}`;
  let content = contents.get(key);
  if (content === undefined) contents.set(key, (content = readAll(descriptor, path, maxBytes)));
  return content;
}

function readAll(descriptor: number, path: string, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    const count = readChunk(descriptor, chunk);
    if (count === 0) return Buffer.concat(chunks);
    length += count;
    if (length > maxBytes) throw tooLarge(path, maxBytes);
    chunks.push(chunk.subarray(0, count));
  }
}

/** Writes a text to an open descriptor, all of it. */
export function writeDescriptor(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    at += patiently(() => writeSync(descriptor, bytes, at));
  }
}

/** How many bytes were read: 0 at the end, which Windows says with an error. */
function readChunk(descriptor: number, chunk: Buffer): number {
  try {
    return patiently(() => readSync(descriptor, chunk));
  } catch (error) {
    if (codeOf(error) === 'EOF') return 0;
    throw error;
  }
}

/** Waits for a pipe where the descriptor does not. */
function patiently(use: () => number): number {
  for (;;) {
    try {
      return use();
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
