import type { FieldChain, Node } from './node.ts';
import type { Template, TemplateSet } from './template-set.ts';

/** A chain of fields that a template names: `.Values.a.b`, `$.Values.a`, `$x.a`, `(…).a`. */
export interface NamedChain {
  readonly node: FieldChain;
  /** The names without what they begin at. */
  readonly idents: readonly string[];
  /** What they begin at: the dot, the root `$`, another variable, or the value of an expression. */
  readonly base: 'dot' | 'root' | 'variable' | 'expression';
  readonly template: Template;
}

/** All chains of fields in the templates of a set, those in branches never taken among them. */
export function* fieldChains(set: TemplateSet): Generator<NamedChain> {
  for (const template of set.templates()) yield* chainsIn(template.tree.root, template);
}

function* chainsIn(root: Node, template: Template): Generator<NamedChain> {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const chain = toNamedChain(node, template);
    if (chain !== undefined) yield chain;
    open.push(...childrenOf(node).toReversed());
  }
}

/** A node as a chain of fields, if it is one. */
export function toNamedChain(node: Node, template: Template): NamedChain | undefined {
  switch (node.kind) {
    case 'field':
      return { node, idents: node.idents, base: 'dot', template };
    case 'chain':
      return { node, idents: node.idents, base: 'expression', template };
    case 'variable': {
      const [name, ...idents] = node.idents;
      if (idents.length === 0) return undefined;
      return { node, idents, base: name === '$' ? 'root' : 'variable', template };
    }
    default:
      return undefined;
  }
}

function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'list':
      return node.nodes;
    case 'action':
      return [node.pipe];
    case 'template':
      return node.pipe === undefined ? [] : [node.pipe];
    case 'if':
    case 'with':
    case 'range':
      return [node.pipe, node.list, ...(node.elseList === undefined ? [] : [node.elseList])];
    case 'pipe':
      return node.commands;
    case 'command':
      return node.args;
    case 'chain':
      return [node.node];
    default:
      return [];
  }
}
