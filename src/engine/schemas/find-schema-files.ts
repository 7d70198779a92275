import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SchemaSource } from '../../policy/policy.ts';

/** A file that may hold schemas. */
export interface SchemaFile {
  /** Absolute. */
  readonly path: string;
  /** Whether the policy names this very file, so that a schema must be in it. */
  readonly isNamed: boolean;
  readonly source: SchemaSource;
}

/** The files that an entry of `schemas` means, or why there are none: a full sentence. */
export async function findSchemaFiles(source: SchemaSource, workingDirectory: string): Promise<SchemaFile[] | string> {
  if (/^[a-z]+:\//i.test(source.path) && !/^[a-z]:[\\/]/i.test(source.path)) {
    return 'Schemas are never downloaded. Download the file, and write its path.';
  }
  const path = resolve(workingDirectory, source.path);
  const kind = entryKindOf(path);
  if (kind === 'file') return [{ path, isNamed: true, source }];
  const found = kind === 'folder' ? filesIn(path) : await expand(source.path, workingDirectory);
  const files = found.filter((file) => /\.(?:ya?ml|json)$/i.test(file)).toSorted();
  if (files.length > 0) return files.map((file) => ({ path: file, isNamed: false, source }));
  if (kind === 'folder') return `There is no YAML or JSON file in ${source.path}. Correct the path.`;
  return `${source.path} matches no file. Correct the path; it is relative to the policy file.`;
}

function entryKindOf(path: string): 'file' | 'folder' | undefined {
  const entry = statSync(path, { throwIfNoEntry: false });
  return entry?.isDirectory() === true ? 'folder' : entry === undefined ? undefined : 'file';
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function expand(pattern: string, workingDirectory: string): Promise<string[]> {
  if (!/[*?[{]/.test(pattern)) return [];
  const { glob } = await import('tinyglobby');
  return glob(pattern, { cwd: workingDirectory, absolute: true });
}
