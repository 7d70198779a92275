import { DYN, everyPair, isDyn, isDynOrError, isSame, NULL, type CelType } from './type.ts';

/**
 * What is known of type parameters while an expression is checked. Source: checker/types.go of cel-go, whose rules these
 * are, down to what follows from the order in which types are met.
 */
export class Substitutions {
  #known: ReadonlyMap<string, CelType> = new Map();

  /** Whether a value of one type can be used where the other is wanted. What follows for parameters is kept when it can. */
  assign(from: CelType, to: CelType): boolean {
    return this.assignAll([from], [to]);
  }

  assignAll(from: readonly CelType[], to: readonly CelType[]): boolean {
    const before = this.#known;
    this.#known = new Map(before);
    const fits = this.#allFit(from, to);
    if (!fits) this.#known = before;
    return fits;
  }

  /** A type with what is known put in. @param free what parameters become of which nothing is known; as they are by default */
  apply(type: CelType, free?: CelType): CelType {
    const known = this.#find(type);
    if (known !== undefined) return this.apply(known, free);
    if (type.kind === 'parameter') return free ?? type;
    if (type.of.length === 0) return type;
    return { ...type, of: type.of.map((each) => this.apply(each, free)) };
  }

  #find(type: CelType): CelType | undefined {
    return type.kind === 'parameter' ? this.#known.get(type.name) : undefined;
  }

  #learn(parameter: CelType, type: CelType): void {
    this.#known = new Map([...this.#known, [parameter.name, type]]);
  }

  #allFit(from: readonly CelType[], to: readonly CelType[]): boolean {
    return from.length === to.length && from.every((type, index) => this.#fits(type, to[index] ?? DYN));
  }

  #fits(from: CelType, to: CelType): boolean {
    if (to.kind === 'parameter') {
      const { isValid, isKnown } = this.#substitute(from, to);
      if (isValid) return true;
      if (isKnown) return false;
    }
    if (from.kind === 'parameter') return this.#substitute(to, from).isValid;
    if (isDynOrError(from) || isDynOrError(to)) return true;
    if (from === NULL) return isNullable(to);
    if (to === NULL) return isNullable(from);
    if (from.kind === 'type') return to.kind === 'type';
    if (from.kind === 'simple' || from.kind === 'object') return isSame(from, to);
    return from.kind === to.kind && from.name === to.name && this.#allFit(from.of, to.of);
  }

  #substitute(type: CelType, parameter: CelType): { isValid: boolean; isKnown: boolean } {
    if (isSame(type, parameter)) return { isValid: true, isKnown: true };
    const known = this.#find(parameter);
    if (known !== undefined) {
      if (isSame(type, known)) return { isValid: true, isKnown: true };
      if (!this.#fits(type, known)) return { isValid: false, isKnown: true };
      const general = mostGeneral(type, known);
      if (!this.#occurs(parameter, general)) this.#learn(parameter, general);
      return { isValid: true, isKnown: true };
    }
    if (this.#occurs(parameter, type)) return { isValid: false, isKnown: false };
    this.#learn(parameter, type);
    return { isValid: true, isKnown: false };
  }

  /** Whether a parameter is part of a type, so that it cannot stand for it. */
  #occurs(parameter: CelType, type: CelType): boolean {
    if (isSame(parameter, type)) return true;
    if (type.kind === 'parameter') {
      const known = this.#find(type);
      return known !== undefined && this.#occurs(parameter, known);
    }
    return type.of.some((each) => this.#occurs(parameter, each));
  }
}

function isNullable(type: CelType): boolean {
  return (
    type === NULL ||
    type.kind === 'opaque' ||
    type.kind === 'object' ||
    type.name === 'duration' ||
    type.name === 'timestamp'
  );
}

export function mostGeneral(a: CelType, b: CelType): CelType {
  return isLessSpecific(a, b) ? a : b;
}

function isLessSpecific(a: CelType, b: CelType): boolean {
  if (isDyn(a) || a.kind === 'parameter') return true;
  if (isDyn(b) || b.kind === 'parameter' || a.kind !== b.kind) return false;
  if (a.kind === 'type') return true;
  return a.name === b.name && a.of.length === b.of.length && everyPair(a, b, isLessSpecific);
}
