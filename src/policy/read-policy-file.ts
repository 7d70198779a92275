import type { SourceText } from '../text/source.ts';
import type { Document } from '../yaml/document.ts';
import type { Entry } from '../yaml/node.ts';
import { parseDocuments } from '../yaml/parse.ts';
import type { PolicyError } from './policy-error.ts';

/** The one document of a policy file, in YAML 1.2, where `off` is a word; undefined when there is not exactly one. */
export function readPolicyFile(source: SourceText): { document: Document | undefined; errors: PolicyError[] } {
  const documents: Document[] = [];
  const errors: PolicyError[] = [];
  for (const { document, fault, repeats } of parseDocuments(source, 'core')) {
    for (const { second } of repeats) errors.push({ message: explainRepeat(second), location: source.locate(second) });
    if (fault !== undefined) errors.push({ message: fault.message, location: source.locate(fault) });
    else if (hasContent(document)) documents.push(document);
  }
  if (errors.length > 0) return { document: undefined, errors };
  const [first, second] = documents;
  if (first === undefined) {
    const message = 'The policy file is empty. Begin it with "version: 1".';
    return { document: undefined, errors: [{ message, location: source.locate({ start: 0, end: 0 }) }] };
  }
  if (second !== undefined) {
    const message = `A policy file contains one document, but this is another one. Remove the "---", or move it to its own file.`;
    const location = source.locate({ start: second.start, end: second.start + '---'.length });
    return { document: undefined, errors: [{ message, location }] };
  }
  return { document: first, errors: [] };
}

function hasContent({ root }: Document): boolean {
  return root !== undefined && !(root.kind === 'scalar' && root.value === null);
}

function explainRepeat({ key }: Entry): string {
  return `The key "${key}" is already in this mapping. Remove one of the two.`;
}
