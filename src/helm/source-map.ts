import type { RenderedText } from './rendered-text.ts';
import type { ValuesKey } from './values-key.ts';

/** Where one rendered line came from: a line of `chartlint render --source-map`. */
export interface LineOrigin {
  /** 1-based, in the rendered text. */
  readonly line: number;
  /** From the chart's folder: `templates/x.yaml`, `charts/sub/templates/y.yaml`. */
  readonly template: string | undefined;
  /** 1-based. */
  readonly templateLine: number | undefined;
  /** Whether these very characters come from the template or the values; otherwise a function mixed its inputs. */
  readonly exact: boolean;
  /** Paths from the root chart's `.Values`. */
  readonly values: readonly string[];
  readonly conditions: readonly string[];
  /** Only there, and true, when chance or the clock had a part in the line. */
  readonly random?: true;
}

/** The origins of all lines of a rendered text, in order. */
export function* lineOrigins(rendered: RenderedText): Generator<LineOrigin> {
  let template: string | undefined;
  for (let line = 1; line <= rendered.lineCount; line++) {
    const { place, keys, conditions, isRandom } = rendered.originOf(rendered.rangeOfLine(line));
    const { site } = place ?? {};
    template = site === undefined ? template : withoutChart(site.file.name);
    yield {
      line,
      template,
      templateLine: site === undefined ? undefined : site.file.source.positionAt(place?.range.start ?? 0).line,
      exact: place?.isExact ?? false,
      values: namesOf(keys),
      conditions: namesOf(conditions),
      ...(isRandom && { random: true }),
    };
  }
}

function namesOf(keys: readonly ValuesKey[]): string[] {
  if (keys.length < 2) return keys.map(({ name }) => name);
  return [...new Set(keys.map(({ name }) => name))];
}

/** `# Source:` begins with the chart's name, which is no folder. */
function withoutChart(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
