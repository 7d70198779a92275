import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../engine/user-error.ts';

/**
 * Writes a file whole or not at all.
 * @throws UserError when the folder is missing or cannot be written to
 */
export function writeWhole(file: string, text: string, workingDirectory: string): void {
  const path = resolve(workingDirectory, file);
  const draft = `${path}.${randomUUID()}.tmp`;
  leaveOnSignals();
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new UserError(
      `The report cannot be written to ${file}${code}. Check that its folder exists and can be written to.`,
    );
  }
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** By themselves, signals end a process in the middle of a write; a listener is called after it. */
function leaveOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(SIGNALS[signal]));
  }
}
