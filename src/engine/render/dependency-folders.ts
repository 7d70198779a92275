import { resolve } from 'node:path';
import { realPath } from '../../files/inside.ts';
import { repositoryAround } from '../../policy/find.ts';
import type { ReleaseFlags } from '../release-choice.ts';

/**
 * The folders that the `file://` dependencies of a chart may be in: its Git repository, else its own, and those that the
 * command line names.
 */
export function dependencyFolders(
  { depsFrom = [] }: ReleaseFlags,
  workingDirectory: string,
): (folder: string) => readonly string[] {
  return (folder) => {
    const own = realPath(folder);
    return [repositoryAround(own) ?? own, ...depsFrom.map((named) => realPath(resolve(workingDirectory, named)))];
  };
}
