import { decisionTaint } from '../value/decision.ts';
import { quoteGo } from '../go/quote.ts';
import { printValue } from '../go/print.ts';
import { isTrue } from '../value/truth.ts';
import { Bytes, GoList, GoMap, Int } from '../value/value.ts';
import type { Site } from '../value/origin.ts';
import { entryOf, int, itemOf, TextBuilder, Tracked } from '../value/tracked.ts';
import { Element, holdsInterfaces } from './fields.ts';
import { assignedIn, isApart } from './branches.ts';
import { Evaluator } from './evaluator.ts';
import { Frame } from './frame.ts';
import type { BranchNode, ListNode, TemplateNode } from './node.ts';
import { Printer } from './printer.ts';
import type { Rendering } from './rendering.ts';
import type { Template } from './template-set.ts';

const NO_VALUE = new Tracked(undefined);

/** What a list of nodes ended with, for the loop around it. */
type Ending = 'end' | 'break' | 'continue';

/** Executes templates (Go 1.25, text/template/exec.go). */
export class Walker {
  readonly #rendering: Rendering;
  readonly #evaluator: Evaluator;
  readonly #printer: Printer;

  constructor(rendering: Rendering) {
    this.#rendering = rendering;
    this.#evaluator = new Evaluator(rendering);
    this.#printer = new Printer(rendering);
  }

  /** What a template prints of its data. */
  execute(template: Template, data: Tracked, caller: Site | undefined): Tracked<string> {
    const output = new TextBuilder();
    const dot = data.value === null ? new Tracked(undefined, data.origin) : data;
    this.#list(new Frame(template, dot, output, caller, 0, this.#rendering.condition), dot, template.tree.root);
    return output.toTracked();
  }

