import { realpathSync, statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { isFileInside, realPath } from '../../files/inside.ts';
import { UserError } from '../user-error.ts';
import { isOwnReport } from './own-report.ts';

/** What a run reads. Paths are relative to the working directory, or absolute. */
export interface ReadFiles {
  /** Files that are read as they are: manifests, archives, values, policies, a baseline. */
  readonly files: Iterable<string>;
  /** Charts: all of their files are read. */
  readonly charts: Iterable<string>;
  /** Files that a folder or a glob among the inputs has, and that are left out because they are written. */
  readonly leftOut?: Iterable<string> | undefined;
}

/**
 * Refuses to write over what is read, by whatever name: through a link, in another case, as a file of a folder. A report
 * of an earlier run may lie in a folder that is linted.
 * @param outputs the files to write
 * @throws UserError
 */
export function refuseReplacing(outputs: readonly string[], read: ReadFiles, workingDirectory: string): void {
  for (const output of outputs) {
    const path = resolve(workingDirectory, output);
    const stats = fileAt(path);
    if (stats === undefined) continue;
    const isSame = (file: string): boolean => {
      const other = fileAt(resolve(workingDirectory, file));
      return other?.dev === stats.dev && other.ino === stats.ino;
    };
    const place = realpathSync(path);
    const isIn = (chart: string): boolean => isFileInside(place, realPath(resolve(workingDirectory, chart)));
    if ([...read.files].some(isSame) || (isAmong(read, isSame, isIn) && !isOwnReport(path))) {
      throw new UserError(`The output would replace ${output}, which is an input. Write it to another file.`);
    }
  }
}

function isAmong(
  { leftOut = [], charts }: ReadFiles,
  isSame: (file: string) => boolean,
  isIn: (chart: string) => boolean,
): boolean {
  return [...leftOut].some(isSame) || [...charts].some(isIn);
}

/** Undefined for what does not exist, or is no file: a device is not replaced. */
function fileAt(path: string): Stats | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats : undefined;
  } catch {
    return undefined;
  }
}
