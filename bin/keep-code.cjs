// Leaves the code that V8 compiled in the user's cache folder, for `start.cjs` of the next runs.
const {
  appendFileSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} = require('node:fs');
const { statSync, unlinkSync, writeFileSync } = require('node:fs');
const path = require('node:path');

/** Builds of chartlint and Node whose code is kept: projects may use different ones. */
const KEPT_BUILDS = 4;

/**
 * @param {string} folder
 * @param {string} marker a file as long as the number of runs of this kind whose code was kept
 * @param {ReadonlyMap<string, import('node:vm').Script>} scripts by the name of the file
 * @param {(folder: string) => boolean} isOwnFolder
 * @throws where the folder cannot be written
 */
module.exports = function keepCode(folder, marker, scripts, isOwnFolder) {
  if (!makeFolder(folder) || !isOwnFolder(folder)) return;
  for (const [name, script] of scripts) writeWhole(path.join(folder, name), () => script.createCachedData());
  appendFileSync(marker, '.', { mode: 0o600 });
};

/**
 * Makes a folder that only this user can read and write, and removes those of old builds.
 * @param {string} folder
 * @returns {boolean} false where it would lie in a folder of another user: `sudo` may keep the home of the user who ran it
 */
function makeFolder(folder) {
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) return true;
  const parent = path.dirname(folder);
  let existing = parent;
  while (statSync(existing, { throwIfNoEntry: false }) === undefined) existing = path.dirname(existing);
  if (process.getuid !== undefined && statSync(existing).uid !== process.getuid()) return false;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const builds = readdirSync(parent)
    .filter((name) => name.startsWith('code-'))
    .map((name) => path.join(parent, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const build of builds.slice(KEPT_BUILDS)) rmSync(build, { recursive: true, force: true });
  return true;
}

/**
 * Writes a file so that a reader, also one after a crash, sees all of it or nothing: V8 does not check it.
 * @param {string} file
 * @param {() => Buffer} makeContent called only where it can be written
 */
function writeWhole(file, makeContent) {
  const temporary = `${file}.${process.pid}`;
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    try {
      writeFileSync(descriptor, makeContent());
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}
