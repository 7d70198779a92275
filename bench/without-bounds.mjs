import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildChanged } from './changed-build.mjs';
import { median } from './measure.mjs';

/** What counts steps, characters and memory, and refuses too much of them. */
const BOUNDS = [
  { file: 'src/helm/template/rendering.ts', find: /^  (step|countOutput)\(.*\{$/gm, count: 2 },
  { file: 'src/helm/template/call-cost.ts', find: /^export function (costOfCall|costOfResult)\(.*\{$/gm, count: 2 },
  { file: 'src/memory/require-heap.ts', find: /^export function (requireHeap)\(.*\{$/gm, count: 1 },
];

/**
 * Renders a chart with the bounds of a rendering and without, in turn.
 * @param {string} folder an empty or missing folder, for a build without them
 * @param {string} chart
 * @param {number} rounds
 * @returns {Promise<{ bounded: number, unbounded: number }>} medians, in seconds
 */
export async function measureBounds(folder, chart, rounds) {
  const without = buildChanged(folder, removeBounds);
  const renders = {
    bounded: (await import(new URL('../dist/index.js', import.meta.url).href)).render,
    unbounded: (await import(path.join(without, 'index.js'))).render,
  };
  /** @type {Record<keyof typeof renders, number[]>} */
  const seconds = { bounded: [], unbounded: [] };
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const name of /** @type {(keyof typeof renders)[]} */ (Object.keys(renders))) {
      const start = process.cpuUsage();
      await renders[name](chart, { sourceMap: true });
      const { user, system } = process.cpuUsage(start);
      if (round >= 0) seconds[name].push((user + system) / 1e6);
    }
  }
  return { bounded: median(seconds.bounded), unbounded: median(seconds.unbounded) };
}

/** Rounds until V8 has compiled what runs often. */
const WARM_UP = 10;

/** @param {string} folder */
function removeBounds(folder) {
  for (const { file, find, count } of BOUNDS) {
    const name = path.join(folder, file);
    let changed = 0;
    const text = readFileSync(name, 'utf8').replace(find, (line, bound) => {
      changed += 1;
      return `${line}\n  if (true) return${bound.startsWith('cost') ? ' 1' : ''};`;
    });
    if (changed !== count) throw new Error(`${file} has ${changed} bounds, not ${count}.`);
    writeFileSync(name, text);
  }
}
