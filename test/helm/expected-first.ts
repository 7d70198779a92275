/** Rows of a table with what is expected moved to the front: titles can show that, but not every Go value. */
export function expectedFirst<Rest extends readonly unknown[], Expected>(
  rows: readonly (readonly [...Rest, Expected])[],
): [Expected, ...Rest][] {
  return rows.map((row) => [row.at(-1) as Expected, ...(row.slice(0, -1) as unknown as Rest)]);
}
