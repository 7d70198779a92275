import { placeRepeats, type ReadText } from '../../bundle/repeat.ts';
import { Cursor } from '../../yaml/cursor.ts';
import { parseHelmFile } from '../../yaml/parse.ts';
import type { ChartText } from '../render/rendered-chart.ts';

/** A chart's file in which keys stand twice; none for templates, which are YAML only when they are rendered. */
export function readChartText({ source, isData }: Pick<ChartText, 'source' | 'isData'>): ReadText[] {
  if (!isData) return [];
  const nothing = { source, root: undefined, template: undefined, start: 0, end: source.text.length };
  return [...parseHelmFile(source)].flatMap(({ document = nothing, repeats }) => {
    if (repeats.length === 0) return [];
    return [{ repeats: placeRepeats(document, repeats, [Cursor.root(document, document.root)]), resources: [] }];
  });
}
