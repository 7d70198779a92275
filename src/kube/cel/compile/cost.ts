import type { Checked } from './check.ts';
import type { Call, Construction, Expression, Fold, ListExpression, MapExpression, Selection } from './expression.ts';
import { costOfCall, type CallCost } from './cost-of-call.ts';
import { exactly, times, union, UNKNOWN_SIZE, type Inside, type Size } from './size.ts';
import { isOptional, unwrapped, type CelType } from './type.ts';

/** Where a value comes from: the variable, and the fields that lead to it; `@items`, `@keys` and `@values` for what is inside. */
type ValuePath = readonly string[];

/** How large the value at a place can be; undefined where nothing is known of it. */
export type SizeOfPath = (path: ValuePath) => Size | undefined;

/**
 * The most that an expression can cost, in the units of the API server. Source: checker/cost.go of cel-go. What is not
 * known is free here, so that the estimate is never above that of the API server.
 */
export function estimateCost(expression: Expression, checked: Checked, sizeOfPath: SizeOfPath): number {
  return new Estimator(checked, sizeOfPath).cost(expression);
}

const COST_OF_LIST = 10;
const COST_OF_MAP = 30;
const COST_OF_CONSTRUCTION = 40;

interface Local {
  readonly path: ValuePath;
  readonly size: Size | undefined;
  readonly inside: Inside | undefined;
}

class Estimator {
  readonly checked: Checked;
  readonly #sizeOfPath: SizeOfPath;
  readonly #paths = new Map<Expression, ValuePath>();
  readonly #sizes = new Map<Expression, Size>();
  readonly #insides = new Map<Expression, Inside>();
  readonly #locals = new Map<string, Local[]>();

  constructor(checked: Checked, sizeOfPath: SizeOfPath) {
    this.checked = checked;
    this.#sizeOfPath = sizeOfPath;
  }

  cost(expression: Expression): number {
    switch (expression.is) {
      case 'literal':
        return 0;
      case 'name':
        this.#paths.set(expression, this.#local(expression.name)?.path ?? [expression.name]);
        return 1;
      case 'selection':
        return this.#selection(expression);
      case 'call':
        return this.#call(expression);
      case 'list':
        return this.#list(expression);
      case 'map':
        return this.#map(expression);
      case 'construction':
        return this.#construction(expression);
      case 'fold':
        return isBinding(expression) ? this.#binding(expression) : this.#fold(expression);
    }
  }

