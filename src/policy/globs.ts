/** What must be a regular expression wherever it is: as a glob it would silently match nothing. */
const EXPRESSION = /^\^|^\.[*+]|[-_]\.\*|\.\+|\$$|\\[A-Za-z.]|\([^()]*\|[^()]*\)|\[[^\]]*-[^\]]*\]/;
/** Names of Kubernetes objects, kinds and containers have no room for these, so more can be told. */
const NO_NAME = /[\^$\\()[\]{}|+!,]|\.\*/;

/** Why a glob for names of objects, kinds or containers cannot be meant so; undefined when it can. */
export function explainNameGlob(glob: string): string | undefined {
  return NO_NAME.test(glob)
    ? explain(glob, 'names take globs such as observer-*, not regular expressions.')
    : undefined;
}

/** The same for globs of keys, labels and the like, which may hold almost any character. */
export function explainGlob(glob: string): string | undefined {
  return EXPRESSION.test(glob) ? explain(glob, 'write a glob such as DB_*, not a regular expression.') : undefined;
}

function explain(glob: string, expected: string): string {
  return `"${glob}" is not a glob: ${expected}${wayOut(glob)}`;
}

function wayOut(expression: string): string {
  if (/[|{]/.test(expression)) return ' List the alternatives one by one.';
  const glob = expression
    .replace(/^\^|\$$/g, '')
    .replace(/\\[dws][*+]?|\.[*+]|\[[^\]]*\][*+]?/g, '*')
    .replaceAll('\\.', '.');
  return glob === '' || NO_NAME.test(glob) ? '' : ` Write "${glob}".`;
}
