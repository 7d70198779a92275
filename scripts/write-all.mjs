import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes files all or not at all: each is written beside its place first, and moved there when all of them stand.
 * @param {string} root
 * @param {ReadonlyMap<string, string>} texts by their paths, relative to the root, with `/`
 * @param {readonly string[]} folders folders in which nothing else may be: other files are removed
 */
export function writeAll(root, texts, folders) {
  const changed = [...texts].filter(([file, text]) => readIfThere(path.join(root, file)) !== text);
  const drafts = changed.map(([file, text]) => ({ file: path.join(root, file), text }));
  const draftOf = (/** @type {string} */ file) => `${file}.draft`;
  try {
    for (const { file, text } of drafts) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(draftOf(file), text);
    }
  } catch (error) {
    for (const { file } of drafts) rmSync(draftOf(file), { force: true });
    throw error;
  }
  for (const { file } of drafts) renameSync(draftOf(file), file);
  for (const folder of folders) {
    const names = existsSync(path.join(root, folder)) ? readdirSync(path.join(root, folder)) : [];
    for (const name of names) if (!texts.has(`${folder}/${name}`)) rmSync(path.join(root, folder, name));
  }
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
