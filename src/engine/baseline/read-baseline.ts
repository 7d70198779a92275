import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { FileError } from '../../files/file-error.ts';
import { requireInside } from '../../files/inside.ts';
import { readFile } from '../../files/read-file.ts';
import { UserError } from '../user-error.ts';
import { BaselineError, parseBaseline, type Baseline } from './baseline.ts';
import { folderOfBaseline } from './name-in-baseline.ts';

/** A baseline, and where it is. */
export interface BaselineFile {
  /** As reports name it. */
  readonly name: string;
  readonly entries: Baseline;
}

/**
 * Reads a baseline.
 * @param within where a policy that was found may read; undefined for what the user named
 * @throws UserError when it is missing, half written or of another version
 */
export function readBaseline(file: string, workingDirectory: string, within?: string): BaselineFile {
  try {
    const path = resolve(workingDirectory, file);
    if (within !== undefined) requireInside(path, within);
    const bytes = readFile(path, { within, isNamed: within === undefined });
    return { name: file, entries: parseBaseline(bytes.toString('utf8')) };
  } catch (error) {
    if (error instanceof BaselineError) throw new UserError(`The baseline ${file} cannot be used. ${error.message}`);
    if (error instanceof FileError) {
      throw new UserError(`The baseline ${file} cannot be read: ${error.reason}. ${error.help}`);
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    const fault = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new UserError(`The baseline ${file} ${fault}. Create it with chartlint baseline --baseline ${file}.`);
  }
}

/** A baseline of which nothing was found in a run, in a sentence; undefined where that is as expected. */
export function explainUnmatched(
  { name, entries }: BaselineFile,
  { inputs, workingDirectory, isNamed }: { inputs: readonly string[]; workingDirectory: string; isNamed: boolean },
): string | undefined {
  const folder = folderOfBaseline(name, workingDirectory);
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
