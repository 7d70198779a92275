import { nearMiss } from '../../../text/near-miss.ts';
import {
  CelFault,
  type Call,
  type Construction,
  type Expression,
  type Fold,
  type ListExpression,
  type MapExpression,
  type Selection,
} from './expression.ts';
import { functionNames, overloadsOf, type Overload } from './functions.ts';
import {
  BOOL,
  DYN,
  INT,
  isDyn,
  isDynOrError,
  isOptional,
  isSame,
  listOf,
  mapOf,
  nameOf,
  optionalOf,
  parameter,
  SIMPLE,
  typeOf,
  unwrapped,
  type CelType,
} from './type.ts';
import { mostGeneral, Substitutions } from './unify.ts';

/** What is not known here, but may be known elsewhere: nothing is said of the expression. */
export class NotSure extends Error {}

/** What an expression can name. */
export interface Surroundings {
  readonly variables: ReadonlyMap<string, CelType>;
  /** Types that can be made, by their name, beside those of CEL. */
  readonly typeNamed?: ((name: string) => CelType | undefined) | undefined;
  /** Whether a value can be named with `cel.bind`. */
  readonly canBind?: boolean | undefined;
  /** Whether there may be functions that are not known here, as in versions of Kubernetes that are newer. */
  readonly mayHaveMore?: boolean | undefined;
}

/** An expression whose types fit. */
export interface Checked {
  readonly type: CelType;
  typeAt(expression: Expression): CelType;
  /** Which of the ways to call a function fit. */
  overloadsAt(call: Call): readonly Overload[];
  /** Functions as they are called: a namespace is part of the name, not a target. */
  functionAt(call: Call): { readonly name: string; readonly target: Expression | undefined };
}

/**
 * Checks types as the API server does. Throws a `CelFault` where they do not fit. Source: checker/checker.go of cel-go.
 */
export function check(expression: Expression, surroundings: Surroundings): Checked {
  const checker = new Checker(surroundings);
  checker.check(expression);
  const typeAt = (of: Expression): CelType => checker.typeOf(of);
  return {
    type: typeAt(expression),
    typeAt,
    overloadsAt: (call) => checker.overloads.get(call) ?? [],
    functionAt: (call) => ({
      name: checker.namespaced.get(call) ?? call.name,
      target: checker.namespaced.has(call) ? undefined : call.target,
    }),
  };
}

/** Names whose types are not worth knowing. */
const FOREIGN = /^\.?(?:google|kubernetes|net)\.|^(?:dyn|duration|timestamp)$/;

const TYPE_NAMES: ReadonlyMap<string, CelType> = new Map([
  ...['bool', 'bytes', 'double', 'int', 'null_type', 'string', 'uint'].map(
    (name) => [name, SIMPLE.get(name) ?? DYN] as const,
  ),
  ['list', listOf(DYN)],
  ['map', mapOf(DYN, DYN)],
  ['type', typeOf(DYN)],
  ['optional_type', optionalOf(DYN)],
]);

type Scope = ReadonlyMap<string, CelType>;

