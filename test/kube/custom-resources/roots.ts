import { SourceText } from '../../../src/text/source.ts';
import type { Node } from '../../../src/yaml/node.ts';
import { parseDocuments } from '../../../src/yaml/parse.ts';

/** The roots of the documents of a text. */
export function rootsOf(text: string): Node[] {
  return [...parseDocuments(new SourceText('test.yaml', text))].flatMap(({ document, fault }) => {
    if (fault !== undefined) throw new Error(fault.message);
    return document.root === undefined ? [] : [document.root];
  });
}
