import { isAbsolute, join } from 'node:path';
import { readFile } from '../../files/read-file.ts';
import { nodeCrypto } from '../go/node-crypto.ts';

/** A chart that is somewhere else: what its archive is found by. */
export interface RemoteDependency {
  readonly name: string;
  /** A version, or a range. */
  readonly version: string;
  /** As the chart, or its Chart.lock, has it. */
  readonly repository: string;
}

/** A packed chart in the user's cache folder. */
export interface PackedDependency {
  readonly version: string;
  readonly bytes: Uint8Array;
}

/** Helm's limit is 100 MB for what an archive unpacks to. */
export const MAX_ARCHIVE_BYTES = 100 * 1024 * 1024;
const MAX_RECORD_BYTES = 65_536;

/** Where downloaded charts are kept; undefined where the system does not say. */
export function dependencyCacheFolder(): string | undefined {
  const { env, platform } = process;
  if (platform === 'win32') return env['LOCALAPPDATA'] && join(env['LOCALAPPDATA'], 'chartlint', 'dependencies');
  const home = env['HOME'] ?? process.getBuiltinModule('node:os').homedir();
  const xdg = env['XDG_CACHE_HOME'];
  if (platform !== 'darwin' && xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'chartlint', 'dependencies');
  if (!isAbsolute(home)) return undefined;
  return join(home, platform === 'darwin' ? 'Library/Caches' : '.cache', 'chartlint', 'dependencies');
}

/** The file that says which version was chosen, and what its archive's digest is. */
export function recordPath(cache: string, { name, version, repository }: RemoteDependency): string {
  return join(cache, 'chosen', `${sha256(JSON.stringify([repository, name, version]))}.json`);
}

/** @param digest in hexadecimal digits */
export function archivePath(cache: string, digest: string): string {
  return join(cache, 'archives', `${digest}.tgz`);
}

export function sha256(content: string | Uint8Array): string {
  return nodeCrypto().createHash('sha256').update(content).digest('hex');
}

/** A dependency that was downloaded before; undefined when it was not, or is not what was written. */
export function findPacked(dependency: RemoteDependency): PackedDependency | undefined {
  const cache = dependencyCacheFolder();
  const record = cache === undefined ? undefined : readRecord(recordPath(cache, dependency));
  if (cache === undefined || record === undefined) return undefined;
  const bytes = readIfThere(archivePath(cache, record.digest), MAX_ARCHIVE_BYTES);
  return bytes !== undefined && sha256(bytes) === record.digest ? { version: record.version, bytes } : undefined;
}

/** What was chosen; undefined when there is nothing that can be used. */
function readRecord(path: string): { readonly version: string; readonly digest: string } | undefined {
  const text = readIfThere(path, MAX_RECORD_BYTES)?.toString('utf8');
  if (text === undefined) return undefined;
  try {
    const record: unknown = JSON.parse(text);
    if (typeof record !== 'object' || record === null || !('version' in record && 'digest' in record)) return undefined;
    const { version, digest } = record;
    const isValid = typeof version === 'string' && typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest);
    return isValid ? { version, digest } : undefined;
  } catch {
    return undefined;
  }
}

function readIfThere(path: string, maxBytes: number): Buffer | undefined {
  try {
    return readFile(path, { maxBytes });
  } catch {
    return undefined;
  }
}
