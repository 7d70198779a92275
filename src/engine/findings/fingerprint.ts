import type { MessageData } from '../../rule/rule.ts';

/** Holes that are filled with words of ours, which may be said better some day. */
const WORDS = new Set(['problem', 'hint', 'suggestion', 'form', 'extent', 'title']);

/**
 * What a message says without its wording: the data that it names, in an order of its own. What an API server's refusal is
 * about is told by its cause.
 */
export function factsOf(message: string, data: MessageData, cause: string | undefined): string {
  return JSON.stringify([cause, ...factNames(message).map((name) => [name, data[name]])]);
}

/** Rules have few messages and many findings. */
const namesByMessage = new Map<string, readonly string[]>();

function factNames(message: string): readonly string[] {
  const known = namesByMessage.get(message);
  if (known !== undefined) return known;
  const holes = [...message.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  const names = [...new Set(holes)].filter((name) => !WORDS.has(name)).toSorted();
  namesByMessage.set(message, names);
  return names;
}

/** What tells a finding from others when its line moves. The module is loaded only when there is something to report. */
export function fingerprintOf(parts: readonly (string | number | undefined)[]): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', JSON.stringify(parts)).slice(0, 32);
}
