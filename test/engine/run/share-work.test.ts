import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { shareWork, type Lane, type Threads } from '../../../src/engine/run/share-work.ts';

const lane: Lane = {
  lintChart: () => Promise.reject(new Error('there is no chart')),
  read: () => Promise.reject(new Error('there is no manifest')),
};
const threads: Threads = { isEager: true, size: 2, start: () => [lane, lane] };

/** Does items, which are the milliseconds that each takes. */
async function shareOut(items: readonly number[], wantsHelp: (index: number) => boolean) {
  const done: string[] = [];
  const perform = async (where: string, item: number): Promise<string> => {
    done.push(`${item} ${where}`);
    await sleep(item);
    return `${item} ms`;
  };
  const result = await shareWork(items, threads, {
    here: (item) => perform('here', item),
    there: (_, item) => perform('there', item),
    wantsHelp,
  });
  return { result, done };
}

it('gives the results in the order of the items, whoever is done first', async () => {
  const { result, done } = await shareOut([30, 2, 20, 1, 10], () => true);
  expect(result).toEqual(['30 ms', '2 ms', '20 ms', '1 ms', '10 ms']);
  expect(done).toEqual(['2 there', '20 there', '30 here', '1 there', '10 there']);
});

it('does all here until help is wanted', async () => {
  const { done } = await shareOut([3, 2, 20, 1], (index) => index === 2);
  expect(done).toEqual(['3 here', '2 here', '1 there', '20 here']);
  expect((await shareOut([3, 2], () => false)).done).toEqual(['3 here', '2 here']);
});

it('fails as the first item in order does, though a later one failed before, and begins no other', async () => {
  const failed: number[] = [];
  const perform = async (item: number): Promise<never> => {
    await sleep(item);
    failed.push(item);
    throw new Error(`after ${item} ms`);
  };
  const sharing = { here: perform, there: (_: Lane, item: number) => perform(item), wantsHelp: () => true };
  await expect(shareWork([20, 10, 1, 2], threads, sharing)).rejects.toThrow('after 20 ms');
  expect(failed).toEqual([1, 10, 20]);
});
