import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ChartError } from '../../helm/chart/chart-error.ts';
import { readArchive } from '../../helm/load/load-archive.ts';
import {
  archivePath,
  dependencyCacheFolder,
  recordPath,
  sha256,
  type RemoteDependency,
} from '../../helm/load/dependency-cache.ts';
import { LoadBudget } from '../../helm/load/load-budget.ts';
import { loadFiles } from '../../helm/load/load-files.ts';
import { DownloadError } from './download-error.ts';
import type { DownloadedChart } from './session.ts';

/**
 * Keeps a downloaded chart in the user's cache folder, once it has been read.
 * @throws DownloadError for what is not the chart that was asked for, and when the folder cannot be written
 */
export function storePacked(wanted: RemoteDependency, chart: DownloadedChart): void {
  requireChart(wanted, chart);
  const cache = dependencyCacheFolder();
  if (cache === undefined) {
    throw new DownloadError('There is no cache folder.', 'Set the environment variable HOME or XDG_CACHE_HOME.');
  }
  const digest = sha256(chart.bytes);
  writeWhole(archivePath(cache, digest), chart.bytes);
  writeWhole(recordPath(cache, wanted), JSON.stringify({ version: chart.version, digest }));
}

function requireChart({ name }: RemoteDependency, { version, bytes, from }: DownloadedChart): void {
  let metadata;
  try {
    const budget = new LoadBudget();
    ({ metadata } = loadFiles(readArchive(bytes, from, budget), budget));
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    throw new DownloadError(
      `${from} is not a packed chart that can be used: ${error.message}.`,
      'Check the repository.',
    );
  }
  if (metadata.name === name && metadata.version === version) return;
  throw new DownloadError(
    `${from} is said to be version ${version} of chart ${name}, but is version ${metadata.version} of chart ${metadata.name}.`,
    'Check the repository.',
  );
}

/** So that a reader sees all of it or nothing. */
function writeWhole(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(draft, content, { flag: 'wx', mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '') throw error;
    throw new DownloadError(
      `The cache folder ${dirname(path)} cannot be written (${code}).`,
      'Check its permissions, or set XDG_CACHE_HOME to another folder.',
    );
  } finally {
    rmSync(draft, { force: true });
  }
}
