import { type Location, type Range, SourceText } from '../../text/source.ts';
import { OriginIndex, type TextOrigin } from './origin-index.ts';
import type { Origin } from '../value/origin.ts';
import type { SecretKeys } from './secret-keys.ts';

/** The manifests of one environment of a chart, as `helm template` prints them, with the origin of every character. */
export class RenderedText extends SourceText {
  /** The chart's folder or archive, as reports name it. */
  readonly chart: string;
  readonly environment: string;
  readonly #origin: Origin;
  #index: OriginIndex | undefined;

  constructor(chart: string, environment: string, text: string, origin: Origin) {
    super(`<${chart} ${environment}>`, text);
    this.chart = chart;
    this.environment = environment;
    this.#origin = origin;
  }

  /** Where a stretch came from. */
  originOf(range: Range): TextOrigin {
    this.#index ??= new OriginIndex(this.text, this.#origin);
    return this.#index.originOf(range);
  }

  /** The stretches that came from secrets of the values, in order. */
  secretRanges(secrets: SecretKeys): Range[] {
    return secrets.rangesIn(this.text, this.#origin);
  }
}

/** The place of an origin in its template, as reports name it; undefined when no template wrote it. */
export function templateLocation({ place }: Pick<TextOrigin, 'place'>): Location | undefined {
  return place?.site.file.source.locate(place.range);
}
