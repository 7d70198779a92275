import { enumerate } from '../../../text/enumerate.ts';
import type { Left } from './configuration.ts';

/** More names than these are counted. */
const MOST = 8;

/** What cannot be taken over, a line for each reason. */
export function leftLines(left: readonly Left[]): string[] {
  const reasons = [...new Set(left.map(({ why }) => why))];
  return reasons.map((reason) => {
    const names = [...new Set(left.filter(({ why }) => why === reason).map(({ what }) => what))];
    const [first, last] = [names[0], names.at(-1)];
    const said = names.length > MOST ? `${names.length} checks, ${first} to ${last}` : enumerate(names);
    return `${said}: ${reason}`;
  });
}
