import { lstatSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { FileError } from './file-error.ts';

/** Whether a path is a folder or in it; both without links. */
export function isFileInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A path without links; the part of it that is not there keeps its name. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPath(above), basename(path));
  }
}

/**
 * Refuses a path that leads out of a folder, whether or not something is there.
 * @param within the folder, without links
 * @throws FileError
 */
export function requireInside(path: string, within: string): void {
  if (!isFileInside(realPath(path), within)) throw outside(path, within);
}

/**
 * Refuses an open file that is not in a folder: the path may have led elsewhere when it was looked at before.
 * @param within the folder, without links
 * @throws FileError
 */
export function checkPlace(descriptor: number, path: string, stats: Stats, within: string): void {
  if (!isFileInside(placeOf(descriptor, path, stats) ?? '', within)) throw outside(path, within);
}

/** Where an open file is, without links; undefined when it is no longer where the path leads. */
function placeOf(descriptor: number, path: string, { dev, ino }: Stats): string | undefined {
  try {
    // Linux knows; what was replaced or removed since has a suffix.
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    // Elsewhere the path is followed again, to the end: a link there must lead to the very file that is open.
    const place = realPath(path);
    const found = lstatSync(place, { throwIfNoEntry: false });
    return found?.dev === dev && found.ino === ino ? place : undefined;
  }
}

function outside(path: string, within: string): FileError {
  return new FileError('EOUTSIDE', path, `it is outside ${within}`, 'Copy the file into it.');
}
