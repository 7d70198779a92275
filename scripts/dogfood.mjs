// Lints the repository's own chart and manifests as a user would, through the package's own name: `npm run dogfood`.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const MANIFESTS = ['fixtures/manifests/observer/dev.yaml', 'fixtures/manifests/observer/prod.yaml'];

for (const args of [
  ['fixtures/charts/observer'],
  ['fixtures/charts/observer', '--policy', 'recommended'],
  [...MANIFESTS, '--policy', 'observer'],
]) {
  const { status } = spawnSync('npx', ['chartlint', ...args], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
