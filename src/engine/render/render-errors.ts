import { ChartError } from '../../helm/chart/chart-error.ts';
import { ManifestError } from '../../helm/manifest/manifest-error.ts';
import { RenderError } from '../../helm/template/render-error.ts';
import type { Location } from '../../text/source.ts';
import type { RunError } from '../result.ts';

/** Whether an error says why a chart cannot be rendered; others are bugs. */
export function isRenderFailure(error: unknown): error is ChartError | ManifestError | RenderError {
  return error instanceof ChartError || error instanceof ManifestError || error instanceof RenderError;
}

/**
 * What keeps a chart from being rendered, as an error of the run: Helm's message, and the place in the template.
 * @param chart as reports name it
 * @throws whatever is not an expected error
 */
export function toRunError(error: unknown, chart: string): RunError {
  const whole = { file: chart, line: 1, column: 1, endLine: 1, endColumn: 1 };
  if (error instanceof ChartError) return renderError(error.message, error.location ?? whole);
  if (error instanceof ManifestError) return renderError(error.message, error.location ?? whole);
  if (!(error instanceof RenderError)) throw error;
  const { place } = error;
  return renderError(error.message, place?.file.source.locate({ start: place.offset, end: place.offset }) ?? whole);
}

function renderError(message: string, location: Location): RunError {
  return { kind: 'render', message, location };
}
