import { compile, type Compilation } from '../cel/compile/compile.ts';
import type { Surroundings } from '../cel/compile/check.ts';
import { isSame, nameOf, type CelType } from '../cel/compile/type.ts';
import type { Field } from './field.ts';

/** The newest minor version of Kubernetes whose functions of CEL are all known. */
const NEWEST_KNOWN = 35;

/** Letters of an expression that a message shows. */
const SHOWN = 40;

type Compiled = Extract<Compilation, { is: 'compiled' }>;

/**
 * Compiles the expression in a field, and reports what is wrong with it.
 * @param types what it may come to; anything by default
 * @returns undefined where it is wrong, or where that is not known
 */
export function compileField(
  field: Field,
  surroundings: Omit<Surroundings, 'mayHaveMore'>,
  types: readonly CelType[] = [],
  text: string = field.text,
): Compiled | undefined {
  const compiled = compile(text, { ...surroundings, mayHaveMore: field.api.minor > NEWEST_KNOWN });
  if (compiled.is === 'unknown') return undefined;
  if (compiled.is === 'fault') {
    const { message, at } = compiled.fault;
    field.invalid(`does not compile: ${message}${placeOf(text, at)}`, 'Correct the expression');
    return undefined;
  }
  const { type } = compiled.checked;
  if (types.length > 0 && !types.some((each) => isSame(each, type))) {
    const wanted = types.map(nameOf).join(' or ');
    field.invalid(`comes to ${described(type)}, not to ${wanted}`, `Write an expression whose value is ${wanted}`);
    return undefined;
  }
  return compiled;
}

function described(type: CelType): string {
  return nameOf(type) === 'dyn' ? 'a value whose type is not known (dyn)' : nameOf(type);
}

/** Where in a longer text something is wrong. */
function placeOf(text: string, at: number): string {
  const rest = text.slice(at).trim().replaceAll(/\s+/g, ' ');
  if (rest === '' || text.trim().length <= rest.length) return '';
  return `, at ${rest.length > SHOWN ? `${rest.slice(0, SHOWN)}…` : rest}`;
}
