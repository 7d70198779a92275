import type { PolicyNode } from './init-yaml.ts';

/** A principle that may hold of a chart. */
export interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly severity?: 'warning';
  /** Rules without options where nothing needs to be said. */
  readonly checks: readonly ProposedCheck[];
}

export interface ProposedCheck {
  readonly rule: string;
  readonly match?: { readonly [key: string]: PolicyNode };
  readonly with?: { readonly [key: string]: PolicyNode };
}

/** What all lists have in common, in the order of the first. */
export function common<T>(lists: readonly (readonly T[])[]): T[] {
  const [first = [], ...others] = lists;
  return [...new Set(first)].filter((item) => others.every((other) => other.includes(item)));
}

/** Gathers items by what makes them alike. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
