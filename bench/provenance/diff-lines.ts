/** Lines of the first text that the second does not have, and how far they may be moved: `[start, end)`, zero-based. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  /** Of a mere deletion that lies between equal lines: where else it may begin. Any of them explains the second text. */
  readonly starts: readonly number[];
}

/** The shortest way from one text to another, by Myers' algorithm: what is lost of the first one. */
export function diffLines(before: readonly string[], after: readonly string[]): Hunk[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  const old = before.slice(head, before.length - tail);
  const kept = keptLines(old, after.slice(head, after.length - tail));
  const hunks: Hunk[] = [];
  for (let at = 0; at < old.length; at++) {
    if (kept.has(at)) continue;
    const start = at;
    while (at < old.length && !kept.has(at)) at++;
    hunks.push({ start: head + start, end: head + at, starts: slides(before, head + start, head + at) });
  }
  return hunks;
}

/** Lines moved past equal ones, up or down. */
function slides(lines: readonly string[], start: number, end: number): number[] {
  const starts: number[] = [];
  for (let first = start - 1, last = end - 1; first >= 0 && lines[first] === lines[last]; first--, last--) {
    starts.push(first);
  }
  for (let first = start, next = end; next < lines.length && lines[first] === lines[next]; first++, next++) {
    starts.push(first + 1);
  }
  return starts;
}

/** The lines of the first text that are in the second as well, by their index. */
function keptLines(a: readonly string[], b: readonly string[]): Set<number> {
  const max = a.length + b.length;
  const furthest = new Map<number, number>([[1, 0]]);
  const rounds: Map<number, number>[] = [];
  for (let d = 0; d <= max; d++) {
    rounds.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = isDown ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(rounds, a.length, b.length);
    }
  }
  return new Set();
}

function walkBack(rounds: readonly ReadonlyMap<number, number>[], width: number, height: number): Set<number> {
  const kept = new Set<number>();
  let x = width;
  let y = height;
  for (let d = rounds.length - 1; d >= 0; d--) {
    const furthest = rounds[d];
    const k = x - y;
    const isDown = k === -d || (k !== d && (furthest?.get(k - 1) ?? -1) < (furthest?.get(k + 1) ?? -1));
    const from = isDown ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (furthest?.get(from) ?? 0);
    const fromY = d === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) {
      kept.add(--x);
      y--;
    }
    x = fromX;
    y = fromY;
  }
  return kept;
}
