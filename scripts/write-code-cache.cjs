// Runs the built command on the chart that is named, and keeps the code that V8 has compiled by then beside each file:
// `bin/start.cjs` starts with it.
const { writeFileSync } = require('node:fs');
const path = require('node:path');

process.argv = [process.argv[0] ?? 'node', 'chartlint', ...process.argv.slice(2)];
/** @type {{ scripts: Map<string, import('node:vm').Script>, cacheOf: (file: string) => string }} */
const { scripts, cacheOf } = require(path.join(__dirname, '../dist/chartlint.cjs'));
process.on('exit', () => {
  for (const [file, script] of scripts) writeFileSync(cacheOf(file), script.createCachedData());
});
