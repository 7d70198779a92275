import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { descriptorOf, readDescriptor } from './descriptors.ts';
import { FileError } from './file-error.ts';
import { checkPlace } from './inside.ts';
import { MAX_BYTES, tooLarge } from './too-large.ts';

export interface ReadLimits {
  /** More than this is refused; 500 MB by default. */
  readonly maxBytes?: number | undefined;
  /** A folder, without links, that the file must be in. Links that lead out of it lead to nothing. */
  readonly within?: string | undefined;
  /** Whether the user named the file: then `/dev/stdin`, `<(…)` and `/dev/null` are what was meant. */
  readonly isNamed?: boolean | undefined;
}

/** Without O_NONBLOCK, opening a pipe waits until somebody writes to it. Windows has neither. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
/** Some files say that they are empty, and are not (`/proc`). */
const FIRST_READ = 4096;

/**
 * Reads a file: the one way in which chartlint reads what it did not bring with it. Looks at what was opened, not at
 * what was there before, and reads no more than the limit.
 * @throws FileError, or an error of `node:fs`
 */
export function readFile(path: string, { maxBytes = MAX_BYTES, within, isNamed = false }: ReadLimits = {}): Buffer {
  if (isNamed) {
    const absolute = resolve(path);
    const descriptor = descriptorOf(absolute);
    if (descriptor !== undefined) return readDescriptor(descriptor, path, maxBytes);
    if (absolute === '/dev/null') return Buffer.alloc(0);
  }
  // To open some devices is to use them.
  requireFile(statSync(path), path);
  const descriptor = openSync(path, OPEN_FLAGS);
  try {
    const stats = fstatSync(descriptor);
    requireFile(stats, path);
    if (within !== undefined) checkPlace(descriptor, path, stats, within);
    return readUpTo(descriptor, path, stats.size, maxBytes);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads what is left of an open file.
 * @param expected how many bytes it says that it has
 * @throws FileError when there is more than the limit
 */
function readUpTo(descriptor: number, path: string, expected: number, maxBytes: number): Buffer {
  if (expected > maxBytes) throw tooLarge(path, maxBytes);
  let buffer = Buffer.allocUnsafeSlow(Math.max(expected + 1, FIRST_READ));
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.subarray(0, length);
    length += count;
    if (length > maxBytes) throw tooLarge(path, maxBytes);
    if (length < buffer.length) continue;
    const larger = Buffer.allocUnsafeSlow(buffer.length * 2);
    buffer.copy(larger);
    buffer = larger;
  }
}

/** @throws FileError for what is not a file */
function requireFile(stats: Stats, path: string): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) {
    throw new FileError('EISDIR', path, 'it is a folder, not a file', 'Remove it, or specify a file.');
  }
  const kind = stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
  throw new FileError('ESPECIAL', path, `it is ${kind}, not a file`, 'Remove it, or write its content to a file.');
}
