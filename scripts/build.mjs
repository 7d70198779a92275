// Bundles chartlint and what it needs into dist/: `npm run build`. Start-up is a feature, and one file loads
// several times as fast as the hundreds that the packages consist of.
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { lightHelp } from './light-help.mjs';

const ROOT = path.join(import.meta.dirname, '..');

/**
 * Writes characters beyond ASCII as escapes, which mean the same in strings and patterns, where alone they stand: V8 keeps
 * and reads a text of one byte a character at half the cost.
 * @param {string} file
 */
function escapeUnicode(file) {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, escapeUnit));
}

/** @param {string} unit */
function escapeUnit(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
/** @type {Set<string>} */
const packages = new Set();
// The command as CommonJS, which Node starts sooner than ES modules; the library as an ES module.
await build({ main: 'bin/chartlint.ts', worker: 'bin/worker.ts' }, 'cjs', 'cjs');
await build({ index: 'src/index.ts' }, 'esm', 'js');
writeStarts();

/** Writes what starts the command and its threads. Compiled code is kept for one version and digest of all that is loaded. */
function writeStarts() {
  const dist = path.join(ROOT, 'dist');
  copyFileSync(path.join(ROOT, 'bin/keep-code.cjs'), path.join(dist, 'keep-code.cjs'));
  const digest = createHash('sha256');
  for (const name of readdirSync(dist)
    .filter((file) => file.endsWith('.cjs'))
    .toSorted()) {
    digest.update(`${name}\0`).update(readFileSync(path.join(dist, name)));
  }
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const build = `${version}-${digest.digest('hex').slice(0, 32)}`;
  const source = readFileSync(path.join(ROOT, 'bin/start.cjs'), 'utf8');
  for (const [file, entry] of Object.entries({ 'chartlint.cjs': 'main.cjs', 'thread.cjs': 'worker.cjs' })) {
    const text = source
      .replace("ENTRY = 'main.cjs'", `ENTRY = '${entry}'`)
      .replace("BUILD = 'version and digest of all files'", `BUILD = '${build}'`);
    writeFileSync(path.join(dist, file), text);
  }
  chmodSync(path.join(dist, 'chartlint.cjs'), 0o755);
}

/** @param {string} file */
function isPartOfLint(file) {
  const name = path.relative(ROOT, file).replaceAll('\\', '/');
  return (
    (/^src\/(?:engine|bundle|yaml|text|kube)\/|^rules\//.test(name) && !isOfSomeRuns(file)) ||
    /^src\/(?:cli\/(?:lint|reports|progress|worker-pool)|policy\/(?:built-in\.generated|compiled|find|ignore)|report\/pretty)\.ts$/.test(
      name,
    ) ||
    /^src\/report\/(?:(?:paint|principle-table|words|wrap)\.ts$|redact\/)/.test(name)
  );
}

/**
 * What only some runs need. A group takes what its files import with it, so none of these may be in that of all runs.
 * @param {string} file
 */
function isOfSomeRuns(file) {
  return (
    isPartOfRendering(file) ||
    /[\\/]engine[\\/](?:trace|init|inputs[\\/](?:git-|keep-changed|changed-files))/.test(file)
  );
}

/** @param {string} file */
function isPartOfRendering(file) {
  const name = path.relative(ROOT, file).replaceAll('\\', '/');
  return /^src\/(?:helm|re2)\/|^src\/engine\/render\//.test(name);
}

/** @param {Record<string, string>} input @param {'cjs' | 'esm'} format @param {string} extension */
async function build(input, format, extension) {
  const bundle = await rolldown({
    cwd: ROOT,
    input,
    platform: 'node',
    plugins: [lightHelp],
    // yargs asks import.meta for configuration files that extend packages, which nobody can ask for here.
    onLog: (level, log, report) => void (log.code === 'EMPTY_IMPORT_META' || report(level, log)),
  });
  const { output } = await bundle.write({
    dir: path.join(ROOT, 'dist'),
    format,
    // Names are kept, so that a stack trace says something.
    minify: { compress: true, mangle: { keepNames: true }, codegen: true },
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `[name]-[hash].${extension}`,
    // What every run of lint needs is one file: each further one takes a millisecond to find and read.
    ...(format === 'cjs' && {
      codeSplitting: {
        groups: [
          { name: 'lint', test: isPartOfLint, priority: 1 },
          { name: 'helm', test: isPartOfRendering },
        ],
      },
    }),
  });
  await bundle.close();
  for (const chunk of output) {
    if (format === 'cjs') escapeUnicode(path.join(ROOT, 'dist', chunk.fileName));
    if (
      chunk.name === 'lint' &&
      chunk.type === 'chunk' &&
      chunk.moduleIds.some((id) => id.endsWith('/helm/render.ts'))
    ) {
      throw new Error('Something that every run loads imports the renderer: name it in isOfSomeRuns.');
    }
    for (const file of chunk.type === 'chunk' ? chunk.moduleIds : []) {
      const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
      if (folder !== undefined) packages.add(folder);
    }
  }
}

// Licences of what went into the bundle.
const notices = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const text = ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt'].map((file) => readIfThere(path.join(folder, file)));
  return `${name} ${version} (${license})\n\n${text.find((found) => found !== '') ?? ''}`;
});
writeFileSync(path.join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8').trim() + '\n';
  } catch {
    return '';
  }
}
