import { randomUUID } from 'node:crypto';
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../engine/user-error.ts';

/**
 * Writes a file whole or not at all. A link stays, and what it leads to is written; a device or a pipe is written to.
 * @throws UserError when the folder is missing or cannot be written to
 */
export function writeWhole(file: string, text: string, workingDirectory: string): void {
  const path = resolve(workingDirectory, file);
  leaveOnSignals();
  try {
    const target = statSync(path, { throwIfNoEntry: false });
    if (target === undefined) replaceFile(path, text);
    else if (target.isFile()) replaceFile(realpathSync(path), text);
    // A draft moved to /dev/null would replace it, and root may do so.
    else writeFileSync(path, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new UserError(
      `The output cannot be written to ${file}${code}. Check that its folder exists and can be written to.`,
    );
  }
}

function replaceFile(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** With the exit status that a shell gives a process which they end. */
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** Without a listener, a signal ends the process in the middle of a write; a listener is called after it. */
function leaveOnSignals(): void {
  for (const [signal, status] of SIGNALS) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(status));
  }
}
