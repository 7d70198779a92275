import { nearMiss } from '../../text/near-miss.ts';
import { functions } from '../functions/registry.ts';
import type { BranchNode, FieldChain, ListNode, Node } from './node.ts';
import { nodeText } from './node-text.ts';
import type { RenderError } from './render-error.ts';
import type { Template } from './template-set.ts';

/** What the context of a chart's templates has. */
const ROOT_FIELDS = new Set(['Values', 'Release', 'Chart', 'Files', 'Capabilities', 'Template', 'Subcharts']);

const NIL_POINTER = /nil pointer evaluating interface \{\}\.\S+$/;
const NO_FIELD = /can't evaluate field \S+ in type (.+)$/;
const NIL_ARGUMENT = /error calling (index|slice): (?:index|slice) of (?:untyped nil|nil pointer)$/;
const NO_ITEM = /error calling index: (?:reflect: \w+ index out of range|index out of range: -?\d+)$/;
const NO_FUNCTION = /function "([^"\s]+)" not defined$/;
const NO_TEMPLATE = /(?:no template "([^"]+)" associated with template "gotpl"|template "([^"]+)" not defined)$/;
const UNDEFINED_VARIABLE = /undefined variable "?(\$[^"\s]*)"?$/;

/**
 * Why a template does not find what it names, and what to write: mostly it stands in a block, or in a template that was
 * called, where the dot or `$` is not the context of the chart. Undefined for an error of another kind.
 */
export function explainScope(error: RenderError): string | undefined {
  const { message, node, template, field } = error;
  const undefinedVariable = UNDEFINED_VARIABLE.exec(message);
  if (undefinedVariable !== null) return explainVariable(undefinedVariable[1] ?? '$');
  const unknownFunction = NO_FUNCTION.exec(message)?.[1];
  if (unknownFunction !== undefined) return explainFunction(unknownFunction);
  const unknownTemplate = NO_TEMPLATE.exec(message);
  if (unknownTemplate !== null) {
    return explainTemplate(unknownTemplate[1] ?? unknownTemplate[2] ?? '', error.templates?.names() ?? []);
  }
  if (node === undefined || template === undefined) return undefined;
  if (NO_ITEM.test(message)) return explainNoItem(node);
  const called = NIL_ARGUMENT.exec(message);
  if (called !== null) return explainNilArgument(node, called[1] ?? 'index');
  const noField = NO_FIELD.exec(message);
  if (!isChain(node) || field === undefined || (noField === null && !NIL_POINTER.test(message))) return undefined;
  const name = node.idents[field] ?? '';
  const isFirst = field === (node.kind === 'variable' ? 1 : 0);
  if (isFirst && ROOT_FIELDS.has(name)) {
    if (node.kind === 'field') return explainDot(node, template);
    if (node.kind === 'variable' && node.idents[0] === '$') return explainRoot(template);
  }
  const receiver = textBefore(node, field);
  if (noField === null) return explainMissingRoot(node, field, template) ?? explainNil(node, field, receiver, template);
  return noField[1]?.startsWith('[]') === true
    ? `${receiver} is a list. Use range to read its items, or index for one of them.`
    : `${receiver} is not a mapping, so it has no ${name}. Correct the values, or what the template reads.`;
}

function isChain(node: Node): node is FieldChain {
  return node.kind === 'field' || node.kind === 'variable' || node.kind === 'chain';
}

function explainVariable(name: string): string {
  return (
    `A variable is known only inside the if, with, range or define where it was declared. Declare ${name} before ` +
    `that block with :=, and set it inside with =.`
  );
}

/** A name without a dot is a function's. */
function explainFunction(name: string): string {
  if (ROOT_FIELDS.has(name)) return `A name without a dot is that of a function. Write .${name}.`;
  const meant = nearMiss(name, functions.keys());
  return meant === undefined
    ? `Helm has no function of this name. Use one that it has, or put ${name} in double quotes if it is text.`
    : `Did you mean ${meant}?`;
}

function explainTemplate(name: string, names: Iterable<string>): string {
  const meant = nearMiss(name, names);
  return meant === undefined
    ? `No file of the chart or of its subcharts defines it. Define it with {{ define "${name}" }}, or correct the name.`
    : `Did you mean "${meant}"?`;
}

function explainNoItem(node: Node): string {
  const [list, at, ...more] = node.kind === 'command' ? node.args.slice(1) : [];
  if (list === undefined || at === undefined || more.length > 0) {
    return 'One of the lists that index goes through is too short. Add the item to the values, or check len first.';
  }
  const [what, item] = [nodeText(list), nodeText(at)];
  return (
    `${what} has no item ${item}: the first one is item 0. Add it to the values, or call index only inside ` +
    `{{ if gt (len ${what}) ${item} }}.`
  );
}

