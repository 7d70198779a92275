// Renders the Observer chart and its broken siblings with the real helm into fixtures/manifests.
// Run it after a fixture chart was changed: node scripts/render-fixtures.mjs; --check compares and writes nothing.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { helmPath } from './unpack-helm.mjs';

const run = promisify(execFile);
const ROOT = path.join(import.meta.dirname, '..');
const CHART = path.join(ROOT, 'fixtures/charts/observer');
const SIBLINGS = path.join(ROOT, 'fixtures/charts/broken');
const MANIFESTS = 'fixtures/manifests';
/** Names the files of a sibling's folder that the clean chart has and the sibling has not, one per line. */
const DELETE = 'DELETE';
/** The marker of a finding that its manifest shows, too: one for the chart alone ends in `(chart)`. */
const SHOWN_IN_MANIFEST = /# expect: (?!.*\(chart\))/;

/**
 * One rendered file.
 *
 * @typedef {object} Fixture
 * @property {string} manifest The rendered file, relative to the repository's root, with `/`.
 * @property {string} environment `dev` or `prod`: which values file is laid over values.yaml.
 * @property {string | undefined} sibling The folder of the broken sibling; undefined for the clean chart.
 */

/**
 * The names of the broken siblings' folders.
 *
 * @returns {string[]}
 */
export function listSiblings() {
  const entries = readdirSync(SIBLINGS, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/**
 * Every rendered file that there should be: the clean chart's two and one per broken sibling, but of none whose fault
 * only the chart shows.
 *
 * @returns {Fixture[]}
 */
export function listFixtures() {
  const clean = ['dev', 'prod'].map((environment) => {
    return { manifest: `${MANIFESTS}/observer/${environment}.yaml`, environment, sibling: undefined };
  });
  return [
    ...clean,
    ...listSiblings()
      .filter(isShownInManifest)
      .map((name) => {
        return { manifest: `${MANIFESTS}/broken/${name}.yaml`, environment: 'prod', sibling: name };
      }),
  ];
}

/**
 * Whether a rendered manifest shows what is wrong with a sibling.
 *
 * @param {string} sibling
 */
function isShownInManifest(sibling) {
  const folder = path.join(SIBLINGS, sibling);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.some((file) => SHOWN_IN_MANIFEST.test(readFileSync(path.join(file.parentPath, file.name), 'utf8')));
}

/**
 * The rendered files that there are, relative to the repository's root.
 *
 * @returns {string[]}
 */
export function listManifests() {
  return ['observer', 'broken'].flatMap((folder) => {
    const directory = path.join(ROOT, MANIFESTS, folder);
    if (!existsSync(directory)) return [];
    return readdirSync(directory).map((name) => `${MANIFESTS}/${folder}/${name}`);
  });
}

/**
 * Writes a whole chart into an empty folder: the clean one, or a sibling, which is the clean one with the sibling's
 * files laid over it and those that its DELETE names left out.
 *
 * @param {string | undefined} sibling
 * @param {string} folder
 */
export function materialiseChart(sibling, folder) {
  cpSync(CHART, folder, { recursive: true });
  if (sibling === undefined) return;
  const overlay = path.join(SIBLINGS, sibling);
  const list = path.join(overlay, DELETE);
  cpSync(overlay, folder, { recursive: true, filter: (file) => file !== list });
  if (!existsSync(list)) return;
  for (const file of readFileSync(list, 'utf8').split('\n')) if (file !== '') rmSync(path.join(folder, file));
}

/**
 * Renders a fixture as clause 6 of the design installs the chart.
 *
 * @param {Fixture} fixture
 * @param {string} helm The path of the helm binary.
 * @returns {Promise<string>} What `helm template` prints. Rejects when helm fails or warns.
 */
export async function renderFixture({ environment, sibling }, helm) {
  const folder = mkdtempSync(path.join(tmpdir(), 'chartlint-'));
  try {
    const chart = path.join(folder, 'observer');
    materialiseChart(sibling, chart);
    const values = ['values.yaml', `values-${environment}.yaml`].flatMap((file) => ['-f', path.join(chart, file)]);
    // An environment of its own: HELM_* variables and a kubeconfig change what helm prints.
    const options = { env: { HOME: folder }, cwd: folder };
    const { stdout, stderr } = await run(helm, ['template', 'observer', chart, ...values, '-n', 'observer'], options);
    if (stderr !== '') throw new Error(`helm warns of ${sibling ?? environment}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Compares the rendered files with what helm renders now.
 *
 * @param {string} helm The path of the helm binary.
 * @returns {Promise<Map<string, string | undefined>>} The files that differ, with the text they should have;
 *   undefined for a file that should not be there.
 */
async function findStale(helm) {
  /** @type {Map<string, string | undefined>} */
  const stale = new Map();
  const fixtures = listFixtures();
  const known = new Set(fixtures.map(({ manifest }) => manifest));
  for (const manifest of listManifests()) if (!known.has(manifest)) stale.set(manifest, undefined);
  const batch = availableParallelism();
  for (let start = 0; start < fixtures.length; start += batch) {
    const compared = fixtures.slice(start, start + batch).map(async (fixture) => {
      const text = await renderFixture(fixture, helm);
      const file = path.join(ROOT, fixture.manifest);
      if (!existsSync(file) || readFileSync(file, 'utf8') !== text) stale.set(fixture.manifest, text);
    });
    await Promise.all(compared);
  }
  return stale;
}

async function main() {
  const helm = helmPath();
  if (helm === undefined) throw new Error('The packaged helm runs on linux/x64 only.');
  const isCheck = process.argv.includes('--check');
  const stale = await findStale(helm);
  for (const [manifest, text] of stale) {
    const file = path.join(ROOT, manifest);
    if (isCheck) console.error(`${manifest} is stale. Run node scripts/render-fixtures.mjs.`);
    else if (text === undefined) rmSync(file);
    else {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  if (isCheck && stale.size > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
