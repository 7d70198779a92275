import { Optional } from '@marcbachmann/cel-js';
import { noSuchOverload } from './fault.ts';
import { iterate } from './library/lists.ts';
import type { CelNode, Checker, Evaluator, Macro, Scope } from './syntax-tree.ts';
import { compare, isList } from './values.ts';

/** What a macro is called with. */
interface MacroCall {
  readonly args: readonly CelNode[];
  readonly receiver: CelNode | null;
}

/** Called for each step of a macro, so that no expression runs for ever. */
export type Tick = () => void;

type Evaluate = (node: CelNode | undefined, values: readonly unknown[]) => unknown;

/** A macro that names variables and evaluates expressions in which they have values. */
function macro(
  variables: number,
  run: (receiver: unknown, expressions: readonly CelNode[], evaluate: Evaluate) => unknown,
) {
  return ({ args, receiver }: MacroCall): Macro => {
    const names = args.slice(0, variables).map((node) => (node.op === 'id' ? String(node.args) : ''));
    if (receiver === null || names.includes('')) throw noSuchOverload('a macro');
    const expressions = args.slice(variables);
    let scopes: readonly Scope[] = [];
    return {
      async: false,
      typeCheck(checker: Checker, _: Macro, around: Scope) {
        checker.check(receiver, around);
        const made: Scope[] = [];
        let scope = around;
        for (const name of names) made.push((scope = scope.forkWithVariable(name, checker.getType('dyn'))));
        scopes = made;
        for (const expression of expressions) checker.check(expression, scope);
        return checker.getType('dyn');
      },
      evaluate(evaluator: Evaluator, _: Macro, around: Scope) {
        const value = evaluator.run(receiver, around);
        return run(value, expressions, (node, values) => {
          let scope = around;
          for (const [index, each] of scopes.entries())
            scope = each.reuse(scope).setIterValue(values[index], evaluator);
          if (node === undefined) throw noSuchOverload('a macro');
          return evaluator.run(node, scope);
        });
      },
    };
  };
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw noSuchOverload('a condition');
  return value;
}

/** `all` and `exists`: an error counts only when nothing else decides. */
function quantify(
  receiver: unknown,
  decides: boolean,
  tick: Tick,
  ask: (pair: [unknown, unknown]) => unknown,
): boolean {
  let error: unknown;
  for (const pair of iterate(receiver)) {
    tick();
    try {
      if (truth(ask(pair)) === decides) return decides;
    } catch (thrown) {
      error ??= thrown;
    }
  }
  if (error !== undefined) throw error;
  return !decides;
}

function optional(value: unknown): Optional {
  if (!(value instanceof Optional)) throw noSuchOverload('an optional');
  return value;
}

/** The macros that cel-js does not have, by signature. Sources: optional types, ext/comprehensions.go and ext/lists.go of cel-go. */
export function macros(tick: Tick): Readonly<Record<string, (call: MacroCall) => Macro>> {
  const existsOne = (values: number) =>
    macro(values, (receiver, [condition], evaluate) => {
      let count = 0;
      for (const pair of iterate(receiver)) {
        tick();
        const given = values === 2 ? pair : [isList(receiver) ? pair[1] : pair[0]];
        if (truth(evaluate(condition, given))) count++;
      }
      return count === 1;
    });
  const transform = (add: (made: Map<unknown, unknown>, key: unknown, value: unknown) => void) =>
    macro(2, (receiver, expressions, evaluate) => {
      const [condition, result] = expressions.length === 2 ? expressions : [undefined, expressions[0]];
      const made = new Map<unknown, unknown>();
      for (const pair of iterate(receiver)) {
        tick();
        if (condition === undefined || truth(evaluate(condition, pair))) add(made, pair[0], evaluate(result, pair));
      }
      return made;
    });
  const transformMap = transform((made, key, value) => made.set(key, value));
  const transformList = macro(2, (receiver, expressions, evaluate) => {
    const [condition, result] = expressions.length === 2 ? expressions : [undefined, expressions[0]];
    return iterate(receiver).flatMap((pair) => {
      tick();
      return condition === undefined || truth(evaluate(condition, pair)) ? [evaluate(result, pair)] : [];
    });
  });
  return {
    'dyn.all(ast, ast, ast): bool': macro(2, (receiver, [condition], evaluate) =>
      quantify(receiver, false, tick, (pair) => evaluate(condition, pair)),
    ),
    'dyn.exists(ast, ast, ast): bool': macro(2, (receiver, [condition], evaluate) =>
      quantify(receiver, true, tick, (pair) => evaluate(condition, pair)),
    ),
    'dyn.existsOne(ast, ast): bool': existsOne(1),
    'dyn.existsOne(ast, ast, ast): bool': existsOne(2),
    'dyn.transformList(ast, ast, ast): dyn': transformList,
    'dyn.transformList(ast, ast, ast, ast): dyn': transformList,
    'dyn.transformMap(ast, ast, ast): dyn': transformMap,
    'dyn.transformMap(ast, ast, ast, ast): dyn': transformMap,
    'dyn.sortBy(ast, ast): dyn': macro(1, (receiver, [key], evaluate) => {
      if (!isList(receiver)) throw noSuchOverload('sortBy');
      const keyed = receiver.map((item) => {
        tick();
        return { item, key: evaluate(key, [item]) };
      });
      const order = (a: unknown, b: unknown): number => {
        const result = compare(a, b);
        if (result === undefined) throw noSuchOverload('sortBy');
        return result;
      };
      return keyed.sort((a, b) => order(a.key, b.key)).map(({ item }) => item);
    }),
    'dyn.optMap(ast, ast): dyn': macro(1, (receiver, [result], evaluate) => {
      const value = optional(receiver);
      return value.hasValue() ? Optional.of(evaluate(result, [value.value()])) : value;
    }),
    'dyn.optFlatMap(ast, ast): dyn': macro(1, (receiver, [result], evaluate) => {
      const value = optional(receiver);
      return value.hasValue() ? optional(evaluate(result, [value.value()])) : value;
    }),
  };
}
