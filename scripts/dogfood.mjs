// Lints the repository's own manifests as a user would, through the package's own name: `npm run dogfood`.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const MANIFESTS = ['fixtures/manifests/observer/dev.yaml', 'fixtures/manifests/observer/prod.yaml'];

for (const policy of ['observer', 'recommended']) {
  const { status } = spawnSync('npx', ['chartlint', ...MANIFESTS, '--policy', policy], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
