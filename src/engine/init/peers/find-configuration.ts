import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { explainUnread } from '../../../files/file-error.ts';
import { readFile } from '../../../files/read-file.ts';
import { entryKind, repositoryAround } from '../../../policy/find.ts';
import { readPolicyFile } from '../../../policy/read-policy-file.ts';
import { SourceText } from '../../../text/source.ts';
import { Cursor } from '../../../yaml/cursor.ts';
import { UserError } from '../../user-error.ts';
import type { ConfigurationFile, Peer } from './configuration.ts';

/**
 * The configuration of another linter: what the user names, else the first file that is there in a folder, or in one above
 * up to the root of the Git repository; and what is read besides.
 * @param folder absolute
 * @throws UserError when a file cannot be read
 */
export function findConfiguration(
  { files, moreFiles = [] }: Peer,
  folder: string,
  named: string | undefined,
  workingDirectory: string,
): ConfigurationFile[] {
  const folders = foldersUpwards(folder);
  const own = named === undefined ? firstOf(files, folders) : resolve(workingDirectory, named);
  const more =
    folders.map((at) => moreFiles.flatMap((name) => expand(at, name))).find((found) => found.length > 0) ?? [];
  return [
    ...(own === undefined ? [] : [read(own, workingDirectory, true)]),
    ...more.filter((file) => file !== own).map((file) => read(file, workingDirectory, false)),
  ];
}

function foldersUpwards(folder: string): string[] {
  const root = repositoryAround(folder);
  if (root === undefined || folder === root) return [folder];
  return [folder, ...foldersUpwards(dirname(folder))];
}

function firstOf(names: readonly string[], folders: readonly string[]): string | undefined {
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => entryKind(file) === 'file');
}

/** A name may end in a star: all files of the folder. */
function expand(folder: string, name: string): string[] {
  if (!name.endsWith('/*')) return entryKind(join(folder, name)) === 'file' ? [join(folder, name)] : [];
  const parent = join(folder, dirname(name));
  if (entryKind(parent) !== 'folder') return [];
  const files = readdirSync(parent)
    .toSorted()
    .map((file) => join(parent, file));
  return files.filter((file) => entryKind(file) === 'file');
}

/** @param isRequired whether it must be YAML */
function read(file: string, workingDirectory: string, isRequired: boolean): ConfigurationFile {
  const shown = relative(workingDirectory, file).replaceAll('\\', '/');
  let text: string;
  try {
    text = readFile(file).toString('utf8');
  } catch (error) {
    throw new UserError(`${shown} cannot be read: ${explainUnread(error)?.reason ?? String(error)}.`);
  }
  const { document, errors } = readPolicyFile(new SourceText(shown, text));
  const [error] = text.trim() === '' ? [] : errors;
  if (isRequired && error !== undefined) {
    const { location, message } = error;
    throw new UserError(`${shown}:${location?.line ?? 1}:${location?.column ?? 1}: ${message}`);
  }
  return {
    name: basename(file),
    path: shown,
    text,
    root: document === undefined ? undefined : Cursor.root(document, document.root),
  };
}
