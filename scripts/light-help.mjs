/**
 * What yargs loads only to lay out help: string-width, whose patterns for emoji take longer to read than all of a small
 * run, and Node's assert. The help texts are ASCII, so the width of a text is its length.
 */
export const lightHelp = {
  name: 'light-help',
  /** @param {string} source @param {string | undefined} importer */
  resolveId(source, importer = '') {
    const isYargs = /[\\/]node_modules[\\/](?:yargs|cliui|wrap-ansi)[\\/]/.test(importer);
    return isYargs && source in LIGHT_MODULES ? `\0light:${source}` : null;
  },
  /** @param {string} id */
  load(id) {
    return id.startsWith('\0light:') ? LIGHT_MODULES[id.slice('\0light:'.length)] : null;
  },
};

/** @type {Record<string, string>} */
const LIGHT_MODULES = {
  'string-width': 'export default (text) => text.length;',
  assert: `
    export function strictEqual(a, b, message) { if (!Object.is(a, b)) throw new Error(message); }
    export function notStrictEqual(a, b, message) { if (Object.is(a, b)) throw new Error(message); }`,
};
