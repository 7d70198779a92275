import { diffLines, type Hunk } from './diff-lines.ts';

/** As `diffLines`, for renderings: what another kind only moves to another place among the documents is not lost. */
export function* diffBySource(before: readonly string[], after: readonly string[]): Generator<Hunk> {
  const theirs = bySource(after);
  for (const [source, own] of bySource(before)) {
    const at = (index: number): number => own[index] ?? before.length;
    const lines = own.map((line) => before[line] ?? '');
    const others = (theirs.get(source) ?? []).map((line) => after[line] ?? '');
    for (const { start, end, starts } of diffLines(lines, others)) {
      // A source may have several stretches; a hunk that reaches from one into the next is two.
      for (let from = start; from < end;) {
        let to = from + 1;
        while (to < end && at(to) === at(to - 1) + 1) to++;
        const isWhole = from === start && to === end;
        const moved = isWhole
          ? starts.filter((first) => at(first + end - start - 1) === at(first) + end - start - 1)
          : [];
        yield { start: at(from), end: at(to - 1) + 1, starts: moved.map(at) };
        from = to;
      }
    }
  }
}

/** The lines of each template's documents, zero-based. */
function bySource(lines: readonly string[]): Map<string, number[]> {
  const sources = new Map<string, number[]>();
  let current: number[] = [];
  lines.forEach((line, index) => {
    const source = line === '---' ? lines[index + 1] : undefined;
    if (source?.startsWith('# Source: ') === true) {
      current = sources.get(source) ?? [];
      sources.set(source, current);
    }
    current.push(index);
  });
  return sources;
}
