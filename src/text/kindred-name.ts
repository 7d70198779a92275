import { nearMiss } from './near-miss.ts';

/** Shorter words begin too many others. */
const SHORTEST_WORD = 3;

/**
 * The name that stands for another in a different spelling: a near miss (`replicass`, `PullPolicy`), or a longer or
 * shorter form of the same word (`user` and `username`, `port` and `httpPort`), which only those of the candidates count
 * as that have no use of their own.
 */
export function kindredName(name: string, candidates: Iterable<string>, unused: Iterable<string>): string | undefined {
  return (
    nearMiss(name, candidates) ?? [...unused].toSorted().find((other) => isForm(name, other) || isForm(other, name))
  );
}

function isForm(short: string, long: string): boolean {
  if (short.length < SHORTEST_WORD || short.length >= long.length) return false;
  if (long.toLowerCase().startsWith(short.toLowerCase())) return true;
  const rest = long.slice(0, -short.length);
  const end = long.slice(rest.length);
  return end.toLowerCase() === short.toLowerCase() && (/^[A-Z]/.test(end) || /[-_.]$/.test(rest));
}
