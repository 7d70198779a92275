/** An expression of CEL as it is written, with its macros expanded. Source: the grammar CEL.g4 of cel-go. */
export type Expression = Literal | Name | Selection | Call | ListExpression | MapExpression | Construction | Fold;

interface Placed {
  /** Where it begins, in UTF-16 units from the start of the text. */
  readonly at: number;
}

export interface Literal extends Placed {
  readonly is: 'literal';
  readonly type: 'null_type' | 'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes';
  readonly value: boolean | number | bigint | string | null;
}

interface Name extends Placed {
  readonly is: 'name';
  readonly name: string;
}

export interface Selection extends Placed {
  readonly is: 'selection';
  readonly operand: Expression;
  readonly field: string;
  /** Whether it only asks if the field is there, as in `has(a.b)`. */
  readonly tests: boolean;
}

export interface Call extends Placed {
  readonly is: 'call';
  /** Operators are functions, too: `_+_`, `!_`, `_[_]`. */
  readonly name: string;
  /** What it is a method of. */
  readonly target: Expression | undefined;
  readonly args: readonly Expression[];
}

interface Item {
  readonly value: Expression;
  readonly isOptional: boolean;
}

export interface ListExpression extends Placed {
  readonly is: 'list';
  readonly items: readonly Item[];
}

interface Entry extends Item {
  readonly key: Expression;
}

export interface MapExpression extends Placed {
  readonly is: 'map';
  readonly entries: readonly Entry[];
}

interface FieldOfConstruction extends Item, Placed {
  readonly name: string;
}

/** `Type{field: value}` */
export interface Construction extends Placed {
  readonly is: 'construction';
  readonly type: string;
  readonly fields: readonly FieldOfConstruction[];
}

/** What macros become: a loop over a range that accumulates a result. */
export interface Fold extends Placed {
  readonly is: 'fold';
  readonly range: Expression;
  /** One name for the items of a list or the keys of a map, or two: of indices or keys, and of values. */
  readonly variables: readonly string[];
  readonly accumulator: string;
  readonly initial: Expression;
  readonly condition: Expression;
  readonly step: Expression;
  readonly result: Expression;
}

/** Why an expression does not compile. */
export class CelFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
