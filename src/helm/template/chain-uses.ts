import { toNamedChain, type NamedChain } from './field-chains.ts';
import type { CommandNode, ListNode, OperandNode, PipeNode } from './node.ts';
import type { Template, TemplateSet } from './template-set.ts';

/** A chain of fields and what a template does with its value. */
export interface ChainUse extends NamedChain {
  /** Whether the value is printed as it comes: nothing asks whether it is there, keeps it or hands it on. */
  readonly isPrinted: boolean;
  /** What the `if`, `with` and `range` around it ask. */
  readonly asked: Asked;
}

/** What conditions ask: chains of fields, and texts, which may be keys (`hasKey .Values "name"`). */
interface Asked {
  readonly chains: readonly NamedChain[];
  readonly texts: readonly string[];
}

const NOTHING: Asked = { chains: [], texts: [] };

/** Functions that make a text of whatever they are given. */
const PRINTING = new Set(
  (
    'quote squote toString toYaml toYamlPretty toJson toPrettyJson mustToJson mustToPrettyJson toRawJson nindent indent ' +
    'trim trimSuffix trimPrefix trimAll trunc upper lower title replace b64enc sha256sum printf print println cat ' +
    'int int64 float64 join'
  ).split(' '),
);

/** All chains of fields in the templates of a set, those in branches never taken among them, and how they are used. */
export function chainUses(set: TemplateSet): ChainUse[] {
  const uses: ChainUse[] = [];
  for (const template of set.templates()) new UseReader(template, uses).list(template.tree.root, NOTHING);
  return uses;
}

class UseReader {
  readonly #template: Template;
  readonly #uses: ChainUse[];

  constructor(template: Template, uses: ChainUse[]) {
    this.#template = template;
    this.#uses = uses;
  }

  list({ nodes }: ListNode, asked: Asked): void {
    for (const node of nodes) {
      switch (node.kind) {
        case 'action':
          this.#pipe(node.pipe, node.pipe.variables.length === 0, asked);
          break;
        case 'template':
          if (node.pipe !== undefined) this.#pipe(node.pipe, false, asked);
          break;
        case 'if':
        case 'with':
        case 'range': {
          this.#pipe(node.pipe, false, asked);
          const inner = this.#and(asked, node.pipe);
          this.list(node.list, inner);
          if (node.elseList !== undefined) this.list(node.elseList, inner);
          break;
        }
        default:
      }
    }
  }

  #pipe({ commands }: PipeNode, isPrinted: boolean, asked: Asked): void {
    let isPassedOn = isPrinted;
    for (const command of commands.toReversed()) {
      isPassedOn = this.#command(command, isPassedOn, asked);
    }
  }

  /** Whether what is piped into the command is printed. */
  #command({ args: [first, ...rest] }: CommandNode, isPrinted: boolean, asked: Asked): boolean {
    this.#operand(first, isPrinted, asked);
    if (first.kind !== 'identifier') {
      for (const arg of rest) this.#operand(arg, false, asked);
      return false;
    }
    const prints = isPrinted && PRINTING.has(first.name);
    for (const arg of rest) this.#operand(arg, prints, asked);
    return prints;
  }

  #operand(node: OperandNode, isPrinted: boolean, asked: Asked): void {
    if (node.kind === 'pipe') this.#pipe(node, isPrinted, asked);
    else if (node.kind === 'chain') this.#operand(node.node, false, asked);
    const chain = toNamedChain(node, this.#template);
    // `(.Values.a).b` is written by those who know that `a` may be missing.
    if (chain !== undefined) this.#uses.push({ ...chain, isPrinted: isPrinted && node.kind !== 'chain', asked });
  }

  #and({ chains, texts }: Asked, pipe: PipeNode): Asked {
    const more: { chains: NamedChain[]; texts: string[] } = { chains: [...chains], texts: [...texts] };
    const visit = (node: OperandNode): void => {
      if (node.kind === 'pipe') for (const { args } of node.commands) args.forEach(visit);
      else if (node.kind === 'chain') visit(node.node);
      else if (node.kind === 'string') more.texts.push(node.text);
      const chain = toNamedChain(node, this.#template);
      if (chain !== undefined) more.chains.push(chain);
    };
    visit(pipe);
    return more;
  }
}
