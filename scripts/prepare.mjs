// Builds what is packed, published and installed from a Git repository. `npm install -g git+…`, which is how pre-commit
// installs a hook, leaves out what the package is built with: npm installs it as globally as the package (npm 11, and
// those before).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

if (!existsSync(join(ROOT, 'node_modules/rolldown'))) {
  npm('ci', '--no-global', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund');
}
npm('run', 'build', '--no-global');

/** @param {string[]} args */
function npm(...args) {
  // Standard output is that of `npm pack`: the name of the package.
  const { status } = spawnSync('npm', args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
