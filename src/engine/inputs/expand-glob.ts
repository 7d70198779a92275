import { Dirent, readdirSync } from 'node:fs';

/** What a folder's walk leaves out, as globs. */
const NEVER_MANIFESTS = ['**/node_modules/**', '**/.git/**'];

/** A `?` for one character, as opposed to one that is escaped, in a class, or the beginning of `?(…)`. */
const ONE_CHARACTER = /(?<!\\)\?(?![^[]*\])(?!\()/g;
/** The library takes `?` for one UTF-16 unit, which is half of an emoji. */
const ANY_CHARACTER = '{?,[\ud800-\udbff][\udc00-\udfff]}';

/** Finds what a glob names: pipes and devices among them, which are refused when they are read. Sorted. */
export async function expandGlob(pattern: string, workingDirectory: string): Promise<string[]> {
  const { globSync } = await import('tinyglobby');
  const files = globSync(pattern.replace(ONE_CHARACTER, ANY_CHARACTER), {
    cwd: workingDirectory,
    ignore: NEVER_MANIFESTS,
    fs: { readdirSync: readdirWithSpecial },
  });
  return files.toSorted();
}

/** To a glob, an entry that is neither file, folder nor link is not there; it must not be passed over in silence. */
const readdirWithSpecial = new Proxy(readdirSync, {
  apply(target, self, args): unknown {
    const entries: unknown = Reflect.apply(target, self, args);
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (!(entry instanceof Dirent)) continue;
      if (entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice()) {
        entry.isFile = () => true;
      }
    }
    return entries;
  },
});
