import { FunctionError } from '../value/function.ts';

/** A place's rule of the difference to UTC. */
export interface Zone {
  /** Of the moment that many seconds after 1970 began: the difference in seconds, and how the zone is called then. */
  at(seconds: number): { readonly offset: number; readonly abbreviation: () => string };
}

export function fixedZone(name: string, offset: number): Zone {
  return { at: () => ({ offset, abbreviation: () => name }) };
}

/** Also the local time: what is rendered must not depend on the machine, and on servers and in CI they are the same. */
export const UTC: Zone = fixedZone('UTC', 0);

/** A zone of the IANA database; undefined when there is none of that name. */
export function loadZone(name: string): Zone | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') return UTC;
  // On Linux the names are those of files, whose case counts; no name is all in lower case.
  if (name === name.toLowerCase() || /^[+-]/.test(name)) return undefined;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      timeZoneName: 'short',
    });
  } catch {
    return undefined;
  }
  return { at: (seconds) => lookUpZone(format, name, seconds) };
}

function lookUpZone(format: Intl.DateTimeFormat, name: string, seconds: number): ReturnType<Zone['at']> {
  const parts = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year');
  const local = new Date(0);
  local.setUTCFullYear(year, number('month') - 1, number('day'));
  local.setUTCHours(number('hour'), number('minute'), number('second'));
  const abbreviation = parts.get('timeZoneName') ?? '';
  return {
    offset: local.getTime() / 1000 - seconds,
    abbreviation: () => {
      if (/^[A-Z]{3,4}$/.test(abbreviation) && abbreviation !== 'GMT') return abbreviation;
      throw new FunctionError(`the abbreviation of the time zone ${name} is not known`);
    },
  };
}
