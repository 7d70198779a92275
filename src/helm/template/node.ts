import type { NumberConstant } from './number.ts';

interface Place {
  /** Zero-based offsets in UTF-16 units; of an action, with its delimiters. */
  readonly start: number;
  readonly end: number;
  /** The offset that Go's error messages name. Of `.a.b.c` it is that of `.b`. */
  readonly position: number;
}

export interface TextNode extends Place {
  readonly kind: 'text';
  readonly text: string;
}

export interface ActionNode extends Place {
  readonly kind: 'action';
  readonly pipe: PipeNode;
}

/** An `if`, `with` or `range`; its `start` to `end` reaches from the header to the `end` action. */
export interface BranchNode extends Place {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly elseList: ListNode | undefined;
  /** Where the header action ends. */
  readonly headerEnd: number;
  /** Whether it can print whole lines: whether a text in its bodies has a line break. */
  readonly hasLineBreak: boolean;
}

export interface TemplateNode extends Place {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

export interface LoopNode extends Place {
  readonly kind: 'break' | 'continue';
}

export interface ListNode extends Place {
  readonly kind: 'list';
  readonly nodes: readonly StatementNode[];
}

export type StatementNode = TextNode | ActionNode | BranchNode | TemplateNode | LoopNode;

export interface PipeNode extends Place {
  readonly kind: 'pipe';
  readonly isAssignment: boolean;
  readonly variables: readonly VariableNode[];
  readonly commands: readonly CommandNode[];
}

export interface CommandNode extends Place {
  readonly kind: 'command';
  readonly args: readonly [OperandNode, ...OperandNode[]];
}

/** `.a.b` */
interface FieldNode extends Place {
  readonly kind: 'field';
  readonly idents: readonly [string, ...string[]];
}

/** `$x.a.b`: the first name is the variable's, with its `$`. */
export interface VariableNode extends Place {
  readonly kind: 'variable';
  readonly idents: readonly [string, ...string[]];
}

/** `(…).a.b` */
interface ChainNode extends Place {
  readonly kind: 'chain';
  readonly node: OperandNode;
  readonly idents: readonly [string, ...string[]];
}

export interface IdentifierNode extends Place {
  readonly kind: 'identifier';
  readonly name: string;
}

interface WordNode extends Place {
  readonly kind: 'dot' | 'nil';
}

interface BoolNode extends Place {
  readonly kind: 'bool';
  readonly value: boolean;
}

export interface NumberNode extends Place {
  readonly kind: 'number';
  readonly text: string;
  readonly number: NumberConstant;
}

interface StringNode extends Place {
  readonly kind: 'string';
  /** As written, with its quotes. */
  readonly quoted: string;
  readonly text: string;
}

export type ConstantNode = BoolNode | NumberNode | StringNode;
export type FieldChain = FieldNode | VariableNode | ChainNode;
export type OperandNode = FieldChain | IdentifierNode | WordNode | ConstantNode | PipeNode;
export type Node = StatementNode | ListNode | CommandNode | OperandNode;
