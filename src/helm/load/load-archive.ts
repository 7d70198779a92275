import { posix } from 'node:path';
import { quoteGo } from '../go/quote.ts';
import { ChartError } from '../chart/chart-error.ts';
import { ChartFile } from '../chart/chart-file.ts';
import { chartTooLarge, type LoadBudget } from './load-budget.ts';
import { MAX_FILE_BYTES } from './max-file-bytes.ts';
import { readTar, TarError, type TarEntry } from './tar.ts';

/** RFC 1952. */
const GZIP_HEADER_BYTES = 10;

/**
 * Reads the files of a packed chart; their names lose the first folder.
 * @param file what reports call the archive
 * @param budget what the chart that it belongs to may still hold
 * @throws ChartError
 */
export function readArchive(bytes: Uint8Array, file: string, budget: LoadBudget): readonly ChartFile[] {
  const files: ChartFile[] = [];
  try {
    for (const entry of readTar(unzip(bytes, budget))) {
      if (entry.isFolder) continue;
      const name = cleanName(entry);
      const size = entry.data.length;
      if (size > MAX_FILE_BYTES && budget.hasRoomFor(size)) {
        const reason = `is larger than the maximum file size ${MAX_FILE_BYTES}`;
        throw new ChartError(`decompressed chart file ${quoteGo(entry.name)} ${reason}`);
      }
      budget.takePackedFile(size);
      files.push(new ChartFile(name, entry.data, `${file}!${entry.name}`));
    }
  } catch (error) {
    if (error instanceof TarError) throw new ChartError(error.message);
    throw error;
  }
  if (files.length === 0) throw new ChartError('no files in chart archive');
  return files;
}

function unzip(bytes: Uint8Array, budget: LoadBudget): Uint8Array {
  if (bytes.length < GZIP_HEADER_BYTES) throw new ChartError(bytes.length === 0 ? 'EOF' : 'unexpected EOF');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) throw new ChartError('gzip: invalid header');
  if (budget.unpackable <= 0) throw chartTooLarge();
  try {
    const { gunzipSync } = process.getBuiltinModule('node:zlib');
    const unzipped = gunzipSync(bytes, { maxOutputLength: budget.unpackable });
    budget.takeArchive(unzipped.length);
    return unzipped;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw chartTooLarge();
    throw new ChartError(code === 'Z_BUF_ERROR' ? 'unexpected EOF' : 'gzip: invalid checksum');
  }
}

/** The name within the chart, with Helm's checks against names that point outside it. */
function cleanName({ name }: TarEntry): string {
  const delimiter = name.includes('\\') ? '\\' : '/';
  const [top, ...rest] = name.split(delimiter);
  const inside = rest.join('/');
  if (inside.startsWith('/')) throw new ChartError('chart illegally contains absolute paths');
  const clean = posix.normalize(inside).replace(/(?<=.)\/$/, '');
  if (clean === '.') {
    throw new ChartError(`chart illegally contains content outside the base directory: ${quoteGo(name)}`);
  }
  if (clean.startsWith('..')) throw new ChartError('chart illegally references parent directory');
  if (/^[a-zA-Z]:\//.test(clean)) throw new ChartError('chart contains illegally named files');
  if (top === 'Chart.yaml') throw new ChartError('chart yaml not in base directory');
  return clean;
}
