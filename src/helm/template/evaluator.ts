import { chosenAfter, taintBetween } from '../value/decision.ts';
import type { HelmFunction } from '../value/function.ts';
import { goTypeName } from '../go/print.ts';
import { isTrue } from '../value/truth.ts';
import { GoMap, isObject } from '../value/value.ts';
import { Taint } from '../value/origin.ts';
import { Tracked, withTaint } from '../value/tracked.ts';
import { concrete, Element, fieldOf, findMethod, holdsInterfaces, staticType } from './fields.ts';
import type { Frame } from './frame.ts';
import { costOfCall, costOfResult } from './call-cost.ts';
import type { CommandNode, ConstantNode, FieldChain, Node, NumberNode, OperandNode, PipeNode } from './node.ts';
import { nodeText } from './node-text.ts';
import { assign, assignConstant, goTypeOf, idealNumber, nilOf, parametersOf, type WantedType } from './parameters.ts';
import type { Rendering } from './rendering.ts';

const NO_VALUE = new Tracked(undefined);
const NO_OPERANDS: readonly OperandNode[] = [];

/**
 * Evaluates pipelines as Go's text/template does (Go 1.25, exec.go). `frame.node` follows Go's own notion of the current
 * node, which error messages show. The value piped into a command is `undefined` when there is none.
 */
export class Evaluator {
  readonly #rendering: Rendering;

  constructor(rendering: Rendering) {
    this.#rendering = rendering;
  }

  /** The value of a pipeline; declares or sets its variables. */
  pipeline(frame: Frame, dot: Tracked, pipe: PipeNode): Tracked {
    frame.node = pipe;
    let piped: Tracked | undefined;
    for (const command of pipe.commands) piped = concrete(this.#command(frame, dot, command, piped));
    const value = piped ?? NO_VALUE;
    for (const { idents } of pipe.variables) {
      if (pipe.isAssignment) this.assignVariable(frame, idents[0], value);
      else frame.declare(idents[0], value, this.#rendering.condition);
    }
    return value;
  }

  /** Sets a variable. That it was set here depends on the conditions since its declaration. */
  assignVariable(frame: Frame, name: string, value: Tracked): void {
    const variable = frame.variable(name);
    const taint = taintBetween(this.#rendering.condition, variable.condition);
    variable.value = taint === Taint.none ? value : withTaint(value, taint);
  }

  #command(frame: Frame, dot: Tracked, command: CommandNode, piped: Tracked | undefined): Tracked {
    const { args } = command;
    const [first] = args;
    this.#rendering.step(frame);
    switch (first.kind) {
      case 'field':
      case 'variable':
      case 'chain':
        return this.#chain(frame, dot, first, args, piped);
      case 'identifier':
        return this.#function(frame, dot, first, command, args, piped);
      case 'pipe':
        this.#refuseArguments(frame, args, piped);
        return this.pipeline(frame, dot, first);
    }
    frame.node = first;
    this.#refuseArguments(frame, args, piped);
    switch (first.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return frame.fail('nil is not a command');
      default:
        return this.#constant(frame, first);
    }
  }

  #constant(frame: Frame, node: ConstantNode): Tracked {
    return ofTplText(frame, node, this.#writtenConstant(frame, node));
  }

  #writtenConstant(frame: Frame, node: ConstantNode): Tracked {
    switch (node.kind) {
      case 'bool':
        return new Tracked(node.value);
      case 'string':
        return new Tracked(node.text);
      case 'number':
        return this.#number(frame, node);
    }
  }

  #number(frame: Frame, node: NumberNode): Tracked {
    frame.node = node;
    const value = idealNumber(node);
    return typeof value === 'string' ? frame.fail(value) : new Tracked(value);
  }

