import { placeRepeats, type ReadText } from '../../bundle/repeat.ts';
import { readResources, type Resource, type ResourceFault } from '../../bundle/resource.ts';
import { ANYTHING, glimpse, type Unread } from '../../bundle/unread.ts';
import type { Range, SourceText } from '../../text/source.ts';
import { Cursor } from '../../yaml/cursor.ts';
import type { Document, Fault } from '../../yaml/document.ts';
import { parseSection } from '../../yaml/parse.ts';

/** What is between two `---` lines of a source. */
export interface ReadSection {
  /** How many objects it contains, whether or not they are checked. */
  readonly objects: number;
  /** The documents that hold objects to look at. */
  readonly documents: readonly ReadDocument[];
  /** Why YAML could not be read. */
  readonly syntaxFaults: readonly Fault[];
  /** Why what was read is not an object. */
  readonly objectFaults: readonly ResourceFault[];
  /** The documents in which keys stand twice. */
  readonly texts: readonly ReadText[];
  /** What is known of the objects that could not be read. */
  readonly unread: readonly Unread[];
}

interface ReadDocument {
  readonly document: Document;
  readonly resources: readonly Resource[];
}

/** Whether the bundle or a rule uses the objects of a kind. */
export type LookTest = (group: string, kind: string) => boolean;

/** Reads the section of a source in a range; objects that are not used are only counted. */
export function readSection(source: SourceText, range: Range, isLookedAt: LookTest): ReadSection {
  const syntaxFaults: Fault[] = [];
  const objectFaults: ResourceFault[] = [];
  const documents: ReadDocument[] = [];
  const texts: ReadText[] = [];
  const unread: Unread[] = [];
  let objects = 0;
  for (const { document, fault, repeats } of parseSection(source, range)) {
    if (fault !== undefined) {
      syntaxFaults.push(fault);
      unread.push(glimpse(source, range));
      const nothing = { source, ...range, root: undefined, template: undefined };
      if (repeats.length > 0) texts.push({ repeats: placeRepeats(nothing, repeats, []), resources: [] });
      continue;
    }
    const { resources, faults } = readResources(document);
    if (repeats.length > 0) {
      const text = { repeats: placeRepeats(document, repeats, rootsOf(document, resources)), resources };
      texts.push(text);
      if (losesObjects(text)) unread.push(ANYTHING);
    }
    for (const objectFault of faults) {
      objectFaults.push(objectFault);
      unread.push({ ...ANYTHING, template: document.template });
    }
    objects += resources.length;
    const kept = resources.filter(({ group, kind }) => isLookedAt(group, kind));
    if (kept.length > 0) documents.push({ document, resources: kept });
  }
  return { objects, documents, syntaxFaults, objectFaults, texts, unread };
}

/** What is below none of the objects is a list's. */
function rootsOf(document: Document, resources: readonly Resource[]): Cursor[] {
  return [...resources.map(({ cursor }) => cursor), Cursor.root(document, document.root)];
}

/** Whether whole objects are lost: two stand in one document with no `---` between them, or a list has two lists. */
function losesObjects({ repeats }: ReadText): boolean {
  return repeats.some(({ isOfObject, key }) => isOfObject && ['kind', 'metadata', 'items'].includes(key));
}
