import type { BranchNode, ListNode, PipeNode } from './node.ts';

const assigned = new WeakMap<ListNode, readonly string[]>();
const apart = new WeakMap<BranchNode, boolean>();

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

/** Whether a branch prints lines of its own, rather than a part of the line that it stands in. */
export function isApart(node: BranchNode): boolean {
  if (node.hasLineBreak) return true;
  let known = apart.get(node);
  if (known === undefined) {
    known = !continuesLine(node);
    apart.set(node, known);
  }
  return known;
}

function continuesLine({ list, elseList }: BranchNode): boolean {
  return beginsInLine(list) || (elseList !== undefined && beginsInLine(elseList));
}

/** Whether what a list prints first may go on with a line. `nindent` begins a line. */
function beginsInLine({ nodes }: ListNode): boolean {
  for (const node of nodes) {
    switch (node.kind) {
      case 'text':
        if (node.text.trim() !== '') return true;
        break;
      case 'action':
        if (node.pipe.variables.length > 0) break;
        return !endsWithCall(node.pipe, 'nindent');
      case 'if':
      case 'with':
      case 'range':
        if (!node.hasLineBreak && continuesLine(node)) return true;
        break;
      case 'template':
        return true;
    }
  }
  return false;
}

function endsWithCall({ commands }: PipeNode, name: string): boolean {
  const [called] = commands.at(-1)?.args ?? [];
  return called?.kind === 'identifier' && called.name === name;
}
