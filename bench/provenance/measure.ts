import { loadChart } from '../../src/helm/load/load-chart.ts';
import { RenderedText } from '../../src/helm/provenance/rendered-text.ts';
import { lineOrigins, type LineOrigin } from '../../src/helm/provenance/source-map.ts';
import { renderChart, type ChartRendering, type RenderRequest } from '../../src/helm/render.ts';
import { TemplateCache } from '../../src/helm/template/template-cache.ts';
import type { TemplateFile } from '../../src/helm/value/origin.ts';
import { diffBySource } from './diff-by-source.ts';
import { type Literal, literalsOf } from './literals.ts';
import { isContainer, otherValues, settingsOf, type Setting } from './other-values.ts';

/** What was named and what is so, in pairs of a line and a key (or of a line and the template line of a literal). */
export interface Score {
  /** Pairs named as origins, of which another value has been rendered. */
  named: number;
  /** Those of them where another value changes the line. */
  right: number;
  /** Pairs where another value changes the line. */
  changed: number;
  /** Those of them that the source map names as origin or condition. */
  found: number;
}

export interface Measurement {
  readonly keys: Score;
  readonly literals: Score;
  /** Keys for which no other value renders. */
  readonly unmeasured: number;
  readonly faults: readonly string[];
}

export interface MeasureOptions {
  /** At most so many keys, and so many literals, spread evenly. */
  readonly limit: number;
}

export const NOTHING: Readonly<Score> = { named: 0, right: 0, changed: 0, found: 0 };

export function add(a: Readonly<Score>, b: Readonly<Score>): Score {
  return {
    named: a.named + b.named,
    right: a.right + b.right,
    changed: a.changed + b.changed,
    found: a.found + b.found,
  };
}

/** Changes the values and the literals of a chart one by one, and compares what changes with the source map. */
export function measureChart(path: string, { limit }: MeasureOptions): Measurement {
  const chart = loadChart(path, { workingDirectory: process.cwd() });
  const cache = new TemplateCache();
  const request: RenderRequest = {
    chart,
    values: {},
    readFile: () => ({ data: new Uint8Array(), displayName: '' }),
    releaseName: 'release-name',
    namespace: 'default',
    skipSchemaValidation: true,
    cache,
    now: 0,
  };
  const base = renderChart(request);
  const rendered = new RenderedText(path, 'default', base.text, base.origin);
  const renderText = (): string | undefined => {
    try {
      return renderChart({ ...request, isTracing: false }).text;
    } catch {
      return undefined;
    }
  };
  const faults: string[] = [];
  const { score: keys, unmeasured } = measureKeys(base, rendered, renderText, limit, faults);
  const literals = measureLiterals(base, rendered, renderText, limit, faults);
  return { keys, literals, unmeasured, faults };
}

type Render = () => string | undefined;

function measureKeys(base: ChartRendering, rendered: RenderedText, render: Render, limit: number, faults: string[]) {
  const score = { ...NOTHING };
  const lines = rendered.text.split('\n');
  const origins = lineOrigins(rendered);
  const settings = groupByName(settingsOf(base.chart));
  const changedBy = new Map<string, Set<number>>();
  const scalars = [...settings.keys()].filter((name) => !settings.get(name)?.some(({ value }) => isContainer(value)));
  const measured = spread(scalars, limit);
  const named = new Set(origins.flatMap(({ values }) => values));
  const containers = [...named].filter((name) => settings.get(name)?.every(({ value }) => isContainer(value)));
  let unmeasured = 0;
  for (const name of [...measured, ...spread(containers, limit)]) {
    const changed = changedLines(settings.get(name) ?? [], name, lines, origins, render);
    if (changed === undefined) unmeasured++;
    else changedBy.set(name, changed);
  }
  for (const name of measured) {
    const changed = changedBy.get(name) ?? [];
    for (const line of changed) {
      const origin = origins[line];
      // What chance gives may come out differently for any reason.
      if (origin === undefined || origin.random === true || isHeader(lines, line)) continue;
      score.changed++;
      if (origin.values.includes(name) || origin.conditions.includes(name)) score.found++;
      else faults.push(`missing ${name} in ${describe(line, lines, origin)}`);
    }
  }
  origins.forEach((origin, line) => {
    for (const name of origin.values) {
      if (!changedBy.has(name)) continue;
      score.named++;
      const isRight = changedBy.get(name)?.has(line) === true;
      if (isRight || [...changedBy].some(([key, changed]) => isInside(key, name) && changed.has(line))) score.right++;
      else faults.push(`wrong ${name} in ${describe(line, lines, origin)}`);
    }
  });
  return { score, unmeasured };
}

function groupByName(settings: readonly Setting[]): Map<string, Setting[]> {
  const groups = new Map<string, Setting[]>();
  for (const setting of settings) groups.set(setting.name, [...(groups.get(setting.name) ?? []), setting]);
  return groups;
}

