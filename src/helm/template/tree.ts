import type { TemplateFile } from '../value/origin.ts';
import type { ListNode, StatementNode } from './node.ts';

/** What one name stands for in one parsed text: the text itself, or a `define` or `block` in it. */
export interface Tree {
  readonly name: string;
  /** The name of the text, which error messages show before the line. */
  readonly parseName: string;
  /** The whole text that it was parsed from; the offsets of its nodes count from its beginning. */
  readonly text: string;
  readonly root: ListNode;
}

/** The templates that a text defines, itself among them, by their names. */
export interface ParsedText {
  readonly name: string;
  readonly trees: ReadonlyMap<string, Tree>;
}

export interface ParsedFile extends ParsedText {
  readonly file: TemplateFile;
}

/** Whether a body holds nothing but blanks, comments and definitions: such a definition replaces no other. */
export function isEmptyBody({ nodes }: ListNode): boolean {
  return nodes.every(isBlankNode);
}

function isBlankNode(node: StatementNode): boolean {
  // Unicode's spaces as Go has them: JavaScript trims U+FEFF too, but not U+0085.
  return (
    node.kind === 'text' && /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/.test(node.text)
  );
}
