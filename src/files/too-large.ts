import { FileError } from './file-error.ts';

/** What is read of a file or a pipe at most: just under V8's longest string. */
export const MAX_BYTES = 500_000_000;

/** That a file, or what comes out of a pipe, is larger than is read. */
export function tooLarge(path: string, maxBytes: number): FileError {
  const limit = maxBytes % 1_000_000 === 0 ? `${maxBytes / 1_000_000} MB` : `${maxBytes} bytes`;
  return new FileError('EFBIG', path, `it is larger than ${limit}`, 'Split it.');
}
