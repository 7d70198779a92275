import { quoteGo } from '../go/quote.ts';
import type { CommandNode, Node, PipeNode } from './node.ts';

/** A node as Go's error messages print it: from the tree, with single spaces. */
export function nodeText(node: Node): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'action':
      return `{{${pipeText(node.pipe)}}}`;
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.elseList === undefined ? '' : `{{else}}${nodeText(node.elseList)}`;
      return `{{${node.kind} ${pipeText(node.pipe)}}}${nodeText(node.list)}${otherwise}{{end}}`;
    }
    case 'template':
      return `{{template ${quoteGo(node.name)}${node.pipe === undefined ? '' : ` ${pipeText(node.pipe)}`}}}`;
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'list':
      return node.nodes.map(nodeText).join('');
    case 'pipe':
      return pipeText(node);
    case 'command':
      return commandText(node);
    case 'field':
      return `.${node.idents.join('.')}`;
    case 'variable':
      return node.idents.join('.');
    case 'chain':
      return `${argumentText(node.node)}.${node.idents.join('.')}`;
    case 'identifier':
      return node.name;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'number':
      return node.text;
    case 'string':
      return node.quoted;
  }
}

function pipeText({ variables, isAssignment, commands }: PipeNode): string {
  const declared = variables.length === 0 ? '' : `${variables.map(nodeText).join(', ')} ${isAssignment ? '=' : ':='} `;
  return declared + commands.map(commandText).join(' | ');
}

function commandText({ args }: CommandNode): string {
  return args.map(argumentText).join(' ');
}

function argumentText(node: Node): string {
  return node.kind === 'pipe' ? `(${pipeText(node)})` : nodeText(node);
}
