import type { PathSegment } from './cursor.ts';

/** A path for people: `spec.containers[0].image`; a key that is more than a word stands in brackets. */
export function pathText(path: readonly PathSegment[]): string {
  const text = path.map((segment) => {
    if (typeof segment === 'number') return `[${segment}]`;
    return /^[\w-]+$/.test(segment) ? `.${segment}` : `["${segment}"]`;
  });
  return text.join('').replace(/^\./, '') || 'The object';
}
