/**
 * The syntax trees of cel-js, as far as they are changed here. The package hands them out, but describes only their
 * outside.
 */
export interface CelNode {
  /** An operator, `call` of a function, `rcall` of a method, `id` of a variable, `comprehension` of a macro. */
  op: string;
  args: unknown;
  readonly meta: Readonly<Record<string, unknown>>;
  setMeta(key: string, value: unknown): CelNode;
}

/** Where a name has a value. */
export interface Scope {
  forkWithVariable(name: string, type: unknown): Scope;
  /** The same scope in another run of what is around it. */
  reuse(around: Scope): Scope;
  setIterValue(value: unknown, evaluator: Evaluator): Scope;
}

export interface Evaluator {
  run(node: CelNode, scope: Scope): unknown;
}

export interface Checker {
  check(node: CelNode, scope: Scope): unknown;
  getType(name: string): unknown;
}

/** What a macro becomes: it is checked once, and evaluated often. */
export interface Macro {
  typeCheck(checker: Checker, macro: Macro, scope: Scope): unknown;
  evaluate(evaluator: Evaluator, macro: Macro, scope: Scope): unknown;
  readonly async: false;
}

export function isNode(value: unknown): value is CelNode {
  return (
    typeof value === 'object' && value !== null && 'op' in value && 'setMeta' in value && typeof value.op === 'string'
  );
}

/** Everything in a tree, each node once; of a macro what it was made of, and what was made of it. */
export function* nodesOf(root: unknown): Generator<CelNode> {
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) open.push(...value);
    else if (isNode(value)) {
      yield value;
      open.push(value.args, value.meta['alternate'], value.meta['macro']);
    } else if (Object.getPrototypeOf(value) === Object.prototype) open.push(...Object.values(value));
  }
}
