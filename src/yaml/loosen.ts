import { parseEvents, YAMLException, type Event } from 'js-yaml';
import type { MappingNode, Node, ScalarNode } from './node.ts';

/** Characters that may be parsed again and again before the fault stands: bounds the time that one document takes. */
const WORK_LIMIT = 50_000_000;

export interface LooseDocument {
  /** The text that the events point into. */
  readonly text: string;
  readonly events: readonly Event[];
  /** The offset in the original text of an offset in the loosened one. */
  readonly toOriginal: (offset: number) => number;
}

/** Whether the parser stopped at a continued line that YAML 1.2 wants to be indented more. */
export function isDeficientIndentation(error: unknown): error is YAMLException {
  return error instanceof YAMLException && error.reason === 'deficient indentation' && error.mark !== undefined;
}

/**
 * Parses a document in which lines of flow collections or quoted scalars are indented less than YAML 1.2 demands, such
 * as a closing bracket below its key. Kubernetes' parser accepts them. White space in front of such a line means
 * nothing, so the lines are indented until the parser is content.
 * @throws YAMLException for every other fault, with offsets into the original text
 */
export function parseLoosely(original: string, maxDepth: number, first: YAMLException): LooseDocument {
  const indentation = ' '.repeat(longestIndentation(original) + 2);
  const insertions: number[] = [];
  const toOriginal = (offset: number): number =>
    offset - indentation.length * countBefore(insertions, offset, indentation.length);
  let text = original;
  let error = first;
  for (let work = 0; work < WORK_LIMIT; work += text.length) {
    const lineStart = startOfLine(text, error.mark?.position ?? 0);
    if (insertions.includes(lineStart)) break;
    text = text.slice(0, lineStart) + indentation + text.slice(lineStart);
    insertions.push(lineStart);
    try {
      return { text, events: parseEvents(text, { maxDepth }), toOriginal };
    } catch (next) {
      if (!isDeficientIndentation(next)) throw atOriginal(next, toOriginal);
      error = next;
    }
  }
  throw atOriginal(error, toOriginal);
}

/** The tree with the offsets of the original text. Shared nodes stay shared. */
export function withOriginalOffsets(root: Node, toOriginal: (offset: number) => number): Node {
  const moved = new Map<Node, Node>();
  return move(root);

  function move(node: Node): Node {
    const known = moved.get(node);
    if (known !== undefined) return known;
    const fresh =
      node.kind === 'scalar' ? moveScalar(node) : node.kind === 'mapping' ? moveMapping(node) : moveSequence(node);
    moved.set(node, fresh);
    return fresh;
  }

  function moveScalar(node: ScalarNode): ScalarNode {
    return { ...node, start: toOriginal(node.start), end: toOriginal(node.end) };
  }

  function moveMapping(node: MappingNode): Node {
    const entries = node.entries.map((entry) => ({
      ...entry,
      start: toOriginal(entry.start),
      end: toOriginal(entry.end),
      value: move(entry.value),
    }));
    return { ...node, start: toOriginal(node.start), end: toOriginal(node.end), entries };
  }

  function moveSequence(node: Extract<Node, { kind: 'sequence' }>): Node {
    return { ...node, start: toOriginal(node.start), end: toOriginal(node.end), items: node.items.map(move) };
  }
}

/** Faults come in the order of the text, so the insertions are sorted. */
function countBefore(insertions: readonly number[], offset: number, width: number): number {
  let low = 0;
  let high = insertions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((insertions[middle] ?? 0) + width <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/[\r\n]/.test(text[start - 1] ?? '')) start--;
  return start;
}

/** The indicators of lists and explicit keys indent as spaces do. */
function longestIndentation(text: string): number {
  let longest = 0;
  for (const [start] of text.matchAll(/^[ ?-]+/gm)) longest = Math.max(longest, start.length);
  return longest;
}

function atOriginal(error: unknown, toOriginal: (offset: number) => number): unknown {
  if (error instanceof YAMLException && error.mark !== undefined) {
    error.mark.position = toOriginal(error.mark.position);
  }
  return error;
}
