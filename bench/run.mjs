// Speed and memory as ratios within one run, medians of at least ten, and how right the source map is: `npm run bench`.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeLargeChart } from './large-chart.mjs';
import { makeManifests } from './manifests.mjs';
import { buildWithMoreRules } from './many-rules.mjs';
import { compareRendering } from './compare-rendering.mjs';
import { pack } from '../scripts/pack.mjs';
import { helmPath } from '../scripts/unpack-helm.mjs';
import { measureBounds } from './without-bounds.mjs';
import { inSequence, inTurn, run, runNode, withPeakMemory } from './measure.mjs';
import { fixtureCharts, measureProvenance, percent } from './provenance.mjs';

const ROOT = path.join(import.meta.dirname, '..');
const CHART = path.join(ROOT, 'fixtures/charts/observer');
const PROD = path.join(ROOT, 'fixtures/manifests/observer/prod.yaml');
const MB = 1024 * 1024;
const MANY = 1000;
const LEAST_SHARE = 99;
const MORE_RULES = 120;
const ROUNDS = Number(process.env.ROUNDS ?? 11);

const folder = mkdtempSync(path.join(tmpdir(), 'chartlint-bench-'));
try {
  // What users run: the package as it is published and installed, with a cache folder of its own.
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, pack(folder)], { stdio: 'ignore' });
  const CHARTLINT = path.join(folder, 'node_modules/chartlint/dist/chartlint.cjs');
  process.env.XDG_CACHE_HOME = path.join(folder, 'cache');

  const small = path.join(folder, 'small.yaml');
  const large = path.join(folder, 'large.yaml');
  writeFileSync(small, makeManifests(2.5 * MB));
  writeFileSync(large, makeManifests(20 * MB));
  const lint = (/** @type {string} */ file) => [CHARTLINT, file, '--policy', 'recommended', '--format', 'json'];

  const start = inTurn(
    { bare: () => runNode(['-e', '0']), chartlint: () => runNode([CHARTLINT, PROD, '--policy', 'observer']) },
    ROUNDS * 3,
  );
  report('start-up: the Observer manifest / bare node', start.chartlint.seconds / start.bare.seconds, 1.45);

  // What helm alone takes: with kubeconform, kube-score or kube-linter behind it, it takes longer still.
  const helm = helmPath();
  const template = (/** @type {string} */ name) => () =>
    run(helm ?? '', ['template', 'observer', CHART, '-f', path.join(CHART, `values-${name}.yaml`)]);
  const chart = inTurn(
    {
      bare: () => runNode(['-e', '0']),
      chartlint: () => runNode([CHARTLINT, CHART]),
      helm: () =>
        helm === undefined ? { seconds: Number.NaN, peakBytes: Number.NaN } : inSequence(['dev', 'prod'].map(template)),
    },
    ROUNDS * 3,
  );
  report(
    'start-up: the Observer chart in two environments / bare node',
    chart.chartlint.seconds / chart.bare.seconds,
    3,
  );
  report(
    'start-up: the Observer chart in two environments / helm template for each, without a linter behind it',
    chart.chartlint.seconds / chart.helm.seconds,
    1,
  );

  const withMore = buildWithMoreRules(path.join(folder, 'many-rules'), MORE_RULES);
  for (const [name, args] of Object.entries({
    'a built-in policy': [PROD, '--policy', 'recommended'],
    'a policy file': [CHART],
  })) {
    const rules = inTurn(
      { few: () => runNode([CHARTLINT, ...args]), many: () => runNode([withMore, ...args]) },
      ROUNDS * 3,
    );
    report(
      `start-up: ${name} with ${MORE_RULES} more rules that it does not name / without`,
      rules.many.seconds / rules.few.seconds,
      1.1,
    );
  }

  const largeChart = path.join(folder, 'chart');
  writeLargeChart(largeChart);
  for (const [name, folderOfChart] of Object.entries({ small: CHART, large: largeChart })) {
    const { helm, untraced, traced } = await compareRendering(folderOfChart, ROUNDS);
    report(`rendering: the ${name} chart, in-process and warm / helm template`, traced / helm, 1);
    report(`tracing: the ${name} chart with origins / without`, traced / untraced, 1.5);
  }

  const { bounded, unbounded } = await measureBounds(path.join(folder, 'unbounded'), largeChart, ROUNDS * 3);
  report('bounds: the large chart with the bounds on steps, characters and memory / without', bounded / unbounded, 1.1);

  const nearMisses = (/** @type {number} */ count) =>
    runNode([path.join(import.meta.dirname, 'near-misses.mjs'), `${count}`]);
  const names = inTurn({ few: () => nearMisses(8000), many: () => nearMisses(32_000) }, Math.min(ROUNDS, 5));
  report('growth: what 32,000 names mean / 8,000', names.many.seconds / names.few.seconds, 5);

  const charts = path.join(folder, 'charts');
  for (let index = 0; index < MANY; index++) cpSync(CHART, path.join(charts, `chart${index}`), { recursive: true });
  const lintAll = (/** @type {string} */ threads) => runNode([CHARTLINT, charts, '--concurrency', threads]);
  const many = inTurn({ one: () => lintAll('1'), all: () => lintAll('auto') }, Math.min(ROUNDS, 3));
  report(`concurrency: ${MANY} charts with a thread for each core / with one`, many.all.seconds / many.one.seconds, 1);

  const work = inTurn(
    {
      parser: () => runNode([path.join(import.meta.dirname, 'load-all.mjs'), large]),
      small: () => runNode(lint(small)),
      large: () => runNode(withPeakMemory(lint(large))),
    },
    ROUNDS,
  );
  report('throughput: 20 MB / js-yaml loadAll', work.large.seconds / work.parser.seconds, 2);
  report('growth: 20 MB / 2.5 MB', work.large.seconds / work.small.seconds, 9);
  report('memory: peak / (80 MB + 10 × input)', work.large.peakBytes / (80 * MB + 10 * statSync(large).size), 1);

  const { keys, literals } = await measureProvenance(fixtureCharts(), { limit: 200 });
  for (const [name, score] of Object.entries({ keys, literals })) {
    const { precision, recall } = percent(score);
    reportShare(`provenance: precision of ${name} on the charts of the fixtures`, precision);
    reportShare(`provenance: recall of ${name} on the charts of the fixtures`, recall);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} name @param {number} share in percent */
function reportShare(name, share) {
  console.log(`${share >= LEAST_SHARE ? '✓' : '✗'} ${name}: ${share.toFixed(2)} % (at least ${LEAST_SHARE} %)`);
  if (share < LEAST_SHARE) process.exitCode = 1;
}

/** @param {string} name @param {number} ratio @param {number} limit */
function report(name, ratio, limit) {
  console.log(`${ratio <= limit ? '✓' : '✗'} ${name}: ${ratio.toFixed(2)} (at most ${limit.toFixed(2)})`);
  if (ratio > limit) process.exitCode = 1;
}
