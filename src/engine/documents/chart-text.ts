import { placeRepeats, type ReadText } from '../../bundle/repeat.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { findRepeatedKeys } from '../../yaml/parse.ts';
import type { RenderedFile } from '../render/rendered-chart.ts';

/** A chart's file in which keys stand twice; none for templates, which are YAML only when they are rendered. */
export function readChartText({ source, isData }: Pick<RenderedFile, 'source' | 'isData'>): ReadText[] {
  if (!isData) return [];
  const repeats = findRepeatedKeys(source);
  if (repeats.length === 0) return [];
  const root = Cursor.root(
    { source, root: undefined, template: undefined, start: 0, end: source.text.length },
    undefined,
  );
  return [{ repeats: placeRepeats(root.document, repeats, []), resources: [] }];
}
