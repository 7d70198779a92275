import { check, NotSure, type Checked, type Surroundings } from './check.ts';
import { checkConstants } from './constants.ts';
import { CelFault, type Expression } from './expression.ts';
import { parse, TooDeep } from './parse.ts';

/** What became of an expression. */
export type Compilation =
  | { readonly is: 'compiled'; readonly expression: Expression; readonly checked: Checked }
  | { readonly is: 'fault'; readonly fault: CelFault }
  /** Whether it compiles is not known. */
  | { readonly is: 'unknown' };

/** Compiles an expression as the API server does when it is created. */
export function compile(text: string, surroundings: Surroundings): Compilation {
  try {
    const expression = parse(text, surroundings.canBind);
    const checked = check(expression, surroundings);
    checkConstants(expression, checked);
    return { is: 'compiled', expression, checked };
  } catch (error) {
    if (error instanceof CelFault) return { is: 'fault', fault: error };
    if (error instanceof NotSure || error instanceof TooDeep) return { is: 'unknown' };
    throw error;
  }
}
