import { EvaluationError, Optional } from '@marcbachmann/cel-js';
import { isCertain, noSuchOverload } from './fault.ts';
import { nodesOf, isNode, type CelNode, type Checker, type Evaluator, type Macro, type Scope } from './syntax-tree.ts';
import type { Tick } from './macros.ts';
import { entriesOf, isEqual, isList, lookUp } from './values.ts';

/** What functions are called in the environment, beside those of cel-js: names that no rule can mean. */
export const OWN = 'kubernetes_';

/** The names of the library, with how many arguments they take. */
export interface KnownNames {
  readonly methods: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  readonly namespaced: ReadonlySet<string>;
}

/**
 * Changes a tree so that it means what it means in Kubernetes: calls go to our library where it knows them, equality is
 * that of CEL, and each step of a macro is counted.
 */
export function rewrite(root: unknown, known: KnownNames, tick: Tick): void {
  for (const node of nodesOf(root)) {
    node.setMeta('async', false);
    if (node.op === 'call') renameFunction(node, known);
    else if (node.op === 'rcall') renameMethod(node, known);
    else if (node.op === 'comprehension') count(node, tick);
    else if (node.op in OPERATORS) replaceOperator(node);
    if (node.op === 'call' && isCallOf(node, 'has') && node.meta['macro'] !== undefined)
      node.setMeta('macro', has(node));
  }
}

function renameFunction(node: CelNode, known: KnownNames): void {
  if (!Array.isArray(node.args)) return;
  const [name, args]: unknown[] = node.args;
  if (Array.isArray(args) && known.functions.has(`${String(name)}/${args.length}`))
    node.args[0] = `${OWN}${String(name)}`;
}

function renameMethod(node: CelNode, known: KnownNames): void {
  if (!Array.isArray(node.args) || node.meta['macro'] !== undefined || node.meta['alternate'] !== undefined) return;
  const [name, receiver, args]: unknown[] = node.args;
  if (!Array.isArray(args)) return;
  const space = isNode(receiver) && receiver.op === 'id' ? String(receiver.args) : '';
  if (known.namespaced.has(`${space}.${String(name)}/${args.length}`)) node.args[0] = `${OWN}${space}_${String(name)}`;
  else if (known.methods.has(`${String(name)}/${args.length}`)) node.args[0] = `${OWN}${String(name)}`;
}

function isCallOf(node: CelNode, name: string): boolean {
  return Array.isArray(node.args) && node.args[0] === name;
}

/** Macros of cel-js ask a condition before each step. */
function count({ args }: CelNode, tick: Tick): void {
  if (typeof args !== 'object' || args === null) return;
  const condition: unknown = 'condition' in args ? args.condition : undefined;
  Object.assign(args, {
    condition(accumulated: unknown): boolean {
      tick();
      return typeof condition !== 'function' || condition(accumulated) === true;
    },
  });
}

type Operator = (left: () => unknown, right: () => unknown) => unknown;

const OPERATORS: Readonly<Record<string, Operator>> = {
  '==': (left, right) => isEqual(left(), right()),
  '!=': (left, right) => !isEqual(left(), right()),
  in(left, right) {
    const [value, collection] = [left(), right()];
    if (isList(collection)) return collection.some((item) => isEqual(item, value));
    if (entriesOf(collection) === undefined) throw noSuchOverload('in');
    return lookUp(collection, value) !== undefined;
  },
  '&&': (left, right) => connect(left, right, false),
  '||': (left, right) => connect(left, right, true),
};

/** `&&` and `||`: an error of one side does not count when the other side decides. */
function connect(left: () => unknown, right: () => unknown, decides: boolean): boolean {
  const first = attempt(left);
  if (first === decides) return decides;
  const second = attempt(right);
  if (second === decides) return decides;
  for (const result of [first, second]) if (result instanceof EvaluationError && !isCertain(result)) throw result;
  for (const result of [first, second]) if (typeof result !== 'boolean') throw result;
  return !decides;
}

function attempt(side: () => unknown): boolean | EvaluationError {
  try {
    const value = side();
    return typeof value === 'boolean' ? value : noSuchOverload('a condition');
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

function replaceOperator(node: CelNode): void {
  const operator = OPERATORS[node.op];
  if (operator === undefined || !Array.isArray(node.args)) return;
  const [left, right]: unknown[] = node.args;
  if (!isNode(left) || !isNode(right)) return;
  node.setMeta('check', (checker: Checker, _: CelNode, scope: Scope) => {
    checker.check(left, scope);
    checker.check(right, scope);
    return checker.getType('bool');
  });
  node.setMeta('evaluate', (evaluator: Evaluator, _: CelNode, scope: Scope) =>
    operator(
      () => evaluator.run(left, scope),
      () => evaluator.run(right, scope),
    ),
  );
}

/** `has(a.b)`: unlike that of cel-js, `a` may be any expression. */
function has(node: CelNode): Macro | undefined {
  const [, args]: unknown[] = Array.isArray(node.args) ? node.args : [];
  const [access]: unknown[] = Array.isArray(args) ? args : [];
  if (!isNode(access) || !access.op.startsWith('.') || !Array.isArray(access.args)) throw noSuchOverload('has');
  const [object, field]: unknown[] = access.args;
  if (!isNode(object)) throw noSuchOverload('has');
  return {
    async: false,
    typeCheck(checker, _, scope) {
      checker.check(object, scope);
      return checker.getType('bool');
    },
    evaluate(evaluator, _, scope) {
      let value = evaluator.run(object, scope);
      if (value instanceof Optional) {
        if (!value.hasValue()) return false;
        value = value.value();
      }
      if (entriesOf(value) === undefined) throw noSuchOverload('has');
      return lookUp(value, field) !== undefined;
    },
  };
}
