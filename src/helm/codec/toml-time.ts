import type { GoTime } from '../go/time.ts';
import { fixedZone, type Zone } from '../go/time-zone.ts';

/** Times that TOML writes without a zone have zones of their own, by which they are known when they are written. */
export const LOCAL_DATE_TIME: Zone = fixedZone('datetime-local', 0);
export const LOCAL_DATE: Zone = fixedZone('date-local', 0);
export const LOCAL_TIME: Zone = fixedZone('time-local', 0);

/** A time as TOML writes it. */
export function tomlTimeText(time: GoTime): string {
  switch (time.zone) {
    case LOCAL_DATE_TIME:
      return time.format('2006-01-02T15:04:05.999999999');
    case LOCAL_DATE:
      return time.format('2006-01-02');
    case LOCAL_TIME:
      return time.format('15:04:05.999999999');
    default:
      return time.format('2006-01-02T15:04:05.999999999Z07:00');
  }
}
