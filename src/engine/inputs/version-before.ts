import { join, relative, sep } from 'node:path';
import { realPath } from '../../files/inside.ts';
import { SourceText } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { parseHelmFile } from '../../yaml/parse.ts';
import type { Changes } from './changed-files.ts';
import { git } from './git.ts';

/**
 * The version that a chart had at the commit that changes are counted from; undefined for a chart that did not change,
 * and for one that is new.
 * @param chart its folder; absolute
 */
export function versionBefore(chart: string, changes: Changes): string | undefined {
  if (!changes.touch(chart)) return undefined;
  const file = join(realPath(chart), 'Chart.yaml');
  const base = changes.bases.find(({ root }) => file.startsWith(`${realPath(root)}${sep}`));
  if (base === undefined) return undefined;
  const path = relative(realPath(base.root), file).split(sep).join('/');
  const { status, stdout } = git(['cat-file', 'blob', `${base.commit}:${path}`], base.root);
  if (status !== 0) return undefined;
  const [first] = parseHelmFile(new SourceText(path, stdout));
  if (first?.document?.root === undefined) return undefined;
  return Cursor.root(first.document, first.document.root).at('version').text;
}
