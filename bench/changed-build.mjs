import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '..');

/**
 * Builds chartlint in another folder, with changes.
 * @param {string} folder
 * @param {(folder: string) => void} change what to change there before it is built
 * @param {readonly string[]} scripts
 * @returns {string} the folder of what was built
 */
export function buildChanged(folder, change, scripts = ['build']) {
  const files = ['bin', 'fixtures', 'policies', 'rules', 'scripts', 'src', 'package.json', 'tsconfig.json'];
  for (const name of files) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  change(folder);
  for (const script of scripts) {
    execFileSync(process.execPath, [path.join(folder, `scripts/${script}.mjs`)], { cwd: folder, stdio: 'pipe' });
  }
  return path.join(folder, 'dist');
}
