import { dirname, relative, resolve, sep } from 'node:path';
import { descriptorOf } from '../../files/descriptors.ts';

/** Where a baseline is, seen from a run. Both are absolute. */
export interface BaselineBase {
  readonly folder: string;
  readonly workingDirectory: string;
}

/** What the files of a baseline are relative to; undefined when reports call them the same. */
export function baseOf(file: string | undefined, workingDirectory: string): BaselineBase | undefined {
  const folder = file === undefined ? workingDirectory : folderOfBaseline(file, workingDirectory);
  return folder === resolve(workingDirectory) ? undefined : { folder, workingDirectory };
}

/** What the files of a baseline are relative to: its folder; what is read from a pipe (`<(…)`) has none. */
export function folderOfBaseline(file: string, workingDirectory: string): string {
  return descriptorOf(file) === undefined ? dirname(resolve(workingDirectory, file)) : resolve(workingDirectory);
}

/** A file's name as its baseline knows it, so that runs in all folders call it the same. */
export function nameInBaseline(file: string, base: BaselineBase | undefined): string {
  if (base === undefined || file.startsWith('<')) return file;
  return relative(base.folder, resolve(base.workingDirectory, file)).split(sep).join('/') || '.';
}