  #local(name: string): Local | undefined {
    return this.#locals.get(name)?.at(-1);
  }

  #enter(name: string, local: Local): void {
    this.#locals.set(name, [...(this.#locals.get(name) ?? []), local]);
  }

  #leave(name: string): void {
    this.#locals.get(name)?.pop();
  }

  typeAt(expression: Expression): CelType {
    return this.checked.typeAt(expression);
  }

  pathOf(expression: Expression): ValuePath {
    const local = expression.is === 'name' ? this.#local(expression.name) : undefined;
    return local?.path ?? this.#paths.get(expression) ?? [];
  }

  /** The size of what is at a path; of what accumulates in a loop nothing is known by its path. */
  sizeAt(path: ValuePath): Size | undefined {
    return path.length === 0 || path[0] === '@result' ? undefined : this.#sizeOfPath(path);
  }

  knownSize(expression: Expression): Size | undefined {
    const known = this.#sizes.get(expression) ?? sizeOfLiteral(expression);
    if (known !== undefined) return known;
    const path = this.pathOf(expression);
    const atPath = path.length === 0 ? undefined : this.#sizeOfPath(path);
    if (atPath !== undefined) return atPath;
    if (isScalar(this.typeAt(expression))) return exactly(1);
    return expression.is === 'name' ? this.#local(expression.name)?.size : undefined;
  }

  size(expression: Expression): Size {
    return this.knownSize(expression) ?? UNKNOWN_SIZE;
  }

  inside(expression: Expression): Inside | undefined {
    const known = this.#insides.get(expression);
    if (known !== undefined) return known;
    return expression.is === 'name' ? this.#local(expression.name)?.inside : undefined;
  }

  setInside(expression: Expression, inside: Inside | undefined): void {
    if (inside !== undefined) this.#insides.set(expression, inside);
  }

  #selection(selection: Selection): number {
    const cost = this.cost(selection.operand);
    if (selection.tests) return cost;
    this.#paths.set(selection, [...this.pathOf(selection.operand), selection.field]);
    return cost + (/^(?:map|object|parameter)$/.test(this.typeAt(selection.operand).kind) ? 1 : 0);
  }

  #call(call: Call): number {
    const { name, target } = this.checked.functionAt(call);
    if (name === 'dyn' && call.args[0] !== undefined) {
      const [arg] = call.args;
      const cost = this.cost(arg);
      this.#copy(call, arg);
      return cost + 1;
    }
    const costs = call.args.map((arg) => this.cost(arg));
    const overloads = this.checked.overloadsAt(call);
    if (overloads.length === 0) return 0;
    const ofTarget = target === undefined ? 0 : this.cost(target);
    let most: CallCost = { cost: 0, size: undefined };
    for (const overload of overloads) {
      const { cost, size } = costOfCall(this, { call, name, target, overload, costs });
      most = {
        cost: Math.max(most.cost, cost),
        size: size === undefined || most.size === undefined ? (size ?? most.size) : union(size, most.size),
      };
      const [range] = call.args;
      if (name === '_[_]' && range !== undefined && overload.parameters[0]?.kind !== 'opaque') {
        most = { ...most, size: this.inside(range)?.value };
        const step = overload.parameters[0]?.kind === 'list' ? '@items' : '@values';
        this.#paths.set(call, [...this.pathOf(range), step]);
      }
      most = { ...most, size: most.size ?? this.knownSize(call) };
    }
    if (most.size !== undefined) this.#sizes.set(call, most.size);
    return ofTarget + most.cost;
  }

  #copy(to: Expression, from: Expression): void {
    const size = this.knownSize(from);
    if (size !== undefined) this.#sizes.set(to, size);
    this.setInside(to, this.inside(from));
  }

  #list(list: ListExpression): number {
    let cost = COST_OF_LIST;
    let value: Size | undefined;
    for (const item of list.items) {
      cost += this.cost(item.value);
      value = value === undefined ? this.size(item.value) : union(value, this.size(item.value));
    }
    this.setInside(list, { kind: 'list', key: exactly(1), value: value ?? exactly(0) });
    return cost;
  }

  #map(map: MapExpression): number {
    let cost = COST_OF_MAP;
    let [key, value]: (Size | undefined)[] = [];
    for (const entry of map.entries) {
      cost += this.cost(entry.key) + this.cost(entry.value);
      key = key === undefined ? this.size(entry.key) : union(key, this.size(entry.key));
      value = value === undefined ? this.size(entry.value) : union(value, this.size(entry.value));
    }
    this.setInside(map, { kind: 'map', key: key ?? exactly(0), value: value ?? exactly(0) });
    return cost;
  }

  #construction({ fields }: Construction): number {
    return fields.reduce((cost, { value }) => cost + this.cost(value), COST_OF_CONSTRUCTION);
  }

  #enterAccumulator({ accumulator, initial }: Fold): void {
    this.#enter(accumulator, {
      path: this.pathOf(initial),
      size: this.knownSize(initial),
      inside: this.inside(initial),
    });
  }

  #fold(fold: Fold): number {
    const { range, initial, variables, accumulator } = fold;
    let cost = this.cost(range) + this.cost(initial);
    this.#enterAccumulator(fold);
    const inside = this.inside(range);
    const isList = (inside?.kind ?? this.typeAt(range).kind) === 'list';
    const path = this.pathOf(range);
    const steps =
      variables.length === 2
        ? [isList ? '@indices' : '@keys', isList ? '@items' : '@values']
        : [isList ? '@items' : '@keys'];
    for (const [index, name] of variables.entries()) {
      const step = steps[index] ?? '';
      const size = step === '@keys' || step === '@indices' ? inside?.key : inside?.value;
      this.#enter(name, { path: [...path, step], size, inside: undefined });
    }
    const ofLoop = this.cost(fold.condition) + this.cost(fold.step);
    for (const name of variables) this.#leave(name);
    cost += this.cost(fold.result);
    this.#leave(accumulator);
    const count = this.size(range);
    cost += times(count.max, ofLoop);
    if (initial.is === 'literal') this.#sizes.set(fold, this.size(initial));
    else if (initial.is === 'list' || initial.is === 'map') {
      this.#sizes.set(fold, count);
      this.setInside(fold, this.inside(fold.step));
    }
    return cost;
  }

  /** A loop that only names a value. */
  #binding(fold: Fold): number {
    const cost = this.cost(fold.range) + this.cost(fold.initial);
    this.#enterAccumulator(fold);
    const inside = this.cost(fold.result);
    this.#leave(fold.accumulator);
    this.#copy(fold, fold.result);
    return cost + inside;
  }
}

function isBinding({ range, condition, accumulator }: Fold): boolean {
  return (
    range.is === 'list' &&
    range.items.length === 0 &&
    condition.is === 'literal' &&
    condition.value === false &&
    accumulator !== '@result'
  );
}

function sizeOfLiteral(expression: Expression): Size | undefined {
  if (expression.is === 'list') return exactly(expression.items.length);
  if (expression.is === 'map') return exactly(expression.entries.length);
  if (expression.is !== 'literal') return undefined;
  return exactly(typeof expression.value === 'string' ? [...expression.value].length : 1);
}

function isScalar(type: CelType): boolean {
  if (isOptional(type)) return isScalar(unwrapped(type));
  return ['bool', 'double', 'duration', 'int', 'timestamp', 'uint'].includes(type.name) && type.kind === 'simple';
}
