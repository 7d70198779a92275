import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { UserError } from '../user-error.ts';
import { BaselineError, parseBaseline, type Baseline } from './baseline.ts';

/** A baseline, and where it is. */
export interface BaselineFile {
  /** As reports name it. */
  readonly name: string;
  readonly entries: Baseline;
}

/**
 * Reads a baseline.
 * @throws UserError when it is missing, half written or of another version
 */
export function readBaseline(file: string, workingDirectory: string): BaselineFile {
  try {
    return { name: file, entries: parseBaseline(readFileSync(resolve(workingDirectory, file), 'utf8')) };
  } catch (error) {
    if (error instanceof BaselineError) throw new UserError(`The baseline ${file} cannot be used. ${error.message}`);
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new UserError(
      `The baseline ${file} cannot be read (${code}). Create it with chartlint baseline --baseline ${file}.`,
    );
  }
}

/** A baseline of which nothing was found in a run, in a sentence; undefined where that is as expected. */
export function explainUnmatched(
  { name, entries }: BaselineFile,
  { inputs, workingDirectory, isNamed }: { inputs: readonly string[]; workingDirectory: string; isNamed: boolean },
): string | undefined {
  const folder = dirname(resolve(workingDirectory, name));
  const files = [...new Set([...entries.values()].map(({ file }) => file.replace(/!.*/s, '')))];
  const paths = files.map((file) => resolve(folder, file));
  const isHere = paths.some((path) => existsSync(path));
  const isWithin = paths.some((path) => {
    return inputs
      .map((input) => resolve(workingDirectory, input))
      .some((input) => `${path}${sep}`.startsWith(`${input}${sep}`));
  });
  // The policy's baseline may be about other charts than these.
  if (entries.size === 0 || (isHere && !isWithin && !isNamed)) return undefined;
  const what = `No finding matches the baseline ${name}`;
  if (isHere) return `${what}. If all are fixed, run chartlint baseline --prune --baseline ${name}.`;
  return `${what}: none of its files (${files[0] ?? ''}${files.length > 1 ? ', …' : ''}) exists relative to it. Write it anew with chartlint baseline.`;
}
