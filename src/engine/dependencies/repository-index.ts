import { SourceText } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { parseHelmFile } from '../../yaml/parse.ts';
import { DownloadError } from './download-error.ts';

/** A packed chart that the index of a repository lists. */
export interface IndexEntry {
  readonly version: string;
  readonly url: string;
  /** In hexadecimal digits; empty where the index has none. */
  readonly digest: string;
}

/**
 * The entries of one chart in an index.yaml that can be downloaded.
 * @param from what messages call the index
 * @throws DownloadError for what is not an index, and for a chart that is not in it
 */
export function readIndex(text: string, name: string, from: string): readonly IndexEntry[] {
  const part = entriesOf(text, name);
  const entries =
    (part === undefined ? undefined : cursorOn(part, from).at('entries', name)) ??
    readWhole(text, from).at('entries', name);
  if (!entries.exists) {
    throw new DownloadError(`${from} has no chart ${name}.`, 'Check the name and the repository of the dependency.');
  }
  return entries.items().flatMap((entry) => {
    const url = entry.at('urls', 0).text ?? '';
    if (url === '' || entry.at('name').text !== name) return [];
    const digest = (entry.at('digest').text ?? '').replace(/^sha256:/, '').toLowerCase();
    return [{ version: entry.at('version').text ?? '', url, digest }];
  });
}

function readWhole(text: string, from: string): Cursor {
  const root = cursorOn(text, from);
  if (root.at('entries').isMapping) return root;
  throw new DownloadError(`${from} is not the index of a chart repository.`, 'Check the repository.');
}

function cursorOn(text: string, from: string): Cursor {
  for (const { document, fault } of parseHelmFile(new SourceText('index.yaml', text))) {
    if (document !== undefined) return Cursor.root(document, document.root);
    throw new DownloadError(`${from} is not valid YAML: ${fault.message}`, 'Check the repository.');
  }
  throw new DownloadError(`${from} is empty.`, 'Check the repository.');
}

/**
 * The lines of one chart, as Helm writes an index: those of large repositories have a hundred thousand others. Undefined
 * where the index looks otherwise.
 */
function entriesOf(text: string, name: string): string | undefined {
  const start = /^entries:[ \t]*\r?\n([ \t]+)/m.exec(text);
  const indent = start?.[1];
  // An alias may stand for what is elsewhere.
  if (start === null || indent === undefined || /: [&*]\w/.test(text)) return undefined;
  const keys = [name, `"${name}"`, `'${name}'`].map((key) => text.indexOf(`\n${indent}${key}:`, start.index));
  const at = keys.find((index) => index !== -1);
  if (at === undefined) return undefined;
  const rest = new RegExp(String.raw`\n(?! {${indent.length + 1}}|${indent}-|[ \t\r]*\n)`, 'g');
  rest.lastIndex = at + 1;
  return `entries:${text.slice(at, rest.exec(text)?.index)}\n`;
}
