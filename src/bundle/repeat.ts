import type { Range } from '../text/source.ts';
import { Cursor } from '../yaml/cursor.ts';
import type { Document } from '../yaml/document.ts';
import type { Entry } from '../yaml/node.ts';
import type { RepeatedKey } from '../yaml/repeated-key.ts';
import type { Resource } from './resource.ts';

/** A key that stands twice in a mapping, as two places to point at. */
export interface PlacedRepeat {
  /** As it is read: `true` of `on`. */
  readonly key: string;
  /** As the two are written. */
  readonly written: readonly [first: string, second: string];
  /** Whether it is read as something else than a word: a boolean or a number. */
  readonly isConverted: boolean;
  /** The key whose value is lost. */
  readonly first: Cursor;
  /** The key whose value is read. */
  readonly second: Cursor;
  /** Whether it is a key of an object itself, and not of something inside of it. */
  readonly isOfObject: boolean;
}

/** A document of the manifests, or a YAML file of a chart, with the keys that stand twice in it. */
export interface ReadText {
  readonly repeats: readonly PlacedRepeat[];
  /** Its objects. */
  readonly resources: readonly Resource[];
}

/**
 * Finds the places of repeated keys.
 * @param roots on the objects of the document, or the root of the file
 */
export function placeRepeats(
  document: Document,
  repeats: readonly RepeatedKey[],
  roots: readonly Cursor[],
): PlacedRepeat[] {
  const { text } = document.source;
  return repeats.map(({ first, second }) => {
    const found = findEntry(roots, second);
    return {
      key: second.key,
      written: [text.slice(first.start, first.end), text.slice(second.start, second.end)],
      isConverted: first.rawKey !== undefined || second.rawKey !== undefined,
      first: cursorOnKey(document, first),
      second: found?.onKey ?? cursorOnKey(document, second),
      // Of a document that could not be read to its end, the column says as much.
      isOfObject: found === undefined ? isAtLineStart(text, first.start) : found.parent?.parent === undefined,
    };
  });
}

function isAtLineStart(text: string, offset: number): boolean {
  return offset === 0 || /[\r\n]/.test(text.charAt(offset - 1));
}

/** Nothing that was read has a key whose value is lost. */
function cursorOnKey(document: Document, { key, start, end }: Entry): Cursor {
  return Cursor.root(document, { kind: 'scalar', start, end, value: key, style: 'plain' });
}

function findEntry(roots: readonly Cursor[], entry: Entry): Cursor | undefined {
  let within = roots.find((root) => holds(root, entry));
  while (within !== undefined) {
    const children: Cursor[] = within.isSequence ? within.items() : within.entries().map(([, child]) => child);
    const found = children.find(({ keyRange }) => keyRange === entry);
    if (found !== undefined) return found;
    within = children.find((child) => holds(child, entry));
  }
  return undefined;
}

function holds({ node }: Cursor, { start, end }: Range): boolean {
  return node !== undefined && node.start <= start && end <= node.end;
}
