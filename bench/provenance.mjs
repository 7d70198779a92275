// How right the source map is: `node bench/provenance.mjs [--limit N] [--faults N] [CHART..]`, by default on the charts of
// the fixtures. Each key of the values and each literal of the templates is changed by itself, the chart is rendered again,
// and the lines that differ are compared with the lines of which the source map says so:
//   precision: of all lines and the keys that they name as origins, those where another value changes the line;
//   recall: of all lines and the keys that change them, those where the line names the key, as origin or as condition.
// A literal's origin is its line in the template. At most `--limit` keys and literals of a chart are changed, spread evenly.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { importTypeScript } from '../scripts/import-typescript.mjs';

const ROOT = path.join(import.meta.dirname, '..');

/** The charts of the fixtures that render: the Observer's, and those that rules pass and fail. */
export function fixtureCharts() {
  const fixtures = path.join(ROOT, 'fixtures');
  return readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'Chart.yaml' && !name.includes('broken'))
    .map((name) => path.join(fixtures, path.dirname(name)))
    .sort();
}

/**
 * @param {readonly string[]} charts
 * @param {{ limit: number, onChart?: (chart: string, measured: any) => void }} options
 */
export async function measureProvenance(charts, { limit, onChart }) {
  const { measureChart, add, NOTHING } = await importTypeScript(path.join(ROOT, 'bench/provenance/measure.ts'));
  let keys = NOTHING;
  let literals = NOTHING;
  for (const chart of charts) {
    const measured = measureChart(chart, { limit });
    onChart?.(chart, measured);
    keys = add(keys, measured.keys);
    literals = add(literals, measured.literals);
  }
  return { keys, literals };
}

/** @param {{ named: number, right: number, changed: number, found: number }} score */
export function percent({ named, right, changed, found }) {
  const part = (/** @type {number} */ some, /** @type {number} */ all) => (all === 0 ? 100 : (100 * some) / all);
  return { precision: part(right, named), recall: part(found, changed) };
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { limit: { type: 'string', default: '200' }, faults: { type: 'string', default: '0' } },
  });
  const charts = positionals.length > 0 ? positionals : fixtureCharts();
  const total = await measureProvenance(charts, {
    limit: Number(values.limit),
    onChart: (chart, { keys, literals, unmeasured, faults }) => {
      console.log(`${chart}: keys ${show(keys)}, ${unmeasured} not measured; literals ${show(literals)}`);
      for (const fault of faults.slice(0, Number(values.faults))) console.log(`  ${fault}`);
    },
  });
  console.log(`all: keys ${show(total.keys)}; literals ${show(total.literals)}`);
}

/** @param {{ named: number, right: number, changed: number, found: number }} score */
function show(score) {
  const { precision, recall } = percent(score);
  const { named, right, changed, found } = score;
  return `precision ${precision.toFixed(2)} % (${right}/${named}), recall ${recall.toFixed(2)} % (${found}/${changed})`;
}
