import type { ChartTemplate } from '../prepare/render-context.ts';
import { type Site, Taint } from '../value/origin.ts';
import { sliceSegments, sliceText, TextBuilder, type Tracked } from '../value/tracked.ts';
import type { Manifest } from './arrange.ts';
import type { Crd } from '../chart/crds.ts';
import { selectDocuments } from './show-only.ts';
import { trimSpace } from '../go/trim-space.ts';

/** No template has more blanks than this between a colon and a value that is not there. */
const MAX_BLANK = 80;

export interface OutputRequest {
  /** Hooks among them; those that are not printed are not. */
  readonly manifests: readonly Manifest[];
  /** What the templates printed, by path. */
  readonly outputs: ReadonlyMap<string, Tracked<string>>;
  readonly templates: ReadonlyMap<string, ChartTemplate>;
  readonly crds: readonly Crd[];
  /** `--show-only`; everything when there are none. */
  readonly showOnly: readonly string[];
}

/** The standard output of `helm template`, with origins. */
export function assembleOutput(request: OutputRequest): Tracked<string> {
  const { manifests, outputs, crds, showOnly } = request;
  const objects = new TextBuilder();
  for (const { path, file } of crds) {
    const site: Site = { file: { name: path, source: file.source }, start: 0, end: 0, caller: undefined };
    appendHeader(objects, path, site);
    const { text } = file.source;
    objects.appendText(text);
    objects.appendSegment({ ...blank(text.length), site: { ...site, end: text.length }, offset: 0 });
    objects.append('\n');
  }
  for (const manifest of manifests) if (!manifest.isHook) appendManifest(objects, manifest);
  const output = new TextBuilder();
  const { value, origin } = objects.toTracked();
  const trimmed = trimSpace(value);
  output.appendSlice(value, origin, trimmed.start, trimmed.end).append('\n');
  for (const manifest of manifests) if (manifest.isHook) appendManifest(output, manifest);
  const whole = output.toTracked();
  if (showOnly.length === 0) return whole;
  const shown = new TextBuilder();
  for (const { start, end } of selectDocuments(whole.value, showOnly)) {
    const document = sliceText(whole, start, end);
    shown.append('---\n').appendSlice(document.value, document.origin).append('\n');
  }
  return shown.toTracked();

  function appendManifest(builder: TextBuilder, { path, start, end }: Manifest): void {
    const text = outputs.get(path);
    const file = request.templates.get(path)?.file;
    if (text === undefined || file === undefined) return;
    appendHeader(builder, path, { file, start: 0, end: 0, caller: undefined });
    builder.appendSlice(text.value, text.origin, start, end);
    // What printed nothing at the end of the last line (`key: {{ .Values.empty }}`) follows the space that is cut off.
    const blankEnd = end + (/^[ \t]+/.exec(text.value.slice(end, end + MAX_BLANK))?.[0].length ?? 0);
    for (const segment of blankEnd > end ? sliceSegments(text.origin.segments ?? [], blankEnd, blankEnd) : []) {
      builder.appendSegment(segment);
    }
    builder.append('\n');
  }
}

/** Helm's own lines: they belong to the template that they name. */
function appendHeader(builder: TextBuilder, path: string, site: Site): void {
  const header = `---\n# Source: ${path}\n`;
  builder.appendText(header);
  builder.appendSegment({ ...blank(header.length), site });
}

function blank(length: number) {
  return { length, taint: Taint.none, site: undefined, offset: undefined, condition: undefined, isExact: false };
}
