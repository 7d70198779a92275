// Packs what is published: `node scripts/pack.mjs FOLDER`, after `npm run build`; then `npm publish FOLDER/chartlint-….tgz`.
// npm has no way to leave a script out of the package.json that it publishes, and `prepare` has to stay in that of the
// repository, where `npm install git+…` runs it. So the archive is unpacked, and packed again.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');

/**
 * @param {string} folder where the archive goes
 * @returns {string} its path
 */
export function pack(folder) {
  const work = mkdtempSync(path.join(tmpdir(), 'chartlint-pack-'));
  try {
    execFileSync('tar', ['xzf', npmPack(ROOT, work), '-C', work]);
    const file = path.join(work, 'package/package.json');
    const { scripts: _, devDependencies: __, ...published } = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, `${JSON.stringify(published, undefined, 2)}\n`);
    mkdirSync(folder, { recursive: true });
    return npmPack(path.dirname(file), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} source @param {string} destination */
function npmPack(source, destination) {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', path.resolve(destination)];
  const output = execFileSync('npm', args, {
    cwd: source,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  return path.resolve(destination, JSON.parse(output)[0].filename);
}

if (import.meta.filename === process.argv[1]) console.log(pack(process.argv[2] ?? '.'));
