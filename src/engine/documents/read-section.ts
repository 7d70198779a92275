import { readResources, type Resource, type ResourceFault } from '../../bundle/resource.ts';
import type { Range, SourceText } from '../../text/source.ts';
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
  let objects = 0;
  for (const { document, fault } of parseSection(source, range)) {
    if (fault !== undefined) {
      syntaxFaults.push(fault);
      continue;
    }
    const { resources, faults } = readResources(document);
    for (const objectFault of faults) objectFaults.push(objectFault);
    objects += resources.length;
    const kept = resources.filter(({ group, kind }) => isLookedAt(group, kind));
    if (kept.length > 0) documents.push({ document, resources: kept });
  }
  return { objects, documents, syntaxFaults, objectFaults };
}
