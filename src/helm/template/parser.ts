import { quoteGo } from '../go/quote.ts';
import { Lexer } from './lexer.ts';
import type { BranchNode, ListNode, LoopNode, StatementNode, TemplateNode } from './node.ts';
import { PipelineParser } from './pipeline-parser.ts';
import { TokenStream } from './token-reader.ts';
import type { Token } from './token.ts';
import { isEmptyBody, type ParsedText, type Tree } from './tree.ts';

type IsFunction = (name: string) => boolean;

/** What closes a list of nodes: an `end`, or an `else` with the offset of its action. */
interface Closing {
  readonly kind: 'end' | 'else';
  readonly start: number;
  readonly end: number;
}

/**
 * Parses a template's text, with all that it defines.
 * @throws {ParseFailure} with Go's message (Go 1.25, text/template/parse/parse.go)
 */
export function parseText(name: string, text: string, isFunction: IsFunction): ParsedText {
  const trees = new Map<string, Tree>();
  new TreeParser(new TokenStream(name, text, new Lexer(text)), isFunction, trees).parseWhole(name);
  return { name, trees };
}

class TreeParser extends PipelineParser {
  readonly #isFunction: IsFunction;
  readonly #trees: Map<string, Tree>;
  #ranges = 0;
  /** How many texts with a line break have been read. */
  #brokenTexts = 0;

  constructor(stream: TokenStream, isFunction: IsFunction, trees: Map<string, Tree>) {
    super(stream, isFunction);
    this.#isFunction = isFunction;
    this.#trees = trees;
  }

  parseWhole(name: string): void {
    const nodes: StatementNode[] = [];
    for (let token = this.peek(); token.kind !== 'end of file'; token = this.peek()) {
      if (token.kind === 'left delimiter' && this.#isDefinition()) {
        new TreeParser(this.stream, this.#isFunction, this.#trees).#parseDefinition();
        continue;
      }
      const node = this.#textOrAction();
      if (isClosing(node)) this.fail(`unexpected {{${node.kind}}}`);
      nodes.push(node);
    }
    this.#add(name, { kind: 'list', start: 0, end: this.stream.text.length, position: 0, nodes });
  }

  #isDefinition(): boolean {
    const before = this.stream.position;
    this.next();
    if (this.nextNonSpace().kind === 'define') return true;
    this.stream.position = before;
    return false;
  }

