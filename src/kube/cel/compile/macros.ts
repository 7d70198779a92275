import { CelFault, type Expression, type Fold } from './expression.ts';

/** What no variable can be called. */
const RESULT = '@result';

function name(text: string, at: number): Expression {
  return { is: 'name', name: text, at };
}

function call(of: string, at: number, ...args: readonly Expression[]): Expression {
  return { is: 'call', name: of, target: undefined, args, at };
}

function bool(value: boolean, at: number): Expression {
  return { is: 'literal', type: 'bool', value, at };
}

function int(value: bigint, at: number): Expression {
  return { is: 'literal', type: 'int', value, at };
}

type FoldParts = Pick<Fold, 'initial' | 'step'> & Partial<Pick<Fold, 'condition' | 'result'>>;

/** How a macro becomes a loop. The expressions are those behind the variables. */
type MakeFold = (expressions: readonly Expression[], variables: readonly string[], at: number) => FoldParts;

const all: MakeFold = ([predicate], _, at) => ({
  initial: bool(true, at),
  condition: call('@not_strictly_false', at, name(RESULT, at)),
  step: call('_&&_', at, name(RESULT, at), predicate ?? bool(true, at)),
});

const exists: MakeFold = ([predicate], _, at) => ({
  initial: bool(false, at),
  condition: call('@not_strictly_false', at, call('!_', at, name(RESULT, at))),
  step: call('_||_', at, name(RESULT, at), predicate ?? bool(true, at)),
});

const existsOne: MakeFold = ([predicate], _, at) => ({
  initial: int(0n, at),
  step: call(
    '_?_:_',
    at,
    predicate ?? bool(true, at),
    call('_+_', at, name(RESULT, at), int(1n, at)),
    name(RESULT, at),
  ),
  result: call('_==_', at, name(RESULT, at), int(1n, at)),
});

/** A step that is made only where a condition holds. */
function when(condition: Expression | undefined, step: Expression, at: number): Expression {
  return condition === undefined ? step : call('_?_:_', at, condition, step, name(RESULT, at));
}

function listOf(at: number, ...items: readonly Expression[]): Expression {
  return { is: 'list', items: items.map((value) => ({ value, isOptional: false })), at };
}

const filter: MakeFold = ([predicate], [variable = ''], at) => ({
  initial: listOf(at),
  step: when(predicate, call('_+_', at, name(RESULT, at), listOf(at, name(variable, at))), at),
});

const map: MakeFold = (expressions, _, at) => {
  const result = expressions.at(-1) ?? bool(true, at);
  const step = call('_+_', at, name(RESULT, at), listOf(at, result));
  return { initial: listOf(at), step: when(expressions.length > 1 ? expressions[0] : undefined, step, at) };
};

const transformMap: MakeFold = (expressions, [key = ''], at) => {
  const value = expressions.at(-1) ?? bool(true, at);
  const step = call('cel.@mapInsert', at, name(RESULT, at), name(key, at), value);
  return {
    initial: { is: 'map', entries: [], at },
    step: when(expressions.length > 1 ? expressions[0] : undefined, step, at),
  };
};

const transformMapEntry: MakeFold = (expressions, _, at) => {
  const entry = expressions.at(-1) ?? bool(true, at);
  const step = call('cel.@mapInsert', at, name(RESULT, at), entry);
  return {
    initial: { is: 'map', entries: [], at },
    step: when(expressions.length > 1 ? expressions[0] : undefined, step, at),
  };
};

/** By name and number of arguments: how many variables there are, and what the loop is. */
const LOOPS: Readonly<Record<string, readonly [variables: number, make: MakeFold]>> = {
  'all/2': [1, all],
  'all/3': [2, all],
  'exists/2': [1, exists],
  'exists/3': [2, exists],
  'exists_one/2': [1, existsOne],
  'exists_one/3': [2, existsOne],
  'existsOne/3': [2, existsOne],
  'filter/2': [1, filter],
  'map/2': [1, map],
  'map/3': [1, map],
  'transformList/3': [2, map],
  'transformList/4': [2, map],
  'transformMap/3': [2, transformMap],
  'transformMap/4': [2, transformMap],
  'transformMapEntry/3': [2, transformMapEntry],
  'transformMapEntry/4': [2, transformMapEntry],
};

/** What a call of a macro stands for; undefined for a call of a function. */
export function expandMacro(
  of: string,
  target: Expression | undefined,
  args: readonly Expression[],
  at: number,
): Expression | undefined {
  const [first, second] = args;
  if (target === undefined) {
    if (of !== 'has' || args.length !== 1 || first === undefined) return undefined;
    if (first.is !== 'selection' || first.tests) throw new CelFault('has() needs a field, as in has(self.name)', at);
    return { ...first, tests: true };
  }
  const loop = LOOPS[`${of}/${args.length}`];
  if (loop !== undefined) {
    const [count, make] = loop;
    const variables = args.slice(0, count).map((arg) => variableOf(arg, of));
    if (count === 2 && variables[0] === variables[1]) throw new CelFault(`${of}() names a variable twice`, at);
    return {
      is: 'fold',
      range: target,
      variables,
      accumulator: RESULT,
      condition: bool(true, at),
      result: name(RESULT, at),
      at,
      ...make(args.slice(count), variables, at),
    };
  }
  if (args.length !== 2 || first === undefined || second === undefined) return undefined;
  if (of === 'optMap') {
    const value = bind(variableOf(first, of), method('value', target, at), second, at);
    return optional(target, qualified('optional', 'of', at, value), at);
  }
  if (of === 'optFlatMap')
    return optional(target, bind(variableOf(first, of), method('value', target, at), second, at), at);
  if (of === 'sortBy') return sortBy(target, first, second, at);
  return undefined;
}

/** `cel.bind(name, value, expression)` */
export function expandBind(
  of: string,
  target: Expression,
  [variable, value, inside]: readonly Expression[],
  at: number,
): Expression | undefined {
  const isBind = of === 'bind' && target.is === 'name' && target.name === 'cel';
  if (!isBind || variable === undefined || value === undefined || inside === undefined) return undefined;
  return bind(variableOf(variable, of), value, inside, at);
}

function variableOf(arg: Expression, of: string): string {
  if (arg.is !== 'name' || arg.name.startsWith('.')) {
    throw new CelFault(`${of}() needs the name of a variable as its first argument`, arg.at);
  }
  return arg.name;
}

function method(of: string, target: Expression, at: number, ...args: readonly Expression[]): Expression {
  return { is: 'call', name: of, target, args, at };
}

function qualified(space: string, of: string, at: number, ...args: readonly Expression[]): Expression {
  return { is: 'call', name: `${space}.${of}`, target: undefined, args, at };
}

function optional(target: Expression, present: Expression, at: number): Expression {
  return call('_?_:_', at, method('hasValue', target, at), present, qualified('optional', 'none', at));
}

/** A variable that has a value in one expression: a loop that is never run. */
function bind(variable: string, value: Expression, inside: Expression, at: number): Expression {
  return {
    is: 'fold',
    range: listOf(at),
    variables: ['#unused'],
    accumulator: variable,
    initial: value,
    condition: bool(false, at),
    step: name(variable, at),
    result: inside,
    at,
  };
}

const SORTED = '@__sortBy_input__';

function sortBy(target: Expression, variable: Expression, key: Expression, at: number): Expression {
  const sorted = name(SORTED, at);
  const keys = expandMacro('map', sorted, [variable, key], at) ?? sorted;
  return bind(SORTED, target, method('@sortByAssociatedKeys', sorted, at, keys), at);
}
