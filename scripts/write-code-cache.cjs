// Runs the built command on the chart that is named, and keeps the code that V8 has compiled by then beside each file:
// `bin/start.cjs` starts with it.
const { readdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const DIST = path.join(__dirname, '../dist');

process.argv = [process.argv[0] ?? 'node', 'chartlint', ...process.argv.slice(2)];
/**
 * @type {{
 *   load: (name: string) => unknown,
 *   scripts: Map<string, import('node:vm').Script>,
 *   cacheOf: (file: string) => string,
 * }}
 */
const { load, scripts, cacheOf } = require(path.join(DIST, 'chartlint.cjs'));
process.on('exit', () => {
  // Rules that this chart's policy does not name.
  for (const name of readdirSync(DIST)) if (/^(?:rules|options)-.+\.cjs$/.test(name)) load(name);
  for (const [file, script] of scripts) writeFileSync(cacheOf(file), script.createCachedData());
});
