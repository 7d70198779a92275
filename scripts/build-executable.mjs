// Builds chartlint as one executable with Node inside: `node scripts/build-executable.mjs [FILE]`, for this platform.
// Node's own way (https://nodejs.org/api/single-executable-applications.html), with a startup snapshot: V8's state after
// the program was loaded and has linted the Observer chart.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { lightHelp } from './light-help.mjs';

const ROOT = path.join(import.meta.dirname, '..');
const CHART = path.join(ROOT, 'fixtures/charts/observer');
/** By this, Node finds out that there is something in it. */
export const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** @param {string} file where the executable goes */
export async function buildExecutable(file) {
  const work = mkdtempSync(path.join(tmpdir(), 'chartlint-executable-'));
  try {
    await bundleInto(work);
    const config = { main: 'executable.cjs', output: 'blob', disableExperimentalSEAWarning: true, useSnapshot: true };
    writeFileSync(path.join(work, 'config.json'), JSON.stringify(config));
    execFileSync(process.execPath, ['--no-warnings', '--experimental-sea-config', 'config.json'], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, CHARTLINT_WARM_UP: CHART },
    });
    mkdirSync(path.dirname(file), { recursive: true });
    copyFileSync(process.execPath, file);
    chmodSync(file, 0o755);
    const isMac = process.platform === 'darwin';
    // A signature does not hold for what is changed, and macOS runs nothing without one.
    if (isMac) execFileSync('codesign', ['--remove-signature', file]);
    const postject = createRequire(import.meta.url).resolve('postject/dist/cli.js');
    const segment = isMac ? ['--macho-segment-name', 'NODE_SEA'] : [];
    const blob = path.join(work, 'blob');
    execFileSync(
      process.execPath,
      [postject, file, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', FUSE, ...segment],
      // It warns of sections without a name, which are none of ours.
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    if (isMac) execFileSync('codesign', ['--sign', '-', file]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function bundleInto(folder) {
  const bundle = await rolldown({
    cwd: ROOT,
    input: { executable: 'bin/executable.ts' },
    platform: 'node',
    plugins: [lightHelp],
    onLog: (level, log, report) => void (log.code === 'EMPTY_IMPORT_META' || report(level, log)),
  });
  await bundle.write({
    dir: folder,
    format: 'cjs',
    codeSplitting: false,
    minify: { compress: true, mangle: { keepNames: true }, codegen: true },
    entryFileNames: '[name].cjs',
  });
  await bundle.close();
}

if (import.meta.filename === process.argv[1]) {
  const file = path.resolve(
    process.argv[2] ?? `.cache/executable/chartlint${process.platform === 'win32' ? '.exe' : ''}`,
  );
  await buildExecutable(file);
  console.log(file);
}
