import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { IGNORED_FOLDERS } from './ignored-folders.ts';

/** The folders of all charts at and below a folder, those inside of charts left out; sorted. */
export function findCharts(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  if (entries.some((entry) => entry.name === 'Chart.yaml')) return [folder];
  return entries
    .filter((entry) => entry.isDirectory() && !IGNORED_FOLDERS.has(entry.name))
    .map((entry) => join(folder, entry.name))
    .toSorted()
    .flatMap(findCharts);
}
