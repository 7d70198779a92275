import { mixed, Tracked } from '../value/tracked.ts';
import type { HelmFunction } from '../value/function.ts';

/**
 * A function that answers a question about its arguments.
 * @param telling the answer that nearly any other argument would have changed: a text equals one other, but differs from
 *   most. After the other answer (`never`: after any) the keys of the arguments have merely chosen.
 */
export function question(called: HelmFunction, telling: 'yes' | 'no' | 'never'): HelmFunction {
  return {
    ...called,
    call(call, args) {
      const answer = called.call(call, args);
      const { value, taint } = answer;
      if (taint.keys.length === 0) return answer;
      const isTelling = value === (telling === 'yes') || args.some((argument) => typeof argument.value === 'boolean');
      if (telling !== 'never' && isTelling) return answer;
      return typeof value === 'string' ? mixed(value, taint.asChoice) : new Tracked(value, taint.asChoice.origin);
    },
  };
}
