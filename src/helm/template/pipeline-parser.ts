import { quoteGo } from '../go/quote.ts';
import type { CommandNode, IdentifierNode, OperandNode, PipeNode, VariableNode } from './node.ts';
import { nodeText } from './node-text.ts';
import { readNumber } from './number.ts';
import type { Token, TokenKind } from './token.ts';
import { TokenReader, type TokenStream } from './token-reader.ts';
import { unquoteString } from './unquote.ts';

/** As deep as Go lets parentheses nest. */
const MAX_PARENTHESES = 10_000;

/** Reads what stands inside of actions: pipelines of commands (Go 1.25, text/template/parse/parse.go). */
export class PipelineParser extends TokenReader {
  readonly #isFunction: (name: string) => boolean;
  /** The variables in scope in the order of their declarations, and how often each name is among them. */
  readonly #variables: string[] = [];
  readonly #counts = new Map<string, number>();
  #parentheses = 0;

  constructor(stream: TokenStream, isFunction: (name: string) => boolean) {
    super(stream);
    this.#isFunction = isFunction;
    this.#declare('$');
  }

  protected get scope(): number {
    return this.#variables.length;
  }

  protected leaveScope(scope: number): void {
    while (this.#variables.length > scope) {
      const name = this.#variables.pop() ?? '';
      this.#counts.set(name, (this.#counts.get(name) ?? 1) - 1);
    }
  }

  #declare(name: string): void {
    this.#variables.push(name);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  protected pipeline(context: string, end: TokenKind): PipeNode {
    const { start } = this.peekNonSpace();
    const variables: VariableNode[] = [];
    const isAssignment = this.#declarations(variables, context);
    const commands: CommandNode[] = [];
    for (let token = this.nextNonSpace(); token.kind !== end; token = this.nextNonSpace()) {
      if (!beginsCommand(token.kind)) this.unexpected(token, context);
      this.backup();
      commands.push(this.#command());
    }
    this.#check(commands, context);
    return {
      kind: 'pipe',
      start,
      end: commands.at(-1)?.end ?? start,
      position: start,
      isAssignment,
      variables,
      commands,
    };
  }

  /** Reads `$x :=`, `$x =` or, of a range, `$i, $x :=`; whether it is an assignment. */
  #declarations(variables: VariableNode[], context: string): boolean {
    for (let token = this.peekNonSpace(); token.kind === 'variable'; token = this.peekNonSpace()) {
      this.nextNonSpace();
      const before = this.stream.position;
      const { kind, text } = this.peekNonSpace();
      const isLast = kind === 'assign' || kind === 'declare';
      if (!isLast && !(kind === 'char' && text === ',')) {
        this.stream.position = before - 1;
        return false;
      }
      this.nextNonSpace();
      variables.push(variable(token, token.text.split('.')));
      this.#declare(token.text);
      if (isLast) return kind === 'assign';
      if (context !== 'range' || variables.length > 1) this.fail(`too many declarations in ${context}`);
      const following = this.peekNonSpace().kind;
      if (following !== 'variable' && following !== 'right delimiter' && following !== 'right parenthesis') {
        this.fail('range can only initialize variables');
      }
    }
    return false;
  }

  #check(commands: readonly CommandNode[], context: string): void {
    if (commands.length === 0) this.fail(`missing value for ${context}`);
    commands.forEach(({ args: [{ kind }] }, index) => {
      const isConstant = kind === 'bool' || kind === 'dot' || kind === 'nil' || kind === 'number' || kind === 'string';
      if (index > 0 && isConstant) this.fail(`non executable command in pipeline stage ${index + 1}`);
    });
  }

  #command(): CommandNode {
    const { start } = this.peekNonSpace();
    const args: OperandNode[] = [];
    for (;;) {
      this.peekNonSpace();
      const operand = this.#operand();
      if (operand !== undefined) args.push(operand);
      const token = this.next();
      if (token.kind === 'space') continue;
      if (token.kind === 'right delimiter' || token.kind === 'right parenthesis') this.backup();
      else if (token.kind !== 'pipe') this.unexpected(token, 'operand');
      break;
    }
    const [first, ...rest] = args;
    if (first === undefined) this.fail('empty command');
    return { kind: 'command', start, end: args.at(-1)?.end ?? start, position: start, args: [first, ...rest] };
  }

  /** A term and the fields after it. */
  #operand(): OperandNode | undefined {
    const node = this.#term();
    const field = this.peek();
    if (node === undefined || field.kind !== 'field') return node;
    const idents: [string, ...string[]] = [field.text.slice(1)];
    let { end } = this.next();
    while (this.peek().kind === 'field') {
      const token = this.next();
      idents.push(token.text.slice(1));
      end = token.end;
    }
    const { start } = node;
    const position = field.start;
    switch (node.kind) {
      case 'field':
        return { kind: 'field', start, end, position, idents: [...node.idents, ...idents] };
      case 'variable':
        return { kind: 'variable', start, end, position, idents: [...node.idents, ...idents] };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.fail(`unexpected . after term ${quoteGo(nodeText(node))}`);
      default:
        return { kind: 'chain', start, end, position, node, idents };
    }
  }

  #term(): OperandNode | undefined {
    const token = this.nextNonSpace();
    const { start, end, text } = token;
    const position = start;
    switch (token.kind) {
      case 'identifier':
        return this.#identifier(token);
      case 'dot':
      case 'nil':
        return { kind: token.kind, start, end, position };
      case 'variable':
        if ((this.#counts.get(text) ?? 0) === 0) this.fail(`undefined variable ${quoteGo(text)}`, start);
        return variable(token, [text]);
      case 'field':
        return { kind: 'field', start, end, position, idents: [text.slice(1)] };
      case 'bool':
        return { kind: 'bool', start, end, position, value: text === 'true' };
      case 'character constant':
      case 'complex':
      case 'number': {
        const number = readNumber(text, token.kind);
        return typeof number === 'string'
          ? this.fail(number, start)
          : { kind: 'number', start, end, position, text, number };
      }
      case 'left parenthesis':
        return this.#parenthesized();
      case 'string':
      case 'raw string':
        return { kind: 'string', start, end, position, quoted: text, text: this.unquote(token) };
    }
    this.backup();
    return undefined;
  }

  #identifier({ start, end, text }: Token): IdentifierNode {
    if (!this.#isFunction(text)) this.fail(`function ${quoteGo(text)} not defined`, start);
    return { kind: 'identifier', start, end, position: start, name: text };
  }

  #parenthesized(): PipeNode {
    if (this.#parentheses >= MAX_PARENTHESES) this.fail('max expression depth exceeded');
    this.#parentheses++;
    const pipe = this.pipeline('parenthesized pipeline', 'right parenthesis');
    this.#parentheses--;
    return pipe;
  }

  protected unquote(token: Token): string {
    return unquoteString(token.text) ?? this.fail('invalid syntax');
  }
}

function beginsCommand(kind: TokenKind): boolean {
  switch (kind) {
    case 'bool':
    case 'character constant':
    case 'complex':
    case 'dot':
    case 'field':
    case 'identifier':
    case 'number':
    case 'nil':
    case 'raw string':
    case 'string':
    case 'variable':
    case 'left parenthesis':
      return true;
    default:
      return false;
  }
}

function variable({ start, end }: Token, [name = '', ...fields]: readonly string[]): VariableNode {
  return { kind: 'variable', start, end, position: start, idents: [name, ...fields] };
}
