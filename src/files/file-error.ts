/** Why a file is not read although it is there: it is not a file, it is too large, or it lies where nothing may be read. */
export class FileError extends Error {
  override readonly name = 'FileError';
  /** As the errors of `node:fs` have it. */
  readonly code: 'EISDIR' | 'ESPECIAL' | 'EFBIG' | 'EOUTSIDE';
  /** As it was asked for. */
  readonly path: string;
  /** A clause: `it is a folder, not a file`. */
  readonly reason: string;
  /** A sentence that says what to do. */
  readonly help: string;

  constructor(code: FileError['code'], path: string, reason: string, help: string) {
    super(`The file cannot be read: ${reason}. ${help}`);
    this.code = code;
    this.path = path;
    this.reason = reason;
    this.help = help;
  }
}

/** What kept a file from being read: a clause and a sentence with the way out; undefined for an error that is a bug. */
export function explainUnread(error: unknown): { readonly reason: string; readonly help: string } | undefined {
  if (error instanceof FileError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  switch (code) {
    case undefined:
      return undefined;
    case 'ENOENT':
    case 'ENOTDIR':
      return { reason: 'it does not exist', help: 'Check the path.' };
    case 'EISDIR':
      return { reason: 'it is a folder, not a file', help: 'Specify a file.' };
    case 'ELOOP':
      return { reason: 'its links lead in a circle', help: 'Fix the link.' };
    case 'EACCES':
    case 'EPERM':
      return { reason: 'permission denied', help: 'Check its permissions.' };
    default:
      return { reason: code, help: 'Check its permissions.' };
  }
}
