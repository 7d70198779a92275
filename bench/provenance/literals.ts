import { functions } from '../../src/helm/functions/registry.ts';
import type { ListNode, TextNode } from '../../src/helm/template/node.ts';
import { parseFile } from '../../src/helm/template/parse-file.ts';
import type { TemplateFile } from '../../src/helm/value/origin.ts';

/** Places in a template's own text where letters can be inserted: behind the last word of each text of a line. */
export interface Literal {
  readonly file: TemplateFile;
  /** 1-based. */
  readonly line: number;
  /** Zero-based, in the template. */
  readonly offsets: readonly number[];
}

/** The literals of a template: at most one for each line. */
export function literalsOf(file: TemplateFile): Literal[] {
  const { text } = file.source;
  const ends = new Map<number, number[]>();
  for (const tree of parseFile(file, (name) => functions.has(name)).trees.values()) {
    for (const { start, end } of textsIn(tree.root)) {
      for (const match of text.slice(start, end).matchAll(/[A-Za-z](?=[^A-Za-z\n]*(?:\n|$))/g)) {
        const offset = start + match.index + 1;
        // What stands in a comment of YAML is no less a text.
        const { line } = file.source.positionAt(offset - 1);
        ends.set(line, [...(ends.get(line) ?? []), offset]);
      }
    }
  }
  return Array.from(ends, ([line, offsets]) => ({ file, line, offsets }));
}

function* textsIn({ nodes }: ListNode): Generator<TextNode> {
  for (const node of nodes) {
    if (node.kind === 'text') yield node;
    else if (node.kind === 'if' || node.kind === 'with' || node.kind === 'range') {
      yield* textsIn(node.list);
      if (node.elseList !== undefined) yield* textsIn(node.elseList);
    }
  }
}