function explainNilArgument(node: Node, name: string): string {
  const [argument, ...keys] = node.kind === 'command' ? node.args.slice(1) : [];
  const what =
    argument === undefined || keys.length !== 1 ? `One of the values that ${name} goes through` : nodeText(argument);
  return `${what} is not set. Set it in the values, or call ${name} only inside {{ if }} or {{ with }} of it.`;
}

/** A mapping has any name, empty: where the dot or `$` is one, it is the next name that fails. */
function explainMissingRoot(node: FieldChain, field: number, template: Template): string | undefined {
  const isVariable = node.kind === 'variable';
  const first = isVariable ? 1 : 0;
  if (field !== first + 1 || !ROOT_FIELDS.has(node.idents[first] ?? '')) return undefined;
  if (isVariable) return node.idents[0] === '$' && isNamed(template) ? explainRoot(template) : undefined;
  if (node.kind !== 'field') return undefined;
  const isInBlock = enclosingBlock(template.tree.root, node.start) !== undefined;
  return isInBlock || isNamed(template) ? explainDot(node, template) : undefined;
}

/** The dot is what a block, or the caller of a template, made it. */
function explainDot(node: FieldChain, template: Template): string {
  const block = enclosingBlock(template.tree.root, node.start);
  const written = nodeText(node);
  if (block !== undefined) {
    const dot = block.kind === 'range' ? 'each item in turn' : 'that value';
    return (
      `Inside {{ ${block.kind} ${nodeText(block.pipe)} }} the dot is ${dot}, not the context of the chart. ` +
      `Write $${written}.${isNamed(template) ? ` There, $ is what the caller passed to this template.` : ''}`
    );
  }
  return explainCall(template, 'The dot is what the caller passed');
}

/** `$` is what a template was called with. */
function explainRoot(template: Template): string {
  return explainCall(template, '$ is what the caller passed');
}

function explainCall(template: Template, beginning: string): string {
  const { name } = template.tree;
  if (isTplText(template))
    return `${beginning} to tpl, not the context of the chart. Pass $ to tpl as its second argument.`;
  return (
    `${beginning} to template ${name}, not the context of the chart. Call it with {{ include "${name}" $ }}, or pass a ` +
    `dict with what it reads.`
  );
}

function isTplText({ tplText, tree }: Template): boolean {
  return tplText !== undefined && tree.name === tree.parseName;
}

/** Whether a caller chose the context: in a file of its own it is that of the chart. */
function isNamed(template: Template): boolean {
  return template.tree.name !== template.tree.parseName || isTplText(template);
}

function explainNil(node: FieldChain, field: number, receiver: string, template: Template): string {
  if (receiver === '.') return 'The item is empty (null). Correct the values, or skip empty items with {{ if . }}.';
  const name = node.idents[field] ?? '';
  const meant = meantRoot(node, field, template);
  if (meant !== undefined) return `${receiver} is not set. Did you mean ${meant}?`;
  return `${receiver} is not set. Set it in the values, or write (${receiver}).${name}, which is empty where it is not set.`;
}

/** What a mistyped name of the chart's context means: `.values`, `$.Value`. */
function meantRoot(node: FieldChain, field: number, template: Template): string | undefined {
  const isRooted = node.kind === 'variable' && node.idents[0] === '$';
  if (node.kind !== 'field' && !isRooted) return undefined;
  if (field !== (isRooted ? 2 : 1)) return undefined;
  const meant = nearMiss(node.idents[field - 1] ?? '', ROOT_FIELDS);
  if (meant === undefined) return undefined;
  return isRooted || enclosingBlock(template.tree.root, node.start) !== undefined ? `$.${meant}` : `.${meant}`;
}

/** What a field is read of, as it is written. */
function textBefore(node: FieldChain, field: number): string {
  const [first, ...rest] = node.idents.slice(0, field);
  if (node.kind === 'chain' && first === undefined) return `(${nodeText(node.node)})`;
  return first === undefined ? '.' : nodeText({ ...node, idents: [first, ...rest] });
}

/** The innermost `with` or `range` in whose body an offset is. */
function enclosingBlock(list: ListNode, start: number): BranchNode | undefined {
  for (const node of list.nodes) {
    if (node.kind !== 'if' && node.kind !== 'with' && node.kind !== 'range') continue;
    if (start < node.headerEnd || start >= node.end) continue;
    const { list: body, elseList } = node;
    if (isIn(body, start)) return enclosingBlock(body, start) ?? (node.kind === 'if' ? undefined : node);
    if (elseList !== undefined && isIn(elseList, start)) return enclosingBlock(elseList, start);
  }
  return undefined;
}

function isIn({ nodes }: ListNode, offset: number): boolean {
  const [first] = nodes;
  const last = nodes.at(-1);
  return first !== undefined && last !== undefined && first.start <= offset && offset < last.end;
}
