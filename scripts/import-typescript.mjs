import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/**
 * Imports a TypeScript module, which Node 20 cannot do by itself.
 * @param {string} file absolute path
 * @returns {Promise<Record<string, any>>} the module's exports
 */
export async function importTypeScript(file) {
  // Beside the sources, so that packages resolve.
  const folder = mkdtempSync(path.join(import.meta.dirname, '../.cache-'));
  try {
    const bundle = await rolldown({ input: file, platform: 'node', external: /^[^./]/, logLevel: 'silent' });
    await bundle.write({ file: path.join(folder, 'module.mjs'), format: 'esm', codeSplitting: false });
    await bundle.close();
    return await import(pathToFileURL(path.join(folder, 'module.mjs')).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
