import type { Range } from '../../text/source.ts';
import { byteLength } from '../value/bytes.ts';
import type { FieldChain, Node } from './node.ts';

/** The 1-based line of an offset. Only a line feed begins a line for Go. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** `line:column` as Go's error messages write it: the column counts bytes from 0. */
export function positionText(text: string, offset: number): string {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return `${lineOf(text, offset)}:${byteLength(text.slice(lineStart, offset))}`;
}

/** The name of a chain that failed, by its index. */
export interface FailedField {
  readonly node: FieldChain;
  readonly field: number;
}

/**
 * What of a node to point at when it failed: of a chain of names the one that did, or all of it, and not the second one,
 * as Go does; of another node the place that Go names.
 */
export function failedRange({ node, field }: { readonly node: Node; readonly field?: number }, text: string): Range {
  switch (node.kind) {
    case 'field':
    case 'variable':
    case 'chain':
      return field === undefined ? node : rangeOfName({ node, field }, text);
    default:
      return { start: node.position, end: node.position };
  }
}

function rangeOfName({ node, field }: FailedField, text: string): Range {
  let start = node.kind === 'chain' ? node.node.end : node.start;
  let end = start;
  for (const name of node.idents.slice(0, field + 1)) {
    start = text.indexOf(name, end);
    end = start + name.length;
  }
  return { start, end };
}
