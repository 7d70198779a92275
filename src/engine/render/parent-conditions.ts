import { basename, dirname, join } from 'node:path';
import { explainUnread } from '../../files/file-error.ts';
import { realPath } from '../../files/inside.ts';
import { readFile } from '../../files/read-file.ts';
import { SourceText } from '../../text/source.ts';
import { parseDocuments } from '../../yaml/parse.ts';
import { Cursor } from '../../yaml/cursor.ts';

/**
 * The keys of a chart's values that the chart above it reads: those of the `condition` that switches the chart on. There
 * are some only for a chart in the folder charts/ of another.
 * @param path the chart's folder or archive
 * @param name the chart's name
 */
export function readParentConditions(path: string, name: string): string[][] {
  const charts = dirname(path);
  const file = join(charts, '..', 'Chart.yaml');
  if (basename(charts) !== 'charts') return [];
  const [first] = parseDocuments(new SourceText(file, readText(file)));
  if (first?.document === undefined) return [];
  const dependencies = Cursor.root(first.document, first.document.root).at('dependencies').items();
  return dependencies
    .filter((dependency) => dependency.at('name').text === name)
    .flatMap((dependency) => {
      const prefix = `${dependency.at('alias').text || name}.`;
      const conditions = (dependency.at('condition').text ?? '').split(',').map((condition) => condition.trim());
      return conditions.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length).split('.'));
    });
}

/** An empty text when the chart above cannot be read, which is reported when it is linted. */
function readText(file: string): string {
  try {
    return readFile(file, { within: realPath(dirname(file)) }).toString('utf8');
  } catch (error) {
    if (explainUnread(error) === undefined) throw error;
    return '';
  }
}
