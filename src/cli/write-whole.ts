import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../engine/user-error.ts';
import { descriptorOf, writeDescriptor } from '../files/descriptors.ts';
import { leaveOnSignals } from './signals.ts';

/** Without O_NONBLOCK, opening a pipe waits until somebody reads from it. Windows has neither. */
const OPEN_FLAGS = constants.O_WRONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * Writes a file whole or not at all. A link stays, and what it leads to is written; a pipe and `/dev/null` are written to.
 * @throws UserError when the folder is missing or cannot be written to, and for what cannot take a report
 */
export function writeWhole(file: string, text: string, workingDirectory: string): void {
  const path = resolve(workingDirectory, file);
  try {
    const descriptor = descriptorOf(path);
    if (descriptor !== undefined) return writeDescriptor(descriptor, text);
    const target = statSync(path, { throwIfNoEntry: false });
    if (target === undefined) replaceFile(path, text);
    else if (target.isFile()) replaceFile(realpathSync(path), text);
    else writeSpecial(path, target, text);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENXIO') {
      throw new UserError(`The output cannot be written to ${file}: it is a pipe that nobody reads. Specify a file.`);
    }
    throw new UserError(
      `The output cannot be written to ${file}${code === '' ? '' : ` (${code})`}. Check that its folder exists and can be written to.`,
    );
  }
}

/** A draft moved to /dev/null would replace it, and root may do so. */
function writeSpecial(path: string, target: Stats, text: string): void {
  if (target.isBlockDevice())
    throw new UserError(`The output cannot be written to ${path}: it is a disk. Specify a file.`);
  const descriptor = openSync(path, OPEN_FLAGS);
  try {
    writeDescriptor(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

let isHeld = false;

/** What a signal would end while a draft is there ends after it, at the next pause. */
function holdSignals(): void {
  if (isHeld) return;
  isHeld = true;
  const release = leaveOnSignals();
  // A signal that came in the meantime is heard before.
  setImmediate(() => {
    release();
    isHeld = false;
  });
}

function replaceFile(path: string, text: string): void {
  holdSignals();
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    // A draft of that name that is there already, or a link, is somebody else's.
    writeFileSync(draft, text, { flag: 'wx' });
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}
