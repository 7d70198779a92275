import type { Range } from '../../text/source.ts';
import { matchPath } from '../go/match-path.ts';
import { ManifestError } from './manifest-error.ts';
import { splitManifests } from './split-manifests.ts';

const SOURCE_COMMENT = '# Source: ';

/**
 * Selects documents of the whole output, as `helm template --show-only` does: each is then printed as `---`, the
 * document and a line break, in the order of the patterns.
 * @param patterns Go's `filepath.Match` patterns of paths without the root chart's name
 * @throws ManifestError when a pattern selects nothing
 */
export function selectDocuments(output: string, patterns: readonly string[]): readonly Range[] {
  const documents = splitManifests(output).map((range) => ({ range, path: readPath(output, range) }));
  return patterns.flatMap((pattern) => {
    const shown = documents.filter(({ path }) => path !== undefined && matchPath(pattern, path) === true);
    if (shown.length === 0) throw new ManifestError(`could not find template ${pattern} in chart`, undefined);
    return shown.map(({ range }) => range);
  });
}

/** What `# Source: [^/]+/(.+)` captures: Helm matches it anywhere in the document. */
function readPath(text: string, { start, end }: Range): string | undefined {
  let at = text.indexOf(SOURCE_COMMENT, start);
  while (at !== -1 && at < end) {
    const from = at + SOURCE_COMMENT.length;
    const slash = text.indexOf('/', from);
    if (slash === -1 || slash >= end) return undefined;
    const lineBreak = text.indexOf('\n', slash);
    const to = lineBreak === -1 ? end : Math.min(lineBreak, end);
    if (slash > from && to > slash + 1) return text.slice(slash + 1, to);
    at = text.indexOf(SOURCE_COMMENT, from);
  }
  return undefined;
}
