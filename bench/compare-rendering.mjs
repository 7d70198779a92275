// Renders one chart with a process of the real helm and with chartlint in this process, in turn.
import { spawnSync } from 'node:child_process';
import { helmPath } from '../scripts/unpack-helm.mjs';
import { median } from './measure.mjs';

/**
 * @param {string} chart
 * @param {number} rounds
 * @returns {Promise<{ helm: number, untraced: number, traced: number }>} medians, in seconds; NaN where helm cannot run
 */
export async function compareRendering(chart, rounds) {
  const helm = helmPath();
  // By its address, so that the type check leaves the bundle alone.
  const { render } = await import(new URL('../dist/index.js', import.meta.url).href);
  const runs = {
    helm: () => helm && spawnSync(helm, ['template', 'bench', chart], { maxBuffer: 1 << 30 }),
    untraced: () => render(chart, { sourceMap: false }),
    traced: () => render(chart, { sourceMap: true }),
  };
  /** @type {Record<keyof typeof runs, number[]>} */
  const seconds = { helm: [], untraced: [], traced: [] };
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const name of /** @type {(keyof typeof runs)[]} */ (Object.keys(runs))) {
      // A small chart takes milliseconds: of several renderings one collection of garbage is no longer most.
      const times = name === 'helm' ? 1 : REPEATS;
      const start = performance.now();
      for (let time = 0; time < times; time++) await runs[name]();
      if (round >= 0 && (helm !== undefined || name !== 'helm'))
        seconds[name].push((performance.now() - start) / 1000 / times);
    }
  }
  return { helm: median(seconds.helm), untraced: median(seconds.untraced), traced: median(seconds.traced) };
}

/** Rounds until V8 has compiled what runs often. */
const WARM_UP = 10;
const REPEATS = 5;
