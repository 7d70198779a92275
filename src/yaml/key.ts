import type { Resolved } from './scalar.ts';

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

/**
 * The text of a float as a key or in a field for strings, where Go takes it for a float32: as
 * `strconv.FormatFloat(value, 'g', -1, 32)`.
 */
export function formatFloat32(value: number): string {
  const rounded = Math.fround(value);
  if (Number.isNaN(rounded)) return 'NaN';
  if (!Number.isFinite(rounded)) return rounded > 0 ? '+Inf' : '-Inf';
  if (rounded === 0) return Object.is(rounded, -0) ? '-0' : '0';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(rounded.toPrecision(digits))) !== rounded) digits++;
  const [mantissa = '', exponent = '0'] = rounded.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(rounded.toPrecision(digits)));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
