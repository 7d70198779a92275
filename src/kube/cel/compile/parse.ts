import { CelFault, type Expression } from './expression.ts';
import { expandBind, expandMacro } from './macros.ts';
import { tokensOf, type Token } from './tokens.ts';

/** What a text is too deep for: nothing is said of it. */
export class TooDeep extends Error {}

/** A little less than what the API server reads. */
const DEEPEST = 200;

/** Words that no variable may be called. */
const RESERVED = new Set(
  'as break const continue else false for function if import in let loop package null namespace return true var void while'.split(
    ' ',
  ),
);
const NO_NAME = new Set(['true', 'false', 'null', 'in']);

/** Operators from weak to strong. */
const RELATIONS = new Set(['<', '<=', '>', '>=', '==', '!=', 'in']);
const SUMS = new Set(['+', '-']);
const PRODUCTS = new Set(['*', '/', '%']);

/** Reads an expression. Throws a `CelFault` where it is not one. @param canBind whether there is `cel.bind` */
export function parse(text: string, canBind = false): Expression {
  return new Parser(tokensOf(text), canBind).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  readonly #canBind: boolean;

  constructor(tokens: readonly Token[], canBind: boolean) {
    this.#tokens = tokens;
    this.#canBind = canBind;
  }

  whole(): Expression {
    const expression = this.#expression();
    if (this.#token.kind !== 'end') this.#unexpected();
    return expression;
  }

  get #token(): Token {
    return this.#ahead(0);
  }

  #ahead(by: number): Token {
    return this.#tokens[Math.min(this.#next + by, this.#tokens.length - 1)] ?? { kind: 'end', text: '', at: 0 };
  }

  #unexpected(): never {
    const { kind, text, at } = this.#token;
    throw new CelFault(kind === 'end' ? 'it ends too early' : `${text === '' ? 'a text' : text} is not expected`, at);
  }

  #isMark(text: string): boolean {
    return this.#token.kind === 'mark' && this.#token.text === text;
  }

  #take(): Token {
    const token = this.#token;
    this.#next++;
    return token;
  }

  #takeMark(text: string): boolean {
    if (!this.#isMark(text)) return false;
    this.#next++;
    return true;
  }

  #need(text: string): void {
    if (!this.#takeMark(text)) this.#unexpected();
  }

  /** `a || b ? c || d : e`: between `?` and `:` there is no other `?` without parentheses. */
  #expression(): Expression {
    if (++this.#depth > DEEPEST) throw new TooDeep();
    const condition = this.#logic('||');
    let result = condition;
    if (this.#isMark('?')) {
      const { at } = this.#take();
      const yes = this.#logic('||');
      this.#need(':');
      result = call('_?_:_', at, condition, yes, this.#expression());
    }
    this.#depth--;
    return result;
  }

  #logic(operator: '||' | '&&'): Expression {
    const operand = (): Expression => (operator === '||' ? this.#logic('&&') : this.#binary(0));
    let left = operand();
    while (this.#isMark(operator)) {
      const { at } = this.#take();
      left = call(`_${operator}_`, at, left, operand());
    }
    return left;
  }

  #binary(level: number): Expression {
    const operators = [RELATIONS, SUMS, PRODUCTS][level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#isOperator(operators)) {
      const { text, at } = this.#take();
      left = call(text === 'in' ? '@in' : `_${text}_`, at, left, this.#binary(level + 1));
    }
    return left;
  }

  #isOperator(operators: ReadonlySet<string>): boolean {
    const { kind, text } = this.#token;
    return (kind === 'mark' || (kind === 'word' && text === 'in')) && operators.has(text);
  }

  #unary(): Expression {
    const { at } = this.#token;
    const operator = this.#isMark('!') ? '!' : '-';
    let times = 0;
    while (this.#isMark(operator) && !this.#isNegativeNumber()) {
      this.#take();
      times++;
    }
    const operand = this.#member();
    return times % 2 === 0 ? operand : call(`${operator}_`, at, operand);
  }

  #isNegativeNumber(): boolean {
    return this.#isMark('-') && /^(?:int|double)$/.test(this.#ahead(1).kind);
  }

  #member(): Expression {
    let operand = this.#primary();
    for (;;) {
      if (++this.#depth > DEEPEST) throw new TooDeep();
      const { at } = this.#token;
      if (this.#takeMark('.')) operand = this.#dot(operand, at);
      else if (this.#takeMark('[')) {
        const name = this.#takeMark('?') ? '_[?_]' : '_[_]';
        const index = this.#expression();
        this.#need(']');
        operand = call(name, at, operand, index);
      } else break;
      this.#depth--;
    }
    this.#depth--;
    return operand;
  }

  #dot(operand: Expression, at: number): Expression {
    const isOptional = this.#takeMark('?');
    const field = this.#name();
    if (isOptional) {
      const name: Expression = { is: 'literal', type: 'string', value: field, at };
      return call('_?._', at, operand, name);
    }
    if (!this.#isMark('(')) return { is: 'selection', operand, field, tests: false, at };
    return this.#call(field, operand, at);
  }

  /** A name behind a dot, which may be a reserved word. */
  #name(): string {
    const { kind, text, at } = this.#token;
    if (kind !== 'word' || NO_NAME.has(text)) this.#unexpected();
    if (text.startsWith('`')) throw new CelFault('names in backticks are not allowed', at);
    this.#take();
    return text;
  }

  #call(name: string, target: Expression | undefined, at: number): Expression {
    this.#need('(');
    const args: Expression[] = [];
    if (!this.#takeMark(')')) {
      do args.push(this.#expression());
      while (this.#takeMark(','));
      this.#need(')');
    }
    const bound = this.#canBind && target !== undefined ? expandBind(name, target, args, at) : undefined;
    return bound ?? expandMacro(name, target, args, at) ?? { is: 'call', name, target, args, at };
  }

  #primary(): Expression {
    const { kind, text, at } = this.#token;
    switch (kind) {
      case 'int':
      case 'uint':
      case 'double':
        this.#take();
        return numberOf(kind, text, at, false);
      case 'string':
      case 'bytes':
        this.#take();
        return { is: 'literal', type: kind, value: text, at };
      case 'word':
        return this.#word();
      case 'mark':
        break;
      default:
        return this.#unexpected();
    }
    if (this.#takeMark('(')) {
      const inner = this.#expression();
      this.#need(')');
      return inner;
    }
    if (this.#takeMark('[')) return this.#list(at);
    if (this.#takeMark('{')) return this.#map(at);
    if (text === '.' && this.#ahead(1).kind === 'word') return this.#word();
    const number = this.#ahead(1);
    if (text === '-' && (number.kind === 'int' || number.kind === 'double')) {
      this.#next += 2;
      return numberOf(number.kind, number.text, at, true);
    }
    return this.#unexpected();
  }

  #word(): Expression {
    const { text, at } = this.#token;
    if (text === 'true' || text === 'false') {
      this.#take();
      return { is: 'literal', type: 'bool', value: text === 'true', at };
    }
    if (text === 'null') {
      this.#take();
      return { is: 'literal', type: 'null_type', value: null, at };
    }
    if (this.#isConstruction()) return this.#construction(at);
    const dot = this.#takeMark('.') ? '.' : '';
    const name = this.#name();
    if (RESERVED.has(name)) throw new CelFault(`${name} is a reserved word`, at);
    return this.#isMark('(') ? this.#call(dot + name, undefined, at) : { is: 'name', name: dot + name, at };
  }

  /** Whether a name with dots and a brace follow. */
  #isConstruction(): boolean {
    let at = this.#isMark('.') ? 1 : 0;
    for (; ; at += 2) {
      if (this.#ahead(at).kind !== 'word') return false;
      const { kind, text } = this.#ahead(at + 1);
      if (kind === 'mark' && text === '{') return true;
      if (kind !== 'mark' || text !== '.') return false;
    }
  }

  #construction(at: number): Expression {
    let type = '';
    while (!this.#takeMark('{')) type += this.#take().text;
    const fields = this.#items('}', (isOptional) => {
      const start = this.#token.at;
      const name = this.#name();
      this.#need(':');
      return { name, value: this.#expression(), isOptional, at: start };
    });
    return { is: 'construction', type, fields, at };
  }

  #list(at: number): Expression {
    const items = this.#items(']', (isOptional) => ({ value: this.#expression(), isOptional }));
    return { is: 'list', items, at };
  }

  #map(at: number): Expression {
    const entries = this.#items('}', (isOptional) => {
      const key = this.#expression();
      this.#need(':');
      return { key, value: this.#expression(), isOptional };
    });
    return { is: 'map', entries, at };
  }

  /** What stands between brackets; a comma may be the last. */
  #items<T>(end: string, read: (isOptional: boolean) => T): T[] {
    const items: T[] = [];
    if (this.#takeMark(',') && !this.#isMark(end)) this.#unexpected();
    while (!this.#takeMark(end)) {
      if (items.length > 0) {
        this.#need(',');
        if (this.#takeMark(end)) break;
      }
      items.push(read(this.#takeMark('?')));
    }
    return items;
  }
}

function call(name: string, at: number, ...args: readonly Expression[]): Expression {
  return { is: 'call', name, target: undefined, args, at };
}

const MOST = { int: 2n ** 63n - 1n, uint: 2n ** 64n - 1n };

function numberOf(kind: 'int' | 'uint' | 'double', text: string, at: number, isNegative: boolean): Expression {
  if (kind === 'double' && !Number.isFinite(Number(text))) throw new CelFault(`${text} is too large`, at);
  if (kind === 'double') return { is: 'literal', type: kind, value: (isNegative ? -1 : 1) * Number(text), at };
  const value = BigInt(text.replace(/u$/i, ''));
  if (value > MOST[kind] + (isNegative ? 1n : 0n)) throw new CelFault(`${text} is too large`, at);
  return { is: 'literal', type: kind, value: isNegative ? -value : value, at };
}
