import type { TemplatePlace } from '../helm/provenance/origin-index.ts';
import { RenderedText } from '../helm/provenance/rendered-text.ts';
import type { Cursor } from '../yaml/cursor.ts';

/**
 * The action of a template that printed a value and nothing around it: `{{ .Values.days }}` of `value: {{ .Values.days }}`.
 * Undefined for what a template has written out, for a value inside of a structure that was printed whole (`toYaml`), and
 * for a text that no chart rendered.
 */
export function printingAction({ document: { source }, node }: Cursor): string | undefined {
  if (!(source instanceof RenderedText) || node === undefined) return undefined;
  const { place } = source.originOf(node);
  if (place === undefined) return undefined;
  const action = templateText(place);
  if (!action.startsWith('{{')) return undefined;
  const before = source.text.slice(0, node.start).trimEnd().length;
  const around = source.originOf({ start: before - 1, end: before }).place;
  const isWhole = around?.site.file === place.site.file && around.range.start === place.range.start;
  return isWhole ? undefined : action;
}

/** Whether an action of a template printed a value, or the structure that it is in, rather than the template's own text. */
export function isPrinted({ document: { source }, node }: Cursor): boolean {
  if (!(source instanceof RenderedText) || node === undefined) return false;
  const { place } = source.originOf(node);
  return place !== undefined && templateText(place).startsWith('{{');
}

/** What a template has at a place. */
export function templateText({ site, range }: TemplatePlace): string {
  return site.file.source.text.slice(range.start, range.end);
}
