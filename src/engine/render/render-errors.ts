import { ChartError } from '../../helm/chart/chart-error.ts';
import { explainScope } from '../../helm/template/explain-scope.ts';
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
  const range = place && { start: place.offset, end: place.end ?? place.offset };
  const failed = renderError(error.message, range === undefined ? whole : (place?.file.source.locate(range) ?? whole));
  const help = explainScope(error);
  return help === undefined ? failed : { ...failed, help };
}

function renderError(message: string, location: Location): RunError {
  return { kind: 'render', message, location };
}
