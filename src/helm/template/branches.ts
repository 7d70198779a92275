import type { BranchNode, ListNode, PipeNode } from './node.ts';

/** So many lines may be exchanged for as many others. */
const MAX_CHOICE_LINES = 2;

const assigned = new WeakMap<ListNode, readonly string[]>();
const choices = new WeakMap<BranchNode, boolean>();

/** The variables from outside that a list of nodes may set. */
export function assignedIn(list: ListNode): readonly string[] {
  let names = assigned.get(list);
  if (names === undefined) {
    const declared = new Set<string>();
    const set = new Set<string>();
    collectBranches(list, set, declared);
    names = [...set].filter((name) => !declared.has(name));
    assigned.set(list, names);
  }
  return names;
}

function collectBranches({ nodes }: ListNode, set: Set<string>, declared: Set<string>): void {
  for (const node of nodes) {
    if (node.kind === 'action') collectPipe(node.pipe, set, declared);
    else if (node.kind === 'if' || node.kind === 'with' || node.kind === 'range') {
      collectPipe(node.pipe, set, declared);
      collectBranches(node.list, set, declared);
      if (node.elseList !== undefined) collectBranches(node.elseList, set, declared);
    }
  }
}

function collectPipe({ variables, isAssignment }: PipeNode, set: Set<string>, declared: Set<string>): void {
  for (const { idents } of variables) (isAssignment ? set : declared).add(idents[0]);
}

/** Whether a branch prints a line either way: `image: {{ .a }}`, or else `image: {{ .b }}`. */
export function isLineChoice(node: BranchNode): boolean {
  let isChoice = choices.get(node);
  if (isChoice === undefined) {
    const lines = node.elseList === undefined || node.kind === 'range' ? 0 : lineCount(node.list);
    isChoice =
      lines > 0 && lines <= MAX_CHOICE_LINES && node.elseList !== undefined && lines === lineCount(node.elseList);
    choices.set(node, isChoice);
  }
  return isChoice;
}

/** How many lines nodes print that are not blank, as far as that can be told; infinite when it cannot. */
function lineCount({ nodes }: ListNode): number {
  let count = 0;
  let isLineEmpty = true;
  const write = (): void => {
    if (isLineEmpty) count++;
    isLineEmpty = false;
  };
  for (const node of nodes) {
    if (node.kind === 'text') {
      node.text.split('\n').forEach((line, index) => {
        if (index > 0) isLineEmpty = true;
        if (line.trim() !== '') write();
      });
    } else if (node.kind === 'action' && node.pipe.variables.length > 0) continue;
    else if (!isBranch(node) || !node.hasLineBreak) write();
    else {
      const lines = isLineChoice(node) ? lineCount(node.list) : Infinity;
      count += lines;
      isLineEmpty = true;
    }
  }
  return count;
}

function isBranch(node: ListNode['nodes'][number]): node is BranchNode {
  return node.kind === 'if' || node.kind === 'with' || node.kind === 'range';
}
