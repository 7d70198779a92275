import { Composer } from './composer.ts';
import { Directives } from './directives.ts';
import type { Input } from './input.ts';
import type { Node } from './node.ts';
import type { Reading } from './reading.ts';
import { TokenReader } from './token-reader.ts';

/**
 * All documents of a text, none if there is nothing but comments; undefined stands for one that `---` begins and that
 * has no content.
 * @throws YamlFault for what is wrong with one of them
 */
export function readDocuments(input: Input, reading: Reading): (Node | undefined)[] {
  const tokens = new TokenReader(input);
  const roots: (Node | undefined)[] = [];
  skipDocumentEnds(tokens);
  while (!tokens.is('stream end')) {
    roots.push(nextDocument(tokens, reading));
    // What is indented less than the beginning of the document would be passed over.
    const isOver = tokens.is('document end') || tokens.is('document start') || tokens.is('stream end');
    if (!isOver) throw tokens.fault('did not find expected <document start>');
    skipDocumentEnds(tokens);
  }
  return roots;
}

function skipDocumentEnds(tokens: TokenReader): void {
  while (tokens.is('document end')) tokens.take();
}

/**
 * The first document of a text, whatever follows it; undefined when it has no content.
 * @throws YamlFault for what is wrong with it
 */
export function readFirstDocument(input: Input, reading: Reading): Node | undefined {
  const tokens = new TokenReader(input);
  return tokens.is('stream end') ? undefined : nextDocument(tokens, reading);
}

function nextDocument(tokens: TokenReader, reading: Reading): Node | undefined {
  const directives = new Directives(reading.schema);
  if (tokens.is('document start') || isDirective(tokens)) {
    directives.read(tokens);
    if (!tokens.is('document start')) throw tokens.fault('did not find expected <document start>');
    tokens.take();
    const isEmpty = tokens.is('document start') || tokens.is('document end') || tokens.is('stream end');
    if (isEmpty || isDirective(tokens)) return undefined;
  }
  return new Composer(tokens, reading, directives).compose();
}

function isDirective(tokens: TokenReader): boolean {
  return tokens.is('version directive') || tokens.is('tag directive');
}