/** The lines that another value changes; undefined when none renders. */
function changedLines(
  settings: readonly Setting[],
  name: string,
  lines: readonly string[],
  origins: readonly LineOrigin[],
  render: Render,
): Set<number> | undefined {
  let changed: Set<number> | undefined;
  const named = origins.flatMap(({ values }, line) => (values.includes(name) ? [line] : []));
  for (const { value, set } of settings) {
    for (const other of otherValues(value)) {
      set(other);
      const text = render();
      set(value);
      if (text === undefined) continue;
      changed ??= new Set();
      for (const line of lostLines(lines, text.split('\n'), origins, name)) changed.add(line);
      // Another value is asked only where this one does not show, as behind a `trunc`.
      if (named.every((line) => changed?.has(line))) break;
    }
  }
  return changed;
}

/** Where equal lines make it unclear which of them are lost, those are taken that the source map explains best. */
function* lostLines(
  before: readonly string[],
  after: readonly string[],
  origins: readonly LineOrigin[],
  name: string,
): Generator<number> {
  const explained = (start: number, end: number): number => {
    return origins
      .slice(start, end)
      .filter(({ values, conditions }) => values.includes(name) || conditions.includes(name)).length;
  };
  for (const { start, end, starts } of diffBySource(before, after)) {
    let best = start;
    for (const other of starts) {
      if (explained(other, other + end - start) > explained(best, best + end - start)) best = other;
    }
    for (let line = best; line < best + end - start; line++) yield line;
  }
}

/** Inserted into a literal: it stands nowhere else. */
const MARK = 'qzq';

function measureLiterals(
  base: ChartRendering,
  rendered: RenderedText,
  render: Render,
  limit: number,
  faults: string[],
): Score {
  const score = { ...NOTHING };
  const lines = rendered.text.split('\n');
  const writers = writersOf(base, lines);
  const changedBy = new Map<string, Set<number>>();
  for (const literal of spread([...templatesOf(base).values()].flatMap(literalsOf), limit)) {
    const changed = new Set<number>();
    const isMeasured = literal.offsets.every((offset) => {
      const text = withLiteral(literal, offset, render);
      text?.split('\n').forEach((line, index) => {
        if (line.includes(MARK)) changed.add(index);
      });
      // Where something else changes too (a kind that is sorted elsewhere), the lines do not correspond.
      return text?.replaceAll(MARK, '') === rendered.text;
    });
    if (isMeasured) changedBy.set(placeName(literal.file, literal.line), changed);
  }
  for (const [place, changed] of changedBy) {
    for (const line of changed) {
      score.changed++;
      if (writers[line]?.has(place)) score.found++;
      else
        faults.push(`missing ${place} in line ${line + 1}: ${lines[line]} # ${[...(writers[line] ?? [])].join(' ')}`);
    }
  }
  writers.forEach((places, line) => {
    for (const place of places) {
      const changed = changedBy.get(place);
      if (changed === undefined) continue;
      score.named++;
      if (changed.has(line)) score.right++;
      else faults.push(`wrong ${place} in line ${line + 1}: ${lines[line]}`);
    }
  });
  return score;
}

function withLiteral({ file }: Literal, offset: number, render: Render): string | undefined {
  const { source } = file;
  const text = source.text.slice(0, offset) + MARK + source.text.slice(offset);
  const own = source.text;
  try {
    Object.defineProperty(source, 'text', { value: text, configurable: true, writable: true });
    return render();
  } finally {
    Object.defineProperty(source, 'text', { value: own, configurable: true, writable: true });
  }
}

function templatesOf(base: ChartRendering): Map<string, TemplateFile> {
  return new Map(Array.from(base.templates.templates(), ({ file }) => [file.name, file]));
}

/** For each line the template lines that its letters were copied from. */
function writersOf({ text, origin }: ChartRendering, lines: readonly string[]): Set<string>[] {
  const writers = lines.map(() => new Set<string>());
  let at = 0;
  let line = 0;
  for (const { length, site, offset } of origin.segments ?? []) {
    for (const end = at + length; at < end; at++) {
      if (text[at] === '\n') line++;
      else if (site !== undefined && offset !== undefined && /[A-Za-z]/.test(text[at] ?? '')) {
        const place = offset + length - (end - at);
        writers[line]?.add(placeName(site.file, site.file.source.positionAt(place).line));
      }
    }
  }
  return writers;
}

function placeName(file: TemplateFile, line: number): string {
  return `${file.name}:${line}`;
}

function spread<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, index) => items[Math.floor((index * items.length) / limit)]).filter(
    (item) => item !== undefined,
  );
}

function isInside(key: string, container: string): boolean {
  return key.startsWith(`${container}.`) || key.startsWith(`${container}[`);
}

/** Helm's own lines. */
function isHeader(lines: readonly string[], line: number): boolean {
  return lines[line] === '---' || lines[line]?.startsWith('# Source: ') === true;
}

function describe(line: number, lines: readonly string[], { template, templateLine, values, conditions }: LineOrigin) {
  return `line ${line + 1}: ${lines[line]} # ${template}:${templateLine} ${values.join(' ')} < ${conditions.join(' ')}`;
}
