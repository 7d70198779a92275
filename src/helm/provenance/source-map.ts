import type { Range } from '../../text/source.ts';
import type { TemplateFile } from '../value/origin.ts';
import type { RenderedText } from './rendered-text.ts';
import type { ValuesKey } from '../value/values-key.ts';

/** Where one rendered line came from: a line of `chartlint render --source-map`. */
export interface LineOrigin {
  /** 1-based, in the rendered text. */
  readonly line: number;
  /** From the chart's folder: `templates/x.yaml`, `charts/sub/templates/y.yaml`. */
  readonly template: string | undefined;
  /** 1-based. */
  readonly templateLine: number | undefined;
  /** Whether the line's first characters stand in the template or the values as they are; otherwise a function mixed them. */
  readonly exact: boolean;
  /** Paths from the root chart's `.Values`. */
  readonly values: readonly string[];
  readonly conditions: readonly string[];
  /** Only there, and true, when chance or the clock had a part in the line. */
  readonly random?: true;
}

/** The origins of all lines of a rendered text, in order. */
export function lineOrigins(rendered: RenderedText): LineOrigin[] {
  const lines: LineOrigin[] = [];
  const { lineCount } = rendered;
  let template: string | undefined;
  let file: TemplateFile | undefined;
  for (let line = 1; line <= lineCount; line++) {
    const { place, keys, conditions, isRandom } = rendered.originOf(rangeOf(rendered, line));
    if (place !== undefined && place.site.file !== file) {
      file = place.site.file;
      template = withoutChart(file.name);
    }
    lines.push({
      line,
      template,
      templateLine: place?.site.file.source.positionAt(place.range.start).line,
      exact: place?.isExact ?? false,
      values: keyNames(keys),
      conditions: keyNames(conditions),
      ...(isRandom && { random: true }),
    });
  }
  return lines;
}

/** Of a blank line, its line break tells who wrote it: indentation belongs to nobody. */
function rangeOf(rendered: RenderedText, line: number): Range {
  const { start, end } = rendered.rangeOfLine(line);
  return { start, end: rendered.text.slice(start, end).trim() === '' ? end + 1 : end };
}

const NO_NAMES: readonly string[] = [];

function keyNames(keys: readonly ValuesKey[]): readonly string[] {
  const [first] = keys;
  if (first === undefined) return NO_NAMES;
  return keys.length === 1 ? [first.name] : [...new Set(keys.map(({ name }) => name))];
}

/** `# Source:` begins with the chart's name, which is not a folder. */
function withoutChart(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
