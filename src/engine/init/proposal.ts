import type { YamlValue } from '../../policy/write-yaml.ts';

/** A principle that may hold of a chart. */
export interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly severity?: 'warning';
  /** Rules without options where nothing needs to be said. */
  readonly checks: readonly ProposedCheck[];
}

/** The objects that a check is about. */
type Match = { readonly [list in 'kinds' | 'names' | 'containers']?: readonly string[] };

export interface ProposedCheck {
  readonly rule: string;
  readonly match?: Match;
  readonly with?: { readonly [key: string]: YamlValue };
}

/** A principle has each rule once, so statements about several groups become several principles. */
export function splitByRule({ checks, ...proposal }: Proposal): Proposal[] {
  const parts: ProposedCheck[][] = [];
  for (const check of checks) {
    const part = parts.find((others) => others.every(({ rule }) => rule !== check.rule));
    if (part === undefined) parts.push([check]);
    else part.push(check);
  }
  return parts.map((part, index) => {
    if (index === 0) return { ...proposal, checks: part };
    const about = new Set(part.flatMap(({ match }) => match?.containers ?? match?.names ?? []));
    const names = about.size > 2 ? [...[...about].slice(0, 2), '…'] : [...about];
    return {
      ...proposal,
      id: `${proposal.id}-${index + 1}`,
      title: `${proposal.title}: ${names.join(', ')}`,
      checks: part,
    };
  });
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
