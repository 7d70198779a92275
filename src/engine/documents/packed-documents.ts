import { readResources } from '../../bundle/resource.ts';
import { SourceText, type Range } from '../../text/source.ts';
import { NodePacker, NodeUnpacker, type PackedNodes } from '../../yaml/packed-nodes.ts';
import { readTemplateName } from '../../yaml/parse.ts';
import { splitDocuments } from '../../yaml/split-documents.ts';
import { readSection, type LookTest, type ReadSection } from './read-section.ts';

/** What one thread read of a text for another: plain data. */
export interface PackedText {
  readonly sections: readonly PackedSection[];
  /** The roots of all sections, one after the other. */
  readonly nodes: PackedNodes;
}

/** A section, with offsets into the text. */
interface PackedSection extends Range {
  readonly objects: number;
  /** How many documents hold objects to look at; undefined for a section that is to be read where it is needed. */
  readonly roots: number | undefined;
}

/** Reads the documents of a text: of a source, or some of it that follow each other. */
export function packText(text: string, isLookedAt: LookTest): PackedText {
  // A source takes one byte order mark off; what is left is a fault.
  const source = new SourceText('', `\ufeff${text}`);
  const packer = new NodePacker(text);
  const sections: PackedSection[] = [];
  for (const { start, end } of splitDocuments(text)) {
    const { objects, documents, texts, unread } = readSection(source, { start, end }, isLookedAt);
    const isPackable = texts.length + unread.length === 0 && !mayHaveAliases(text.slice(start, end));
    if (isPackable) for (const { document } of documents) if (document.root !== undefined) packer.add(document.root);
    sections.push({ start, end, objects, roots: isPackable ? documents.length : undefined });
  }
  return { sections, nodes: packer.pack() };
}

/** Two places may then have one node. */
function mayHaveAliases(text: string): boolean {
  return /&[^\s&]/.test(text) && /\*[^\s*]/.test(text);
}

/** What `packText` read of the text of a source that begins at an offset, as if it had been read here. */
export function* unpackText(
  { sections, nodes }: PackedText,
  source: SourceText,
  offset: number,
  isLookedAt: LookTest,
): Generator<ReadSection> {
  const unpacker = new NodeUnpacker(nodes, source.text, offset);
  for (const { start, end, objects, roots } of sections) {
    const range = { start: start + offset, end: end + offset };
    if (roots === undefined) {
      yield readSection(source, range, isLookedAt);
      continue;
    }
    const documents = Array.from({ length: roots }, () => {
      const template = readTemplateName(source.text, range.start);
      const document = { source, ...range, root: unpacker.take(), template };
      const { resources } = readResources(document);
      return { document, resources: resources.filter(({ group, kind }) => isLookedAt(group, kind)) };
    });
    yield { objects, documents, syntaxFaults: [], objectFaults: [], texts: [], unread: [] };
  }
}
