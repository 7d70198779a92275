import { ChartError } from '../../helm/chart/chart-error.ts';
import { DependencyError } from '../../helm/chart/dependency-error.ts';
import { SecretKeys } from '../../helm/provenance/secret-keys.ts';
import { explainScope } from '../../helm/template/explain-scope.ts';
import { ManifestError } from '../../helm/manifest/manifest-error.ts';
import { RenderError } from '../../helm/template/render-error.ts';
import type { Location, SourceText } from '../../text/source.ts';
import type { RunError } from '../result.ts';
import { maskQuoted } from './mask-quoted.ts';

/** Why a chart cannot be rendered. */
export type RenderFailure = ChartError | ManifestError | RenderError;

/** Whether an error says why a chart cannot be rendered; others are bugs. */
export function isRenderFailure(error: unknown): error is RenderFailure {
  return error instanceof ChartError || error instanceof ManifestError || error instanceof RenderError;
}

/** Why a chart cannot be rendered, and what to write, where Helm's message does not say so. */
export function explainFailure(error: RenderFailure): string | undefined {
  if (error instanceof DependencyError) return error.help;
  const help = error instanceof RenderError ? explainScope(error) : undefined;
  // It says what stands in the template, which `tpl` may have made of a secret.
  return help && error instanceof RenderError ? maskQuoted(help, error.quoted, undefined, new SecretKeys()) : help;
}

/**
 * What keeps a chart from being rendered, as an error of the run: Helm's message, and the place in the template.
 * @param manifest the chart's Chart.yaml, the place of what has no other
 * @throws whatever is not an expected error
 */
export function toRunError(error: unknown, manifest: SourceText): RunError {
  const whole = placeInChart(error, manifest);
  if (error instanceof DependencyError) {
    return { ...renderError(error.message, error.location ?? whole), help: error.help };
  }
  if (error instanceof ChartError) return renderError(error.message, error.location ?? whole);
  if (error instanceof ManifestError) return renderError(error.message, error.location ?? whole);
  if (!(error instanceof RenderError)) throw error;
  const { place } = error;
  const range = place && { start: place.offset, end: place.end ?? place.offset };
  const failed = renderError(error.message, range === undefined ? whole : (place?.file.source.locate(range) ?? whole));
  const help = explainFailure(error);
  return help === undefined ? failed : { ...failed, help };
}

function renderError(message: string, location: Location): RunError {
  return { kind: 'render', message, location };
}

/** The line of Chart.yaml that an error is about, else its first. */
function placeInChart(error: unknown, manifest: SourceText): Location {
  const message = error instanceof Error ? error.message : '';
  const [, missing] = /missing in charts\/ directory: ([^\s,]+)/.exec(message) ?? [];
  const [, field] = /chart\.metadata\.(\w+)/.exec(message) ?? [];
  const line = manifest.text.split('\n').findIndex((text) => {
    const [, key, value] = /^[\s{,-]*(\w+):\s*["']?([\w.-]*)/.exec(text) ?? [];
    return missing === undefined
      ? key !== undefined && key.toLowerCase() === field?.toLowerCase()
      : key === 'name' && value === missing;
  });
  const { start, end } = manifest.rangeOfLine(line + 1 || 1);
  const indent = /^\s*/.exec(manifest.text.slice(start, end))?.[0].length ?? 0;
  return manifest.locate({ start: start + indent, end });
}
