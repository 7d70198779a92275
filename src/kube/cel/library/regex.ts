import { RegexpError } from '../../../re2/node.ts';
import { Re2 } from '../../../re2/re2.ts';
import { invalidArgument, noSuchOverload } from '../fault.ts';
import type { Library } from './library.ts';

/** Patterns are mostly literals of a rule that is asked for many values. */
const MOST_PATTERNS = 256;
const patterns = new Map<string, Re2>();

function compile(pattern: unknown): Re2 {
  if (typeof pattern !== 'string') throw noSuchOverload('matches');
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    try {
      compiled = new Re2(pattern);
    } catch (error) {
      if (error instanceof RegexpError) throw invalidArgument(error.message);
      throw error;
    }
    if (patterns.size >= MOST_PATTERNS) patterns.clear();
    patterns.set(pattern, compiled);
  }
  return compiled;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw noSuchOverload('matches');
  return value;
}

function findAll(text: unknown, pattern: unknown, most: unknown = -1n): string[] {
  if (typeof most !== 'bigint') throw noSuchOverload('findAll');
  const subject = textOf(text);
  const found: string[] = [];
  for (const [start = 0, end = 0] of compile(pattern).findAll(subject)) {
    if (most >= 0n && BigInt(found.length) >= most) break;
    found.push(subject.slice(start, end));
  }
  return found;
}

const matches = (text: unknown, pattern: unknown): boolean => compile(pattern).find(textOf(text)) !== undefined;

/** `matches` of CEL, and `find` and `findAll` of Kubernetes, with the patterns of RE2. */
export const regex: Library = {
  functions: { 'matches/2': matches },
  methods: {
    'matches/1': matches,
    'find/1': (text, pattern) => findAll(text, pattern, 1n)[0] ?? '',
    'findAll/1': (text, pattern) => findAll(text, pattern),
    'findAll/2': (text, pattern, most) => findAll(text, pattern, most),
  },
};
