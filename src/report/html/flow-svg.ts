import { characterWidth, displayWidth, printable } from '../../text/printable.ts';
import { MAX_NAME, shorten } from '../../text/shorten.ts';
import {
  BOX_WIDTH,
  PICTURE_WIDTH,
  ROW_HEIGHT,
  laneAt,
  layOut,
  type Box,
  type Layout,
  type Link,
  type Row,
} from './flow-layout.ts';
import { isOff, type Way } from './flow-ways.ts';
import { escapeHtml, name } from './text.ts';

const HEADINGS = { values: 'Values', providers: 'ConfigMaps and Secrets', containers: 'Containers' } as const;
const PADDING = 10;
/** The widths of a character in the two sizes of the picture's type, on the wide side. */
const LABEL_CHARACTER = 7.3;
const NOTE_CHARACTER = 6.5;
const BOX_CHARACTERS = Math.floor((BOX_WIDTH - 2 * PADDING) / LABEL_CHARACTER);
/** A note gives way to its label down to this. */
const MIN_NOTE = 8;
/** Ways that the description of a line names. */
const MAX_TOLD = 4;

/** The picture of the ways of one environment, as an `svg` element. */
export function drawWays(ways: readonly Way[], label: string): string {
  const layout = layOut(ways);
  const height = Math.ceil(layout.height);
  const columns = layout.columns.map(({ name, x, boxes }) => {
    const heading = `<text class="heading" x="${x}" y="16">${HEADINGS[name]}</text>`;
    return [heading, ...boxes.map((box) => drawBox(box, ways))].join('\n');
  });
  return `<svg viewBox="0 0 ${PICTURE_WIDTH} ${height}" role="group" aria-label="${escapeHtml(label)}">
<g class="links" fill="none" aria-hidden="true">${layout.links.map((link) => drawLink(link, layout, ways)).join('')}</g>
${columns.join('\n')}
</svg>`;
}

function drawBox({ title, rows, x, y, height }: Box, ways: readonly Way[]): string {
  const shown = escapeHtml(cutToColumns(printable(shorten(title, MAX_NAME)), BOX_CHARACTERS));
  return `<g><rect class="box" x="${x}" y="${round(y)}" width="${BOX_WIDTH}" height="${height}" rx="6"/><text class="name" x="${x + PADDING}" y="${round(y + 19)}">${shown}<title>${name(title)}</title></text>
${rows.map((row) => drawRow(row, ways)).join('\n')}</g>`;
}

function drawRow({ stop, ways: through, x, y }: Row, ways: readonly Way[]): string {
  const own = through.flatMap((index) => ways[index] ?? []);
  const isOff = own.some(({ departures }) => departures.length > 0);
  const label = `${isOff ? '✗ ' : ''}${printable(shorten(stop.label, MAX_NAME))}`;
  const note = printable(shorten(stop.note, MAX_NAME));
  const shown = cutToColumns(label, BOX_CHARACTERS - (note === '' ? 0 : Math.min(displayWidth(note), MIN_NOTE) + 1));
  const room = Math.floor((BOX_WIDTH - 2 * PADDING - (displayWidth(shown) + 1) * LABEL_CHARACTER) / NOTE_CHARACTER);
  const told = escapeHtml(tell(own));
  const side = note === '' ? '' : noteText(cutToColumns(note, room), x, y);
  return `<g class="row${isOff ? ' off' : ''}" data-ways="${through.join(' ')}" role="button" tabindex="-1"><title>${told}</title><rect x="${x + 3}" y="${round(y)}" width="${BOX_WIDTH - 6}" height="${ROW_HEIGHT}" rx="4"/><text x="${x + PADDING}" y="${round(y + 15)}">${escapeHtml(shown)}</text>${side}</g>`;
}

function noteText(shown: string, x: number, y: number): string {
  return `<text class="note" x="${x + BOX_WIDTH - PADDING}" y="${round(y + 15)}" text-anchor="end">${escapeHtml(shown)}</text>`;
}

/** The ways of a line in words, with the reasons of those that leave the path. */
function tell(ways: readonly Way[]): string {
  const shown = [...ways.filter(isOff), ...ways.filter((way) => !isOff(way))].slice(0, MAX_TOLD);
  const lines = shown.flatMap(({ text, departures }) => [text, ...departures.map((departure) => `✗ ${departure}`)]);
  return [
    ...lines.map((line) => shorten(line, MAX_NAME)),
    ...(ways.length > shown.length ? [`… and ${ways.length - shown.length} more`] : []),
  ].join('\n');
}

function drawLink({ way, from, to, lane }: Link, layout: Layout, ways: readonly Way[]): string {
  const { kind, departures } = ways[way] ?? { kind: 'setting', departures: [] };
  const classes = [kind, ...(departures.length > 0 ? ['off'] : []), ...(lane === undefined ? [] : ['past'])];
  return `<path class="${classes.join(' ')}" data-ways="${way}" d="${curve(from, to, lane, layout)}"/>`;
}

function curve(from: Row, to: Row | undefined, lane: number | undefined, layout: Layout): string {
  const x1 = from.x + BOX_WIDTH;
  const y1 = round(from.y + ROW_HEIGHT / 2);
  // A way that ends: a short line and a cross.
  if (to === undefined) return `M${x1} ${y1}h22m4 -5l10 10m0 -10l-10 10`;
  const x2 = to.x;
  const y2 = round(to.y + ROW_HEIGHT / 2);
  const middle = layout.columns.find(({ name }) => name === 'providers');
  if (lane === undefined || middle === undefined || middle.boxes.length === 0 || from.column !== 'values') {
    const half = round((x1 + x2) / 2);
    return `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}`;
  }
  const yLane = round(laneAt(layout, lane));
  const [left, right] = [middle.x, middle.x + BOX_WIDTH];
  const [enter, leave] = [round((x1 + left) / 2), round((right + x2) / 2)];
  return `M${x1} ${y1}C${enter} ${y1} ${enter} ${yLane} ${left} ${yLane}H${right}C${leave} ${yLane} ${leave} ${y2} ${x2} ${y2}`;
}

/** A printable text in at most this many columns. */
function cutToColumns(text: string, columns: number): string {
  if (displayWidth(text.slice(0, 200)) <= columns && text.length <= 200) return text;
  let shown = '';
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns - 1) break;
    shown += character;
  }
  return `${shown}…`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