  #list(frame: Frame, dot: Tracked, { nodes }: ListNode): Ending {
    for (const node of nodes) {
      this.#rendering.step(frame);
      frame.node = node;
      switch (node.kind) {
        case 'text':
          this.#printer.text(frame, node);
          break;
        case 'action': {
          frame.enterAction(node.start, node.end);
          const value = this.#evaluator.pipeline(frame, dot, node.pipe);
          frame.node = node;
          if (node.pipe.variables.length === 0) this.#printer.value(frame, node, value);
          break;
        }
        case 'if':
        case 'with': {
          const ending = this.#branch(frame, dot, node);
          if (ending !== 'end') return ending;
          break;
        }
        case 'range': {
          const ending = this.#range(frame, dot, node);
          if (ending !== 'end') return ending;
          break;
        }
        case 'template':
          this.#template(frame, dot, node);
          break;
        default:
          return node.kind;
      }
    }
    return 'end';
  }

  #branch(frame: Frame, dot: Tracked, node: BranchNode): Ending {
    const { scope } = frame;
    frame.enterAction(node.start, node.headerEnd);
    const value = this.#evaluator.pipeline(frame, dot, node.pipe);
    const isChosen = isTrue(value.value);
    const outer = this.#enter(frame, node, value);
    const before = frame.output.length;
    const list = isChosen ? node.list : node.elseList;
    const inner = isChosen && node.kind === 'with' ? value : dot;
    const ending = list === undefined ? 'end' : this.#list(frame, inner, list);
    this.#passOver(frame, isChosen ? node.elseList : node.list);
    this.#leave(frame, node, outer, before);
    frame.leaveScope(scope);
    return ending;
  }

  /** What a branch that was not taken would have set is as it is because of the condition. */
  #passOver(frame: Frame, list: ListNode | undefined): void {
    const { condition, isTracing } = this.#rendering;
    if (!isTracing || list === undefined || condition === undefined) return;
    for (const name of assignedIn(list)) frame.taintVariable(name, condition.taint);
  }

  /** Enters the condition of a branch; the one around it. */
  #enter(frame: Frame, node: BranchNode, value: Tracked): Rendering['condition'] {
    const outer = this.#rendering.condition;
    if (!this.#rendering.isTracing) return outer;
    const { tplText } = frame.template;
    const decision = decisionTaint(value, outer).asChoice;
    const taint =
      tplText === undefined ? decision : decision.with(tplText.taintOf(node.start, node.headerEnd).asChoice);
    this.#rendering.noteRead(taint);
    this.#rendering.condition = {
      taint,
      site: frame.site,
      outer,
      depth: outer === undefined ? 0 : outer.depth + 1,
      isApart: isApart(node),
    };
    return outer;
  }

  #leave(frame: Frame, node: BranchNode, outer: Rendering['condition'], before: number): void {
    if (!this.#rendering.isTracing) return;
    if (frame.output.length === before) this.#printer.nothing(frame, node);
    this.#rendering.condition = outer;
  }

  #range(frame: Frame, dot: Tracked, node: BranchNode): Ending {
    const { scope } = frame;
    frame.enterAction(node.start, node.headerEnd);
    const value = this.#evaluator.pipeline(frame, dot, node.pipe);
    const outer = this.#enter(frame, node, value);
    const before = frame.output.length;
    let ending: Ending = 'end';
    if (this.#iterate(frame, node, value)) this.#passOver(frame, node.elseList);
    else {
      if (node.elseList !== undefined) ending = this.#list(frame, dot, node.elseList);
      this.#passOver(frame, node.list);
    }
    this.#leave(frame, node, outer, before);
    frame.leaveScope(scope);
    return ending;
  }

  /** Executes the body for each item; whether there was any. */
  #iterate(frame: Frame, node: BranchNode, collection: Tracked): boolean {
    const { value, origin } = collection;
    if (value === undefined) return false;
    if (value instanceof Int) return this.#count(frame, node, value, origin);
    if (value instanceof Bytes) {
      for (const [index, byte] of value.bytes.entries()) {
        const item = new Tracked(new Int('uint8', byte), origin);
        if (!this.#iteration(frame, node, new Tracked(int(index), origin), item)) break;
      }
      return value.bytes.length > 0;
    }
    if (value instanceof GoMap) {
      if (this.#rendering.isTracing) this.#rendering.ranged.add(value.identity);
      const isInterface = holdsInterfaces(value.type);
      const map = new Tracked(value, origin);
      // Go looks at the entries before it begins, so what the body changes does not show.
      const entries = value.keys().map((key) => ({ key, entry: entryOf(map, key) }));
      for (const { key, entry } of entries) {
        const item = isInterface ? new Element(entry.value, entry.origin) : entry;
        if (!this.#iteration(frame, node, new Tracked(key, entry.taint.origin), item)) break;
      }
      return entries.length > 0;
    }
    if (value instanceof GoList) {
      const isInterface = holdsInterfaces(value.type);
      const list = new Tracked(value, origin);
      const { length } = value.items;
      for (let index = 0; index < length; index++) {
        const entry = itemOf(list, index);
        const item = isInterface ? new Element(entry.value, entry.origin) : entry;
        if (!this.#iteration(frame, node, new Tracked(int(index), entry.taint.origin), item)) break;
      }
      return length > 0;
    }
    return frame.fail(`range can't iterate over ${printValue(value)}`, undefined, undefined, [collection]);
  }

  #count(frame: Frame, node: BranchNode, { kind, value }: Int, origin: Tracked['origin']): boolean {
    if (node.pipe.variables.length > 1) {
      const count = new Tracked(new Int(kind, value), origin);
      frame.fail(`can't use ${value} to iterate over more than one variable`, undefined, undefined, [count]);
    }
    for (let index = 0n; index < value; index++) {
      if (!this.#iteration(frame, node, NO_VALUE, new Tracked(new Int(kind, index), origin))) break;
    }
    return value > 0n;
  }

  /** Executes the body once; whether the loop goes on. */
  #iteration(frame: Frame, node: BranchNode, key: Tracked, item: Tracked): boolean {
    const { variables, isAssignment } = node.pipe;
    const [first, second] = variables;
    const { scope } = frame;
    this.#rendering.step(frame);
    if (this.#rendering.isTracing) this.#rendering.noteRead(item.taint);
    if (isAssignment) {
      if (first !== undefined)
        this.#evaluator.assignVariable(frame, first.idents[0], second === undefined ? item : key);
      if (second !== undefined) this.#evaluator.assignVariable(frame, second.idents[0], item);
    } else if (first !== undefined) {
      frame.setFromTop(1, item);
      if (second !== undefined) frame.setFromTop(2, key);
    }
    const ending = this.#list(frame, item, node.list);
    frame.leaveScope(scope);
    return ending !== 'break';
  }

  #template(frame: Frame, dot: Tracked, node: TemplateNode): void {
    const { isTracing, limits } = this.#rendering;
    frame.enterAction(node.start, node.end);
    const template = this.#rendering.set.get(node.name);
    if (template === undefined) return frame.fail(`template ${quoteGo(node.name)} not defined`);
    if (frame.depth === limits.depth) return frame.fail(`exceeded maximum template depth (${limits.depth})`);
    const data = node.pipe === undefined ? NO_VALUE : this.#evaluator.pipeline(frame, dot, node.pipe);
    const caller = isTracing ? frame.site : undefined;
    const inner = new Frame(template, data, frame.output, caller, frame.depth + 1, this.#rendering.condition);
    this.#list(inner, data, template.tree.root);
    return undefined;
  }
}
