import { formatFloat32, type Resolved } from './resolve.ts';

const MAX_INT64 = 2n ** 63n - 1n;

/** The string that sigs.k8s.io/yaml makes of a key. */
export function formatKey(key: Resolved): string {
  if (typeof key !== 'number') return String(key);
  if (Number.isNaN(key)) return '.nan';
  if (Number.isFinite(Math.fround(key))) return formatFloat32(key);
  return key > 0 ? '.inf' : '-.inf';
}

/** Whether it makes none, and refuses the document: null, and integers beyond 63 bits. */
export function isUnsupportedKey(key: Resolved): boolean {
  return key === null || (typeof key === 'bigint' && key > MAX_INT64);
}

/** A key's Go type, as messages name it. */
export function keyType(key: Resolved): string {
  return key === null ? '%!s(<nil>)' : 'uint64';
}
