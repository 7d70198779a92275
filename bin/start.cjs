#!/usr/bin/env node
'use strict';
// Starts the bundled command with the code that V8 compiled in earlier runs, where there is some: compiling is most of a
// small run. Node 22 has this built in (`module.enableCompileCache`), Node 20 has not. The code lies in the user's cache
// folder, since the folder of a package can belong to somebody else.
const { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, statSync } = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

// The build writes these.
const ENTRY = 'main.cjs';
const BUILD = 'version and digest of all files';

/** @type {Map<string, { exports: any }>} */
const modules = new Map();
/** @type {Map<string, vm.Script>} */
const scripts = new Map();
const cache = findCache();
const isReadable = cache !== undefined && isOwnFolder(cache);

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
  // Each file is a function that takes what a module can use.
  const script = new vm.Script(readFileSync(filename, 'latin1'), {
    filename,
    cachedData: isReadable && cache !== undefined ? readOwn(path.join(cache, name)) : undefined,
  });
  scripts.set(name, script);
  const requireFrom = (/** @type {string} */ id) => (id.startsWith('./') ? load(path.basename(id)) : require(id));
  script.runInThisContext()(module.exports, requireFrom, module, filename, __dirname);
  return module.exports;
}

/**
 * The folder of the compiled code of this build of chartlint, in this build of Node: V8 tells its versions apart, but
 * not the builds of Node that have the same, and code of another build can crash.
 */
function findCache() {
  const { env, platform, version, arch, execPath } = process;
  // What switches Node's own off.
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const home = env.HOME && path.isAbsolute(env.HOME) ? env.HOME : undefined;
  const caches = {
    win32: env.LOCALAPPDATA,
    darwin: home && path.join(home, 'Library/Caches'),
    other:
      env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)
        ? env.XDG_CACHE_HOME
        : home && path.join(home, '.cache'),
  };
  const folder = platform === 'win32' || platform === 'darwin' ? caches[platform] : caches.other;
  if (!folder) return undefined;
  return path.join(folder, 'chartlint', `code-${BUILD}-${version}-${platform}-${arch}-${statSync(execPath).size}`);
}

/**
 * Whether only this user can write to a folder: what another could have written is never executed. On Windows, the
 * folder is that of the user.
 * @param {string} folder
 */
function isOwnFolder(folder) {
  try {
    const stat = lstatSync(folder);
    return stat.isDirectory() && (process.getuid === undefined || (isOwn(stat) && (stat.mode & 0o077) === 0));
  } catch {
    return false;
  }
}

/** @param {import('node:fs').Stats} stat */
function isOwn({ uid, mode }) {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/**
 * What a file holds that this user wrote; undefined for others, and where there is none.
 * @param {string} file
 */
function readOwn(file) {
  let descriptor;
  try {
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const stat = fstatSync(descriptor);
    return stat.isFile() && isOwn(stat) ? readFileSync(descriptor) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * Keeps the code of the first runs of a kind, which is told by the files that it loaded: each has compiled more. A run that
 * failed has not come far.
 * @param {number} status
 */
function keepCode(status) {
  if (cache === undefined || status > 1) return;
  const marker = path.join(cache, `runs-${hash([...scripts.keys()].sort().join())}`);
  try {
    if ((statSync(marker, { throwIfNoEntry: false })?.size ?? 0) >= KEPT_RUNS) return;
    require('./keep-code.cjs')(cache, marker, scripts, isOwnFolder);
  } catch {
    // The next run compiles again.
  }
}

const KEPT_RUNS = 3;

/** FNV-1a. @param {string} text */
function hash(text) {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(36);
}

// Threads are ended before they could keep anything.
if (ENTRY === 'main.cjs') process.on('exit', keepCode);
load(ENTRY);

// For tests.
module.exports = { scripts };
