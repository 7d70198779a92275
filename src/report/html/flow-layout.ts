import type { Stop, Way } from './flow-ways.ts';

export const PICTURE_WIDTH = 1000;
export const BOX_WIDTH = 276;
export const ROW_HEIGHT = 22;
const TITLE_HEIGHT = 28;
const BOX_END = 6;
const BOX_GAP = 14;
const HEADING_HEIGHT = 30;
/** Between the lines that bypass the ConfigMaps, below them. */
const LANE_HEIGHT = 7;
const MOST_LANES = 24;

/** A line inside of a box; x and y are its upper left corner. */
export interface Row {
  readonly stop: Stop;
  readonly column: Column;
  /** The ways through it, by their index. */
  readonly ways: number[];
  readonly isPast: boolean;
  x: number;
  y: number;
}

export interface Box {
  readonly title: string;
  readonly rows: Row[];
  x: number;
  y: number;
  height: number;
}

type Column = 'values' | 'providers' | 'containers';

/** A curve between two lines; past all boxes between them when it has a lane. */
export interface Link {
  readonly way: number;
  readonly from: Row;
  /** Undefined for a way that ends here. */
  readonly to: Row | undefined;
  readonly lane: number | undefined;
}

export interface Layout {
  readonly columns: readonly { readonly name: Column; readonly x: number; readonly boxes: readonly Box[] }[];
  readonly links: readonly Link[];
  readonly height: number;
}

/** Places the ways in columns. All units are those of the picture. */
export function layOut(ways: readonly Way[]): Layout {
  const values = new ColumnBuilder('values');
  const providers = new ColumnBuilder('providers');
  const containers = new ColumnBuilder('containers');
  const links: Link[] = [];
  let lanes = 0;
  ways.forEach((way, index) => {
    const from = way.from.map((stop) => values.add(stop, index));
    const via = way.via && providers.add(way.via, index);
    if (via !== undefined) for (const row of from) links.push({ way: index, from: row, to: via, lane: undefined });
    for (const stop of way.to) {
      const to = containers.add(stop, index);
      if (via !== undefined && !stop.isPast) links.push({ way: index, from: via, to, lane: undefined });
      else for (const row of from) links.push({ way: index, from: row, to, lane: lanes++ % MOST_LANES });
    }
    if (way.to.length === 0 && via !== undefined) links.push({ way: index, from: via, to: undefined, lane: undefined });
  });
  const used = [values, providers, containers].filter((column) => column.boxes.length > 0 || column !== values);
  const height = Math.max(...used.map((column) => column.height));
  const below = lanes === 0 ? 0 : 14 + Math.min(lanes, MOST_LANES) * LANE_HEIGHT;
  const gap = used.length === 3 ? (PICTURE_WIDTH - 3 * BOX_WIDTH) / 2 : 180;
  const left = used.length === 3 ? 0 : (PICTURE_WIDTH - 2 * BOX_WIDTH - gap) / 2;
  // Most containers have a variable for each key: side by side, their lines are straight.
  const top = HEADING_HEIGHT + (height - Math.max(providers.height, containers.height)) / 2;
  const columns = used.map((column, index) => {
    const x = left + index * (BOX_WIDTH + gap);
    column.place(x, column === values ? HEADING_HEIGHT + (height - values.height) / 2 : top);
    return { name: column.name, x, boxes: column.boxes };
  });
  return { columns, links, height: HEADING_HEIGHT + height + below + 2 };
}

/** How far down a lane is, measured from the upper edge of the picture. */
export function laneAt({ height }: Layout, lane: number): number {
  return height - 6 - lane * LANE_HEIGHT;
}

class ColumnBuilder {
  readonly name: Column;
  readonly #boxes = new Map<string, { box: Box; rows: Map<string, Row> }>();

  constructor(name: Column) {
    this.name = name;
  }

  get boxes(): Box[] {
    return [...this.#boxes.values()].map(({ box }) => box);
  }

  get height(): number {
    return this.boxes.reduce((total, box) => total + heightOf(box) + BOX_GAP, -BOX_GAP);
  }

  add(stop: Stop & { readonly isPast?: boolean }, way: number): Row {
    let known = this.#boxes.get(stop.box);
    if (known === undefined) {
      known = { box: { title: stop.box, rows: [], x: 0, y: 0, height: 0 }, rows: new Map() };
      this.#boxes.set(stop.box, known);
    }
    const identity = JSON.stringify([stop.label, stop.note]);
    let row = known.rows.get(identity);
    if (row === undefined) {
      row = { stop, column: this.name, ways: [], isPast: stop.isPast === true, x: 0, y: 0 };
      known.rows.set(identity, row);
      known.box.rows.push(row);
    }
    if (row.ways.at(-1) !== way) row.ways.push(way);
    return row;
  }

  place(x: number, top: number): void {
    let y = top;
    for (const box of this.boxes) {
      // What bypasses the ConfigMaps does so below them.
      box.rows.sort((a, b) => Number(a.isPast) - Number(b.isPast));
      Object.assign(box, { x, y, height: heightOf(box) });
      box.rows.forEach((row, index) => Object.assign(row, { x, y: y + TITLE_HEIGHT + index * ROW_HEIGHT }));
      y += box.height + BOX_GAP;
    }
  }
}

function heightOf({ rows }: Box): number {
  return TITLE_HEIGHT + rows.length * ROW_HEIGHT + BOX_END;
}
