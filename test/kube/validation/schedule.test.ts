import { describe, expect, it } from 'vitest';
import { faultOfSchedule } from '../../../src/kube/validation/schedule.ts';

describe('schedules', () => {
  it.each([
    '* * * * *',
    '*/5 0-6/2 1,15 JAN-mar Mon-Fri',
    '? ? ? ? ?',
    '5/10 * * * 0',
    ' 0  3 * * * ',
    '@daily',
    '@every 1h30m',
  ])('%s is one', (text) => {
    expect(faultOfSchedule(text)).toBeUndefined();
  });

  it.each([
    ['0 3 * *', 'has 4 fields, not 5'],
    ['0 0 3 * * *', 'has 6 fields, not 5'],
    ['60 * * * *', 'has a minute that is not between 0 and 59'],
    ['* 24 * * *', 'has an hour that is not between 0 and 23'],
    ['* * 0 * *', 'has a day of the month that is not between 1 and 31'],
    ['* * * 13 *', 'has a month that is not between 1 and 12'],
    ['* * * * 7', 'has a day of the week that is not between 0 and 6'],
    ['5-1 * * * *', 'has a minute of which the range begins after its end'],
    ['*/0 * * * *', 'has a minute with a step that is not a number above 0'],
    ['a * * * *', 'has a minute that is not a number or a range'],
    ['1-2-3 * * * *', 'has a minute that is not a number or a range'],
  ])('%s: %s', (text, fault) => {
    expect(faultOfSchedule(text)).toBe(fault);
  });

  it.each(['@noon', '@every', '@every x', '@Daily'])('%s is not a descriptor', (text) => {
    expect(faultOfSchedule(text)).toMatch(/^is not one of @yearly/);
  });
});
