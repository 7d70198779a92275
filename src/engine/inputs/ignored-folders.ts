/** Folders in which nothing is looked for: they hold what others wrote. */
export const IGNORED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git']);
