type Term =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'rune'; readonly rune: string }
  | { readonly kind: 'class'; readonly isNegated: boolean; readonly ranges: readonly (readonly [number, number])[] };

/** A pattern of Go's `filepath.Match`: `*` and `?` stop at a slash, `[a-z]`, `[^a]`, `\` escapes. */
export class PathPattern {
  readonly #terms: readonly Term[];

  private constructor(terms: readonly Term[]) {
    this.#terms = terms;
  }

  /** @returns undefined for a pattern that Go refuses (`syntax error in pattern`) */
  static parse(pattern: string): PathPattern | undefined {
    const terms = parsePattern(pattern);
    return terms === undefined ? undefined : new PathPattern(terms);
  }

  /** Whether it matches a whole path, which is given by its characters; `work` counts those that were compared. */
  matches(path: readonly string[], work: { steps: number } = { steps: 0 }): boolean {
    const terms = this.#terms;
    let at = 0;
    let index = 0;
    let star = -1;
    let retryAt = 0;
    while (at < path.length || index < terms.length) {
      const term = terms[index];
      const rune = path[at];
      work.steps++;
      if (term?.kind === 'star') {
        star = index++;
        retryAt = at;
      } else if (term !== undefined && rune !== undefined && accepts(term, rune)) {
        index++;
        at++;
      } else if (star !== -1 && retryAt < path.length && path[retryAt] !== '/') {
        // Only the last star needs another try: what earlier ones left over stands before a part that has matched.
        at = ++retryAt;
        index = star + 1;
      } else return false;
    }
    return true;
  }
}

/** Whether a whole path matches a pattern; undefined for a pattern that Go refuses. */
export function matchPath(pattern: string, path: string): boolean | undefined {
  return PathPattern.parse(pattern)?.matches([...path]);
}

function accepts(term: Term, rune: string): boolean {
  switch (term.kind) {
    case 'star':
      return false;
    case 'any':
      return rune !== '/';
    case 'rune':
      return term.rune === rune;
    case 'class': {
      const code = rune.codePointAt(0) ?? 0;
      return term.ranges.some(([low, high]) => low <= code && code <= high) !== term.isNegated;
    }
  }
}

function parsePattern(pattern: string): readonly Term[] | undefined {
  const runes = [...pattern];
  const terms: Term[] = [];
  for (let at = 0; at < runes.length; at++) {
    const rune = runes[at] ?? '';
    if (rune === '*') terms.push({ kind: 'star' });
    else if (rune === '?') terms.push({ kind: 'any' });
    else if (rune === '[') {
      const parsed = parseClass(runes, at + 1);
      if (parsed === undefined) return undefined;
      terms.push(parsed.term);
      at = parsed.last;
    } else if (rune === '\\') {
      const escaped = runes[++at];
      if (escaped === undefined) return undefined;
      terms.push({ kind: 'rune', rune: escaped });
    } else terms.push({ kind: 'rune', rune });
  }
  return terms;
}

/** A class has at least one range; `]` first, and `-` in its place, are errors in Go. */
function parseClass(runes: readonly string[], start: number): { term: Term; last: number } | undefined {
  let at = start;
  const isNegated = runes[at] === '^';
  if (isNegated) at++;
  const ranges: [number, number][] = [];
  while (runes[at] !== ']' || ranges.length === 0) {
    const low = readClassRune(runes, at);
    if (low === undefined) return undefined;
    let high = low;
    if (runes[low.next] === '-') {
      const end = readClassRune(runes, low.next + 1);
      if (end === undefined) return undefined;
      high = end;
    }
    at = high.next;
    if (at >= runes.length) return undefined;
    ranges.push([low.code, high.code]);
  }
  return { term: { kind: 'class', isNegated, ranges }, last: at };
}

function readClassRune(runes: readonly string[], at: number): { code: number; next: number } | undefined {
  const first = runes[at];
  if (first === undefined || first === '-' || first === ']') return undefined;
  const rune = first === '\\' ? runes[at + 1] : first;
  if (rune === undefined) return undefined;
  return { code: rune.codePointAt(0) ?? 0, next: at + (first === '\\' ? 2 : 1) };
}