  #parseDefinition(): void {
    const context = 'define clause';
    const token = this.nextNonSpace();
    if (token.kind !== 'string' && token.kind !== 'raw string') this.unexpected(token, context);
    const name = this.unquote(token);
    this.expect('right delimiter', context);
    const { list, closing } = this.#list();
    if (closing.kind !== 'end') this.fail(`unexpected {{else}} in ${context}`);
    this.#add(name, list);
  }

  #add(name: string, root: ListNode): void {
    const { parseName, text } = this.stream;
    const other = this.#trees.get(name);
    if (other === undefined || isEmptyBody(other.root)) this.#trees.set(name, { name, parseName, text, root });
    else if (!isEmptyBody(root)) this.fail(`template: multiple definition of template ${quoteGo(name)}`);
  }

  #list(): { list: ListNode; closing: Closing } {
    const { start } = this.peekNonSpace();
    const nodes: StatementNode[] = [];
    while (this.peekNonSpace().kind !== 'end of file') {
      const node = this.#textOrAction();
      if (isClosing(node)) {
        return { list: { kind: 'list', start, end: node.start, position: start, nodes }, closing: node };
      }
      nodes.push(node);
    }
    return this.fail('unexpected EOF');
  }

  #textOrAction(): StatementNode | Closing {
    const token = this.nextNonSpace();
    if (token.kind === 'text') {
      const { start, end, text } = token;
      if (text.includes('\n')) this.#brokenTexts++;
      return { kind: 'text', start, end, position: start, text };
    }
    if (token.kind !== 'left delimiter') this.unexpected(token, 'input');
    this.actionStart = token.start;
    const node = this.#action(token.start);
    this.actionStart = undefined;
    return node;
  }

  #action(start: number): StatementNode | Closing {
    const token = this.nextNonSpace();
    switch (token.kind) {
      case 'block':
        return this.#block(start);
      case 'break':
      case 'continue':
        return this.#loopAction(token.kind, token, start);
      case 'else':
        return this.#else(start);
      case 'end':
        return { kind: 'end', start, end: this.expect('right delimiter', 'end').end };
      case 'if':
      case 'range':
      case 'with':
        return this.#branch(token.kind, start);
      case 'template':
        return this.#template(start);
    }
    this.backup();
    const pipe = this.pipeline('command', 'right delimiter');
    return { kind: 'action', start, end: this.#endOfAction(), position: token.start, pipe };
  }

  /** Where the delimiter that was read last ends. */
  #endOfAction(): number {
    return this.stream.at(this.stream.position - 1).end;
  }

  #loopAction(kind: LoopNode['kind'], { start: position }: Token, start: number): LoopNode {
    const token = this.nextNonSpace();
    if (token.kind !== 'right delimiter') this.unexpected(token, `{{${kind}}}`);
    if (this.#ranges === 0) this.fail(`{{${kind}}} outside {{range}}`);
    return { kind, start, end: token.end, position };
  }

  /** An `else` with an `if` or `with` after it leaves that for the branch that it belongs to. */
  #else(start: number): Closing {
    const { kind, end } = this.peekNonSpace();
    if (kind === 'if' || kind === 'with') return { kind: 'else', start, end };
    return { kind: 'else', start, end: this.expect('right delimiter', 'else').end };
  }

  #branch(kind: BranchNode['kind'], start: number): BranchNode {
    const { scope } = this;
    const brokenBefore = this.#brokenTexts;
    const pipe = this.pipeline(kind, 'right delimiter');
    const headerEnd = this.#endOfAction();
    if (kind === 'range') this.#ranges++;
    const { list, closing } = this.#list();
    if (kind === 'range') this.#ranges--;
    const elseList = closing.kind === 'else' ? this.#elseList(kind, closing) : undefined;
    this.leaveScope(scope);
    const hasLineBreak = this.#brokenTexts > brokenBefore;
    const end = this.#endOfAction();
    return { kind, start, end, position: pipe.position, pipe, list, elseList, headerEnd, hasLineBreak };
  }

  /** `{{else if}}` stands for `{{else}}{{if}}` and shares its `{{end}}`; `{{else with}}` likewise. */
  #elseList(kind: BranchNode['kind'], { start, end }: Closing): ListNode {
    if (kind !== 'range' && this.peekNonSpace().kind === kind) {
      this.nextNonSpace();
      const nested = this.#branch(kind, start);
      return { kind: 'list', start, end: nested.end, position: end, nodes: [nested] };
    }
    const { list, closing } = this.#list();
    if (closing.kind !== 'end') this.fail('expected end; found {{else}}');
    return list;
  }

  #block(start: number): TemplateNode {
    const context = 'block clause';
    const { token, name } = this.#templateName(context);
    const pipe = this.pipeline(context, 'right delimiter');
    const body = new TreeParser(this.stream, this.#isFunction, this.#trees);
    const { list, closing } = body.#list();
    if (closing.kind !== 'end') this.fail(`unexpected {{else}} in ${context}`);
    body.#add(name, list);
    this.#brokenTexts += body.#brokenTexts;
    return { kind: 'template', start, end: closing.end, position: token.start, name, pipe };
  }

  #template(start: number): TemplateNode {
    const context = 'template clause';
    const { token, name } = this.#templateName(context);
    const next = this.nextNonSpace();
    if (next.kind === 'right delimiter') {
      return { kind: 'template', start, end: next.end, position: token.start, name, pipe: undefined };
    }
    this.backup();
    const pipe = this.pipeline(context, 'right delimiter');
    return { kind: 'template', start, end: this.#endOfAction(), position: token.start, name, pipe };
  }

  #templateName(context: string): { token: Token; name: string } {
    const token = this.nextNonSpace();
    if (token.kind !== 'string' && token.kind !== 'raw string') this.unexpected(token, context);
    return { token, name: this.unquote(token) };
  }
}

function isClosing(node: StatementNode | Closing): node is Closing {
  return node.kind === 'end' || node.kind === 'else';
}
