import { spawnSync } from 'node:child_process';

const PEAK = new URL('peak-memory.mjs', import.meta.url).href;

/**
 * Runs a Node program as a whole process.
 * @param {readonly string[]} args
 * @returns {{ seconds: number, peakBytes: number }} wall time from spawn to exit, and the largest resident set
 */
export const runNode = (args) => run(process.execPath, args);

/**
 * Runs a program as a whole process.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {{ seconds: number, peakBytes: number }} as `runNode`
 */
export function run(program, args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${status}: ${stderr}`);
  const peak = /peak-memory: (\d+)/.exec(stderr)?.[1];
  return { seconds, peakBytes: Number(peak ?? Number.NaN) };
}

/**
 * Runs several programs one after the other, as one.
 * @param {readonly (() => { seconds: number })[]} programs
 */
export function inSequence(programs) {
  const seconds = programs.map((program) => program().seconds).reduce((sum, time) => sum + time, 0);
  return { seconds, peakBytes: Number.NaN };
}

/** @param {readonly string[]} args */
export const withPeakMemory = (args) => ['--import', PEAK, ...args];

/**
 * Runs several programs in turn, again and again, so that a machine that gets slower is slower for all.
 * @template {string} Name
 * @param {Record<Name, () => { seconds: number, peakBytes: number }>} programs
 * @param {number} rounds
 * @returns {Record<Name, { seconds: number, peakBytes: number }>} medians
 */
export function inTurn(programs, rounds) {
  const names = /** @type {Name[]} */ (Object.keys(programs));
  /** @type {Record<string, { seconds: number, peakBytes: number }[]>} */
  const samples = {};
  for (const name of names) programs[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) (samples[name] ??= []).push(programs[name]());
  }
  const entries = names.map((name) => {
    const taken = samples[name] ?? [];
    return [name, { seconds: median(taken.map((s) => s.seconds)), peakBytes: median(taken.map((s) => s.peakBytes)) }];
  });
  return Object.fromEntries(entries);
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
