import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');

/**
 * Builds chartlint in another folder with more rules, which no policy names: the rules that there are, under other ids.
 * @param {string} folder
 * @param {number} count how many more
 * @returns {string} the built command
 */
export function buildWithMoreRules(folder, count) {
  const files = ['bin', 'fixtures', 'policies', 'rules', 'scripts', 'src', 'package.json', 'tsconfig.json'];
  for (const name of files) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  const rules = readdirSync(path.join(ROOT, 'rules'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length));
  for (let index = 0; index < count; index++) {
    const original = rules[index % rules.length] ?? '';
    const copy = `${original}-copy${Math.floor(index / rules.length)}`;
    // Not the same text, which a bundler could take for one.
    const text = readFileSync(path.join(ROOT, `rules/${original}.ts`), 'utf8').replace(/summary: '/, `$&${copy}: `);
    writeFileSync(path.join(folder, `rules/${copy}.ts`), text);
    cpSync(path.join(ROOT, `fixtures/rules/${original}`), path.join(folder, `fixtures/rules/${copy}`), {
      recursive: true,
    });
  }
  for (const script of ['generate', 'build']) {
    execFileSync(process.execPath, [path.join(folder, `scripts/${script}.mjs`)], { cwd: folder, stdio: 'pipe' });
  }
  return path.join(folder, 'dist/chartlint.cjs');
}
