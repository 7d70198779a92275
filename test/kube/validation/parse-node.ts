import { SourceText } from '../../../src/text/source.ts';
import type { Node } from '../../../src/yaml/node.ts';
import { parseDocuments } from '../../../src/yaml/parse.ts';

/** The node of one document. */
export function parseNode(text: string): Node {
  for (const { document } of parseDocuments(new SourceText('object.yaml', text))) {
    if (document?.root !== undefined) return document.root;
  }
  throw new Error('The object of this test is faulty.');
}
