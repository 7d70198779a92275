import { FunctionError } from '../value/function.ts';
import type { Condition, Site, Taint } from '../value/origin.ts';
import { type TextBuilder, type Tracked, withTaint } from '../value/tracked.ts';
import { ExecutionFailure } from './failure.ts';
import type { Node } from './node.ts';
import { nodeText } from './node-text.ts';
import { failedRange, positionText, type FailedField } from './position.ts';
import type { FailurePlace } from './render-error.ts';
import type { Template } from './template-set.ts';

interface Variable {
  readonly name: string;
  value: Tracked;
  /** The innermost condition at the declaration. */
  readonly condition: Condition | undefined;
}

/** One execution of one template. */
export class Frame {
  readonly template: Template;
  /** The action that this template is executed for. */
  readonly caller: Site | undefined;
  readonly output: TextBuilder;
  /** How many `template` actions led here since the last `include`. */
  readonly depth: number;
  /** The node that an error would be blamed on. */
  node: Node;
  readonly #variables: Variable[];
  #start = 0;
  #end = 0;
  #site: Site | undefined;

  constructor(
    template: Template,
    data: Tracked,
    output: TextBuilder,
    caller: Site | undefined,
    depth: number,
    condition: Condition | undefined,
  ) {
    this.template = template;
    this.caller = caller;
    this.output = output;
    this.depth = depth;
    this.node = template.tree.root;
    this.#variables = [{ name: '$', value: data, condition }];
  }

  /** Begins an action (or the header of a branch), given by its offsets. */
  enterAction(start: number, end: number): void {
    this.#start = start;
    this.#end = end;
    this.#site = undefined;
  }

  /** The action that is being executed, as reports show it. */
  get site(): Site {
    this.#site ??= this.siteOf(this.#start, this.#end);
    return this.#site;
  }

  /** A stretch of the template's text, as reports show it. */
  siteOf(start: number, end: number): Site {
    const { file, tplText } = this.template;
    return tplText?.siteOf(start) ?? { file, start, end, caller: this.caller };
  }

  get scope(): number {
    return this.#variables.length;
  }

  leaveScope(scope: number): void {
    this.#variables.length = scope;
  }

  declare(name: string, value: Tracked, condition: Condition | undefined): void {
    this.#variables.push({ name, value, condition });
  }

  /** The innermost variable of a name. */
  variable(name: string): Variable {
    for (let index = this.#variables.length - 1; index >= 0; index--) {
      const variable = this.#variables[index];
      if (variable?.name === name) return variable;
    }
    return this.fail(`undefined variable: ${name}`);
  }

  /** Notes that a variable could have been set to something else, if there is one. */
  taintVariable(name: string, taint: Taint): void {
    const variable = this.#variables.findLast((each) => each.name === name);
    if (variable !== undefined) variable.value = withTaint(variable.value, taint);
  }

  /** Sets a variable by its place from the top of the stack, 1 being the top. */
  setFromTop(place: number, value: Tracked): void {
    const variable = this.#variables.at(-place);
    if (variable === undefined) return;
    variable.value = value;
  }

  /**
   * Where the current node stands, in a file of the chart.
   * @param failed the name of a chain that failed
   */
  place(failed?: FailedField): FailurePlace {
    const { file, tplText, tree } = this.template;
    const { start, end } = failedRange(failed ?? { node: this.node }, tree.text);
    const site = tplText?.siteOf(start);
    return site === undefined ? { file, offset: start, end } : { file: site.file, offset: site.start };
  }

  /**
   * @param failed the name of a chain that failed
   * @param quoted what the text, or that of the cause, may quote
   */
  fail(
    text: string,
    cause?: ExecutionFailure | FunctionError,
    failed?: FailedField,
    quoted: readonly Tracked[] = [],
  ): never {
    const { node } = this;
    const { name, parseName, text: source } = this.template.tree;
    const location = `${parseName}:${positionText(source, node.position)}`;
    const at = {
      location,
      templateName: name,
      nodeText: nodeText(node),
      place: this.place(failed),
      node: failed?.node ?? node,
      template: this.template,
      field: failed?.field,
      quoted,
    };
    throw new ExecutionFailure(at, text, cause);
  }

  /** Blames what a function threw on a node; anything but an error that a template can cause goes on as it is. */
  failCall(node: Node, name: string, error: unknown, values: readonly Tracked[] = []): never {
    this.node = node;
    if (error instanceof ExecutionFailure) return this.fail(`error calling ${name}: `, error);
    if (error instanceof FunctionError) {
      // Of a template and its context, what is said is about the template.
      const quoted = name === 'include' || name === 'tpl' ? values.slice(0, 1) : values;
      return this.fail(`error calling ${name}: `, error, undefined, quoted);
    }
    throw error;
  }
}
