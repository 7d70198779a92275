import { fstatSync, statSync, writeSync } from 'node:fs';

/** Where the report goes. */
export interface StandardOutput {
  readonly write: (text: string) => void;
  /** Whether a person watches. */
  readonly isTTY: boolean;
  /** Undefined where there is no terminal, 0 where it does not say. */
  readonly columns: number | undefined;
}

/**
 * Standard output without Node's stream, which takes longer to make than a small report, where it is a file, a pipe or
 * /dev/null: Node writes to these in one go as well.
 * @param makeStream the stream, for all else
 * @param onError what cannot be written
 */
export function standardOutput(
  makeStream: () => NodeJS.WriteStream,
  onError: (error: NodeJS.ErrnoException) => void,
): StandardOutput {
  if (!needsNoStream()) {
    const stream = makeStream();
    return { write: (text) => void stream.write(text), isTTY: stream.isTTY, columns: stream.columns };
  }
  let isBroken = false;
  const write = (text: string): void => {
    if (isBroken) return;
    const rest = Buffer.from(text);
    let written = 0;
    try {
      while (written < rest.length) written += writeSync(1, rest, written);
    } catch (error) {
      // A pipe that does not wait for its reader is full.
      if (isErrno(error) && error.code === 'EAGAIN') makeStream().write(rest.subarray(written));
      else if (isErrno(error)) {
        isBroken = true;
        onError(error);
      } else throw error;
    }
  };
  return { write, isTTY: false, columns: undefined };
}

function needsNoStream(): boolean {
  // Windows has other kinds of consoles and pipes.
  if (process.platform === 'win32') return false;
  try {
    const output = fstatSync(1);
    return (
      output.isFile() ||
      output.isFIFO() ||
      output.isSocket() ||
      (output.isCharacterDevice() && output.rdev === statSync('/dev/null').rdev)
    );
  } catch {
    return false;
  }
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
