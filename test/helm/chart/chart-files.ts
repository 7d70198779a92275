import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ChartFile } from '../../../src/helm/chart/chart-file.ts';
import type { Chart } from '../../../src/helm/chart/chart.ts';
import { loadFiles } from '../../../src/helm/load/load-files.ts';

/** Files by name; a target stands behind `->` for a link. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A Chart.yaml. */
export function chartYaml(name: string, more = ''): string {
  return `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n${more}`;
}

/** A chart that is on no disk. */
export function chartOf(files: Files): Chart {
  const all: Files = { 'Chart.yaml': chartYaml('c'), ...files };
  return loadFiles(Object.entries(all).map(([name, data]) => new ChartFile(name, Buffer.from(data), `c/${name}`)));
}

/** Writes files to a new folder for the time of a call. */
export function inFolder<T>(files: Files, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'chart-'));
  try {
    for (const [name, data] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      if (typeof data === 'string' && data.startsWith('->')) symlinkSync(data.slice(2), path);
      else writeFileSync(path, data);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A packed chart. Names are as given, in the ustar format. */
export function pack(files: Files): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, data]) => member(name, Buffer.from(data)));
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** One member of a tar archive, with its data. */
export function member(name: string, data: Uint8Array, type = '0'): Uint8Array[] {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write(data.length.toString(8).padStart(11, '0'), 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
}