  #refuseArguments(frame: Frame, args: CommandNode['args'], piped: Tracked | undefined): void {
    if (args.length > 1 || piped !== undefined) {
      frame.fail(`can't give argument to non-function ${nodeText(args[0])}`);
    }
  }

  /** `.a.b`, `$x.a` or `(…).a`; the last name may be a method and take the arguments. */
  #chain(
    frame: Frame,
    dot: Tracked,
    node: FieldChain,
    args: readonly OperandNode[],
    piped: Tracked | undefined,
  ): Tracked {
    const { idents } = node;
    frame.node = node;
    let value = dot;
    let from = 0;
    if (node.kind === 'chain') value = this.argument(frame, dot, undefined, node.node);
    else if (node.kind === 'variable') {
      const variable = frame.variable(idents[0]);
      from = 1;
      value = variable.value;
      if (idents.length === 1) {
        if (args.length > 1 || piped !== undefined) frame.fail(`can't give argument to non-function ${nodeText(node)}`);
        return value;
      }
    }
    if (this.#rendering.isTracing) this.#rendering.evaluated.add(node);
    let isInterface = value instanceof Element;
    for (let index = from; index < idents.length - 1; index++) {
      const receiver = value;
      value = this.#field(frame, dot, index, node, NO_OPERANDS, undefined, receiver, isInterface);
      isInterface = receiver.value instanceof GoMap && holdsInterfaces(receiver.value.type);
    }
    value = this.#field(frame, dot, idents.length - 1, node, args, piped, value, isInterface);
    if (this.#rendering.isTracing) {
      if (value.value !== undefined && value.value !== null) this.#rendering.complete.add(node);
      this.#rendering.noteNamed(value.taint);
    }
    return value;
  }

  #field(
    frame: Frame,
    dot: Tracked,
    index: number,
    node: FieldChain,
    args: readonly OperandNode[],
    piped: Tracked | undefined,
    receiver: Tracked,
    isInterface: boolean,
  ): Tracked {
    const { value, origin } = receiver;
    if (value === undefined) return receiver;
    const name = node.idents[index] ?? '';
    if (value === null)
      return frame.fail(`nil pointer evaluating interface {}.${name}`, undefined, { node, field: index });
    const method = findMethod(value, name, this.#rendering.methods);
    if (method !== undefined) {
      // What a method goes through that is not an argument: the files that `Glob` looks at.
      this.#rendering.step(frame, costOfCall(name, [receiver]));
      const result = this.#call(frame, dot, method, node, name, args.slice(1), piped);
      return origin.taint === Taint.none ? result : withTaint(result, origin.taint);
    }
    const hasArguments = args.length > 1 || piped !== undefined;
    if (value instanceof GoMap) {
      if (hasArguments) frame.fail(`${name} is not a method but has arguments`, undefined, { node, field: index });
      if (this.#rendering.isTracing) this.#rendering.noteField(node, value, name);
      return fieldOf(value, name, receiver);
    }
    if (isObject(value) && value.fields.has(name)) {
      if (hasArguments)
        frame.fail(`${name} has arguments but cannot be invoked as function`, undefined, { node, field: index });
      return new Tracked(value.fields.get(name), origin.taint.origin);
    }
    return frame.fail(`can't evaluate field ${name} in type ${staticType(value, isInterface)}`, undefined, {
      node,
      field: index,
    });
  }

  #function(
    frame: Frame,
    dot: Tracked,
    node: Extract<OperandNode, { kind: 'identifier' }>,
    command: Node,
    args: readonly OperandNode[],
    piped: Tracked | undefined,
  ): Tracked {
    frame.node = node;
    const { name } = node;
    const called = this.#rendering.functions.get(name);
    if (called === undefined) return frame.fail(`"${name}" is not a defined function`);
    return this.#call(frame, dot, called, command, name, args.slice(1), piped);
  }

  #call(
    frame: Frame,
    dot: Tracked,
    called: HelmFunction,
    command: Node,
    name: string,
    args: readonly OperandNode[],
    piped: Tracked | undefined,
  ): Tracked {
    const { fixed, rest } = parametersOf(called);
    const count = piped === undefined ? args.length : args.length + 1;
    if (rest === undefined ? count !== fixed.length : count < fixed.length) {
      const wanted =
        rest === undefined ? `want ${fixed.length} got ${count}` : `want at least ${fixed.length} got ${args.length}`;
      frame.fail(`wrong number of args for ${name}: ${wanted}`);
    }
    if (called.isReflective === true && (name === 'and' || name === 'or')) {
      return this.#logic(frame, dot, name === 'or', args, piped, command);
    }
    const values: Tracked[] = [];
    for (const arg of args) values.push(this.argument(frame, dot, fixed[values.length] ?? rest, arg));
    if (piped !== undefined) {
      values.push(this.#validate(frame, piped, fixed[values.length] ?? rest));
    }
    if (called.isReflective === true && name === 'call') values.unshift(new Tracked(calleeName(args, values)));
    this.#rendering.frame = frame;
    this.#rendering.command = command;
    this.#rendering.step(frame, costOfCall(name, values));
    const result = this.#run(frame, called, command, name, values);
    this.#rendering.step(frame, costOfResult(name, result));
    return this.#rendering.accept(frame, result);
  }

  #run(frame: Frame, called: HelmFunction, command: Node, name: string, values: readonly Tracked[]): Tracked {
    try {
      return called.call(this.#rendering.call, values);
    } catch (error) {
      return frame.failCall(command, name, error, values);
    }
  }

  /** `and` and `or` evaluate no further than they must. What was passed over had its part in what is chosen. */
  #logic(
    frame: Frame,
    dot: Tracked,
    isOr: boolean,
    args: readonly OperandNode[],
    piped: Tracked | undefined,
    command: Node,
  ): Tracked {
    const passed: Tracked[] = [];
    for (const arg of args) {
      const value = this.argument(frame, dot, 'value', arg);
      // With a constant, `or` does not ask: it is a default.
      if (isOr && this.#rendering.isTracing && isConstant(arg)) {
        for (const each of passed) this.#rendering.overrides.note(frame, command, each, value);
      }
      if (isTrue(value.value) === isOr) return chosenAfter(passed, value, isOr, this.#rendering.condition);
      passed.push(value);
    }
    const last = piped ?? passed.pop() ?? NO_VALUE;
    return chosenAfter(passed, last, isOr, this.#rendering.condition);
  }

  /** The value of an argument that is wanted as a type; undefined: as anything, for the fields of it. */
  argument(frame: Frame, dot: Tracked, type: WantedType | undefined, node: OperandNode): Tracked {
    frame.node = node;
    switch (node.kind) {
      case 'dot':
        return this.#validate(frame, dot, type);
      case 'nil':
        return (
          nilOf(type ?? 'value', NO_VALUE.origin) ?? frame.fail(`cannot assign nil to ${goTypeOf(type ?? 'value')}`)
        );
      case 'field':
      case 'variable':
      case 'chain':
        return this.#validate(frame, this.#chain(frame, dot, node, NO_OPERANDS, undefined), type);
      case 'pipe':
        return this.#validate(frame, this.pipeline(frame, dot, node), type);
      case 'identifier':
        return this.#validate(frame, this.#function(frame, dot, node, node, NO_OPERANDS, undefined), type);
    }
    if (type === undefined || type === 'any' || type === 'value') return this.#constant(frame, node);
    const assigned = assignConstant(node, type);
    if (typeof assigned !== 'string') return ofTplText(frame, node, assigned);
    return frame.fail(
      assigned === "can't handle"
        ? `can't handle ${nodeText(node)} for arg of type ${goTypeOf(type)}`
        : `${assigned} ${nodeText(node)}`,
    );
  }

  #validate(frame: Frame, tracked: Tracked, type: WantedType | undefined): Tracked {
    if (type === undefined || type === 'value') return tracked;
    if (tracked.value === undefined) {
      return nilOf(type, tracked.origin) ?? frame.fail(`invalid value; expected ${goTypeOf(type)}`);
    }
    const assigned = assign(tracked, type);
    if (assigned !== undefined) return assigned;
    const got = tracked.value === null ? 'interface {}' : goTypeName(tracked.value);
    return frame.fail(`wrong type for value; expected ${goTypeOf(type)}; got ${got}`);
  }
}

/** What stands in a text given to `tpl` came from where that text came from. */
function ofTplText(frame: Frame, { start, end }: ConstantNode, constant: Tracked): Tracked {
  const { tplText } = frame.template;
  return tplText === undefined ? constant : withTaint(constant, tplText.taintOf(start, end));
}

function isConstant({ kind }: OperandNode): boolean {
  return kind === 'bool' || kind === 'number' || kind === 'string';
}

/** What Go calls the first argument of `call` in its messages: the node, or the value's `String()`. */
function calleeName([callee]: readonly OperandNode[], [{ value } = NO_VALUE]: readonly Tracked[]): string {
  if (callee !== undefined) return nodeText(callee);
  if (typeof value === 'string') return value;
  return `<${value === undefined ? 'invalid' : goTypeName(value)} Value>`;
}
