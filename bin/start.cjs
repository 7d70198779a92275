#!/usr/bin/env node
'use strict';
// Starts the bundled command with the code that V8 compiled when chartlint was built, where it fits this Node: compiling
// is most of a small run. Node 22 has this built in (`module.enableCompileCache`), Node 20 has not.
const { readFileSync, statSync } = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

/** V8 tells its versions apart, but not the builds of Node that have the same: code of another build can crash. */
const BUILD = `${process.version}-${process.arch}-${statSync(process.execPath).size}`;
const PREFIX = '(function (exports, require, module, __filename, __dirname) {';

/** @type {Map<string, { exports: any }>} */
const modules = new Map();
/** @type {Map<string, vm.Script>} */
const scripts = new Map();

/**
 * Loads one file of the bundle, as `require` does.
 * @param {string} name
 * @returns {any}
 */
function load(name) {
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const filename = path.join(__dirname, name);
  const module = { exports: {} };
  modules.set(name, module);
  const script = new vm.Script(`${PREFIX}${readFileSync(filename, 'latin1')}\n})`, {
    filename,
    columnOffset: -PREFIX.length,
    cachedData: readIfThere(cacheOf(filename)),
  });
  scripts.set(filename, script);
  const requireFrom = (/** @type {string} */ id) => (id.startsWith('./') ? load(path.basename(id)) : require(id));
  script.runInThisContext()(module.exports, requireFrom, module, filename, __dirname);
  return module.exports;
}

/** The compiled code of a file. @param {string} filename */
function cacheOf(filename) {
  return `${filename}.${BUILD}.cache`;
}

/** @param {string} file @returns {Buffer | undefined} */
function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

load('main.cjs');

// For the build, which keeps the compiled code of what ran.
module.exports = { load, scripts, cacheOf };
