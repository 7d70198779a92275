import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildChanged, ROOT } from './changed-build.mjs';

/**
 * Builds chartlint in another folder with more rules, which no policy names: the rules that there are, under other ids.
 * @param {string} folder
 * @param {number} count how many more
 * @returns {string} the built command
 */
export function buildWithMoreRules(folder, count) {
  const dist = buildChanged(folder, () => addRules(folder, count), ['generate', 'build']);
  return path.join(dist, 'chartlint.cjs');
}

/** @param {string} folder @param {number} count */
function addRules(folder, count) {
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
}