class Checker {
  readonly overloads = new Map<Call, readonly Overload[]>();
  readonly namespaced = new Map<Call, string>();
  readonly #surroundings: Surroundings;
  readonly #types = new Map<Expression, CelType>();
  readonly #substitutions = new Substitutions();
  #scope: Scope;
  #parameters = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#scope = surroundings.variables;
  }

  /** The type of what was checked. */
  typeOf(expression: Expression): CelType {
    return this.#substitutions.apply(this.#types.get(expression) ?? DYN, DYN);
  }

  check(expression: Expression): CelType {
    const type = this.#check(expression);
    this.#types.set(expression, type);
    return type;
  }

  #check(expression: Expression): CelType {
    switch (expression.is) {
      case 'literal':
        return SIMPLE.get(expression.type) ?? DYN;
      case 'name': {
        const type = this.#lookUp(expression.name);
        if (type === undefined) throw this.#undeclared(expression.name, expression.at);
        return type;
      }
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
        return this.#fold(expression);
    }
  }

  #lookUp(name: string): CelType | undefined {
    if (name.startsWith('.')) {
      const bare = name.slice(1);
      return this.#surroundings.variables.get(bare) ?? this.#typeNamed(bare);
    }
    return this.#scope.get(name) ?? this.#typeNamed(name);
  }

  /** The type of the name of a type. */
  #typeNamed(name: string): CelType | undefined {
    const type = TYPE_NAMES.get(name) ?? this.#surroundings.typeNamed?.(name);
    if (type === undefined && FOREIGN.test(name)) throw new NotSure();
    return type === undefined ? undefined : typeOf(type);
  }

  #undeclared(name: string, at: number): CelFault {
    const known = [...this.#scope.keys()].filter((each) => /^\w+$/.test(each));
    const meant = nearMiss(name, known);
    return new CelFault(`there is no variable ${name}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`, at);
  }

  #selection(selection: Selection): CelType {
    const name = selection.tests ? undefined : qualifiedNameOf(selection);
    const type = name === undefined ? undefined : this.#typeOfQualified(name);
    if (type !== undefined) return type;
    const result = this.#field(selection.operand, selection.field, false, selection.at);
    return selection.tests ? BOOL : this.#substitutions.apply(result);
  }

  #typeOfQualified(name: string): CelType | undefined {
    const bare = name.replace(/^\./, '');
    const variable = this.#surroundings.variables.get(bare);
    if (variable !== undefined) return variable;
    // Where a variable has the name of a package, the field of the variable is meant.
    const root = bare.split('.')[0] ?? '';
    return this.#scope.has(root) ? undefined : this.#typeNamed(bare);
  }

  #field(operand: Expression, field: string, isOptionalAccess: boolean, at: number): CelType {
    this.check(operand);
    const type = this.#substitutions.apply(this.#types.get(operand) ?? DYN);
    const target = unwrapped(type);
    const result = this.#fieldOf(target, field, at);
    return isOptional(type) || isOptionalAccess ? optionalOf(result) : result;
  }

  #fieldOf(target: CelType, field: string, at: number): CelType {
    if (target.kind === 'map') return target.of[1] ?? DYN;
    if (target.kind === 'parameter') {
      this.#substitutions.assign(DYN, target);
      return DYN;
    }
    if (isDynOrError(target)) return DYN;
    if (target.kind !== 'object') {
      throw new CelFault(`${article(nameOf(target))} has no fields, so there is no field ${field} in it`, at);
    }
    // A reserved word behind a dot is a field with that name.
    const type = target.fieldOf?.(field) ?? target.fieldOf?.(`__${field}__`);
    if (type !== undefined) return type;
    const meant = nearMiss(field, target.fieldNames?.() ?? []);
    throw new CelFault(`there is no field ${field}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`, at);
  }

  #call(call: Call): CelType {
    const { name, target, args, at } = call;
    if (name === '_?._') {
      const [operand, field] = args;
      if (operand === undefined || field?.is !== 'literal') return DYN;
      return this.#substitutions.apply(this.#field(operand, String(field.value), true, at));
    }
    for (const arg of args) this.check(arg);
    if (target === undefined) return this.#resolve(call, name.replace(/^\./, ''), undefined);
    const prefix = qualifiedNameOf(target);
    const full = prefix === undefined ? undefined : `${prefix.replace(/^\./, '')}.${name}`;
    if (full !== undefined && this.#isFunction(full)) {
      this.namespaced.set(call, full);
      return this.#resolve(call, full, undefined);
    }
    // `sets.containz(…)`: a namespace is not a variable.
    const meant = full === undefined || this.#isKnown(target) ? undefined : nearMiss(full, functionNames());
    if (meant !== undefined && !this.#surroundings.mayHaveMore) {
      throw new CelFault(`there is no function ${full ?? name} (did you mean ${meant}?)`, at);
    }
    this.check(target);
    return this.#resolve(call, name, target);
  }

  #isFunction(name: string): boolean {
    return (
      overloadsOf(name) !== undefined && (this.#surroundings.typeNamed !== undefined || !name.startsWith('jsonpatch.'))
    );
  }

  #isKnown(target: Expression): boolean {
    const root = (qualifiedNameOf(target) ?? '').replace(/^\./, '').split('.')[0] ?? '';
    return this.#scope.has(root);
  }

  #resolve(call: Call, name: string, target: Expression | undefined): CelType {
    const overloads = overloadsOf(name);
    if (overloads === undefined) {
      if (this.#surroundings.mayHaveMore === true) throw new NotSure();
      const meant = nearMiss(name, functionNames());
      throw new CelFault(
        `there is no function ${name}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`,
        call.at,
      );
    }
    const operands = target === undefined ? call.args : [target, ...call.args];
    if (name === '_&&_' || name === '_||_') {
      for (const operand of operands) this.#mustBe(operand, BOOL);
      this.overloads.set(call, overloads);
      return BOOL;
    }
    const types = operands.map((operand) => this.#types.get(operand) ?? DYN);
    let result: CelType | undefined;
    const fitting: Overload[] = [];
    for (const overload of overloads) {
      if (overload.isMethod !== (target !== undefined)) continue;
      const { parameters, result: made } = this.#instantiate(overload);
      if (!this.#substitutions.assignAll(types, parameters)) continue;
      fitting.push(overload);
      const own = this.#substitutions.apply(made);
      if (result === undefined) result = own;
      else if (!isDyn(result) && !isSame(own, result)) result = DYN;
    }
    if (result !== undefined) {
      this.overloads.set(call, fitting);
      return result;
    }
    if (this.#surroundings.mayHaveMore === true) throw new NotSure();
    throw new CelFault(
      describeMismatch(
        name,
        types.map((type) => nameOf(this.#substitutions.apply(type, DYN))),
        target !== undefined,
      ),
      call.at,
    );
  }

  /** An overload with parameters of its own. */
  #instantiate({ parameters, result, isGeneric }: Overload): Pick<Overload, 'parameters' | 'result'> {
    if (!isGeneric) return { parameters, result };
    const own = new Map<string, CelType>();
    const renew = (type: CelType): CelType => {
      if (type.kind === 'parameter') {
        const known = own.get(type.name) ?? this.#newParameter();
        own.set(type.name, known);
        return known;
      }
      return type.of.length === 0 ? type : { ...type, of: type.of.map(renew) };
    };
    return { parameters: parameters.map(renew), result: renew(result) };
  }

  #newParameter(): CelType {
    return parameter(`_${this.#parameters++}`);
  }

  #list({ items }: ListExpression): CelType {
    let type: CelType | undefined;
    for (const { value, isOptional: isOptionalItem } of items) {
      const own = this.#valueType(value, isOptionalItem);
      type = this.#join(type, own);
    }
    return listOf(type ?? this.#newParameter());
  }

  #map({ entries }: MapExpression): CelType {
    let key: CelType | undefined;
    let value: CelType | undefined;
    for (const entry of entries) {
      key = this.#join(key, this.check(entry.key));
      value = this.#join(value, this.#valueType(entry.value, entry.isOptional));
    }
    return mapOf(key ?? this.#newParameter(), value ?? this.#newParameter());
  }

  /** The type of a value, which is optional where a `?` stands before it. */
  #valueType(value: Expression, isOptionalValue: boolean): CelType {
    const type = this.check(value);
    if (!isOptionalValue) return type;
    if (!isOptional(type) && !isDyn(type)) {
      throw new CelFault(`behind ? it needs an optional value, but there is ${article(nameOf(type))}`, value.at);
    }
    return unwrapped(type);
  }

  /** Whether the types are the same is looked at later: of what `format` writes they need not be. */
  #join(before: CelType | undefined, own: CelType): CelType {
    if (before === undefined) return own;
    return this.#substitutions.assign(before, own) ? mostGeneral(before, own) : DYN;
  }

  #construction({ type: name, fields, at }: Construction): CelType {
    const named = this.#lookUp(name);
    if (named === undefined) throw new CelFault(`there is no type ${name}`, at);
    const type = named.kind === 'type' ? named.of[0] : undefined;
    if (type === undefined || type.kind !== 'object') throw new CelFault(`${name} is not a type with fields`, at);
    for (const field of fields) {
      const own = this.#valueType(field.value, field.isOptional);
      const wanted = this.#fieldOf(type, field.name, field.at);
      if (!this.#substitutions.assign(wanted, own)) {
        throw new CelFault(
          `the field ${field.name} is of type ${this.#name(wanted)}, not ${this.#name(own)}`,
          field.at,
        );
      }
    }
    return type;
  }

  #fold(fold: Fold): CelType {
    this.check(fold.range);
    const accumulated = this.check(fold.initial);
    const range = this.#substitutions.apply(this.#types.get(fold.range) ?? DYN);
    const outer = this.#scope;
    const accumulator: Scope = new Map([...outer, [fold.accumulator, accumulated]]);
    const variables = this.#variablesOf(range, fold);
    this.#scope = new Map([
      ...accumulator,
      ...fold.variables.map((name, index) => [name, variables[index] ?? DYN] as const),
    ]);
    this.check(fold.condition);
    this.#mustBe(fold.condition, BOOL);
    const step = this.check(fold.step);
    if (!this.#substitutions.assign(accumulated, step)) {
      throw new CelFault(
        `it yields ${article(this.#name(step))} where ${article(this.#name(accumulated))} is needed`,
        fold.step.at,
      );
    }
    this.#scope = accumulator;
    const result = this.check(fold.result);
    this.#scope = outer;
    return this.#substitutions.apply(result);
  }

  #variablesOf(range: CelType, { range: { at }, variables }: Fold): readonly CelType[] {
    const hasTwo = variables.length === 2;
    const [first = DYN, second = DYN] = range.of;
    if (range.kind === 'list') return hasTwo ? [INT, first] : [first];
    if (range.kind === 'map') return [first, second];
    if (isDynOrError(range) || range.kind === 'parameter') {
      this.#substitutions.assign(DYN, range);
      return [DYN, DYN];
    }
    throw new CelFault(`${article(nameOf(range))} is neither a list nor a map`, at);
  }

  #mustBe(expression: Expression, wanted: CelType): void {
    const type = this.#types.get(expression) ?? DYN;
    if (this.#substitutions.assign(wanted, type)) return;
    throw new CelFault(
      `${article(nameOf(wanted))} is needed, but there is ${article(this.#name(type))}`,
      expression.at,
    );
  }

  #name(type: CelType): string {
    return nameOf(this.#substitutions.apply(type, DYN));
  }
}

/** `a.b.c` as one name; undefined for what is not only names. */
function qualifiedNameOf(expression: Expression): string | undefined {
  if (expression.is === 'name') return expression.name;
  if (expression.is !== 'selection' || expression.tests) return undefined;
  const operand = qualifiedNameOf(expression.operand);
  return operand === undefined ? undefined : `${operand}.${expression.field}`;
}

function article(name: string): string {
  return `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`;
}

const OPERATOR = /^_(\W+|\[\??\]?)_?$|^@(in)$|^([!-])_$/;

function describeMismatch(name: string, types: readonly string[], isMethod: boolean): string {
  if (name === '_[_]' || name === '_[?_]')
    return `${article(types[0] ?? '')} has no item at ${article(types[1] ?? '')}`;
  if (name === '_?_:_') return `? and : need a bool and two values of one type, but there are ${types.join(', ')}`;
  const [, binary, word, unary] = OPERATOR.exec(name) ?? [];
  const operator = binary ?? word ?? unary;
  if (operator !== undefined) return `${operator} does not work with ${types.join(' and ')}`;
  const [target = '', ...rest] = types;
  return isMethod
    ? `${article(target)} has no function ${name}(${rest.join(', ')})`
    : `there is no function ${name}(${types.join(', ')})`;
}
