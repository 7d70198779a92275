// Builds chartlint when npm has installed it from Git, as pre-commit does. `npm install --global git+…` passes --global on
// to the install inside the clone, which then lacks the packages that the build needs: here they are installed first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');

if (!existsSync(path.join(ROOT, 'node_modules/rolldown'))) {
  const { npm_execpath: npm = 'npm', ...environment } = process.env;
  delete environment.npm_config_global;
  delete environment.npm_config_prefix;
  const { status } = spawnSync(process.execPath, [npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    env: environment,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}
await import('./build.mjs');
