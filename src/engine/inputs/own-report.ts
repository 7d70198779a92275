import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** How each format begins. */
const HEADS: readonly RegExp[] = [
  /^\{\s*"version": \d+,\s*"tool": \{\s*"name": "chartlint"/,
  /^\{[^{]*"runs": \[\s*\{\s*"tool": \{\s*"driver": \{\s*"name": "chartlint"/,
  /^<\?xml [^>]*>\s*<testsuites name="chartlint"/,
  /^<!-- chartlint -->/,
  /^<!doctype html>[^]*<title>chartlint: /,
  /^\[\s*(?:\]|\{\s*"description": "(?:[^"\\]|\\.)*",\s*"check_name": )/,
  /^\{"line":1,"template":/,
];
/** How those end that begin with a finding. */
const TAILS: readonly RegExp[] = [/(?:^|\n)chartlint: .*\n$/, /\(\d+ resources?[ ,][^()]*\bpolicy\s[^]{0,400}\n$/];
/** Bytes at either end that are looked at. */
const LOOK = 4096;

/** Whether a file is a report that chartlint wrote, or empty: it may be written anew. */
export function isOwnReport(path: string): boolean {
  const { size } = statSync(path);
  const descriptor = openSync(path, 'r');
  try {
    const read = (position: number): string => {
      const bytes = Buffer.alloc(LOOK);
      return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, LOOK, position));
    };
    const [head, tail] = [read(0), read(Math.max(0, size - LOOK))];
    return size === 0 || HEADS.some((start) => start.test(head)) || TAILS.some((end) => end.test(tail));
  } finally {
    closeSync(descriptor);
  }
}
