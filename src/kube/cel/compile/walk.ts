import type { Expression } from './expression.ts';

interface Visited {
  readonly expression: Expression;
  /** Whether it is part of the arguments of `format`, whose lists may hold values of different types. */
  readonly isInsideFormat: boolean;
}

/** All expressions inside of one, and it itself. */
export function* expressionsIn(root: Expression, isInsideFormat = false): Generator<Visited> {
  yield { expression: root, isInsideFormat };
  const isFormat = root.is === 'call' && root.name === 'format';
  for (const inner of partsOf(root)) yield* expressionsIn(inner, isInsideFormat || isFormat);
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case 'literal':
    case 'name':
      return [];
    case 'selection':
      return [expression.operand];
    case 'call':
      return expression.target === undefined ? expression.args : [expression.target, ...expression.args];
    case 'list':
      return expression.items.map(({ value }) => value);
    case 'map':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'construction':
      return expression.fields.map(({ value }) => value);
    case 'fold': {
      const { range, initial, condition, step, result } = expression;
      return [range, initial, condition, step, result];
    }
  }
}
