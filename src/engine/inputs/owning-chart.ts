import { basename, dirname, join } from 'node:path';
import { entryKind } from '../../policy/find.ts';

/**
 * The chart that a file is part of: the nearest folder above it that holds a Chart.yaml, and of a subchart in a `charts`
 * folder the chart around it. The search ends at the root of the Git repository.
 * @param file absolute; it need not exist any more
 */
export function owningChart(file: string): string | undefined {
  let folder = dirname(file);
  while (!isChart(folder)) {
    const above = dirname(folder);
    if (above === folder || entryKind(join(folder, '.git')) !== undefined) return undefined;
    folder = above;
  }
  while (basename(dirname(folder)) === 'charts' && isChart(dirname(dirname(folder)))) folder = dirname(dirname(folder));
  return folder;
}

/** Whether a folder is a chart. */
export function isChart(folder: string): boolean {
  return entryKind(join(folder, 'Chart.yaml')) === 'file';
}
