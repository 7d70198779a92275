import type { Call, Expression } from './expression.ts';
import type { Overload } from './functions.ts';
import { exactly, product, sum, times, union, type Inside, type Size } from './size.ts';
import { isSame, type CelType } from './type.ts';

/** What is known of the values in an expression. */
interface Estimates {
  typeAt(expression: Expression): CelType;
  /** Where a value comes from: the variable, and the fields that lead to it. */
  pathOf(expression: Expression): readonly string[];
  sizeAt(path: readonly string[]): Size | undefined;
  size(expression: Expression): Size;
  inside(expression: Expression): Inside | undefined;
  setInside(expression: Expression, inside: Inside): void;
}

/** What a call costs beside its target, and how large its result is where that is known. */
export interface CallCost {
  readonly cost: number;
  readonly size: Size | undefined;
}

export interface CallParts {
  readonly call: Call;
  readonly name: string;
  readonly target: Expression | undefined;
  readonly overload: Overload;
  /** What its arguments cost. */
  readonly costs: readonly number[];
}

const OF_CHARACTER = 0.1;
const OF_PATTERN_CHARACTER = 0.25;
const LONGEST_FORMAT = 128;
/** So that two questions are the most that a rule can ask. */
const COST_OF_AUTHORIZATION = 350_000;

/** What passing over a text or list costs. */
function passing({ max }: Size, factor = OF_CHARACTER): number {
  return Math.ceil(times(max, factor));
}

/** Source: EstimateCallCost in library/cost.go of k8s.io/apiserver, then functionCost in checker/cost.go of cel-go. */
export function costOfCall(estimator: Estimates, parts: CallParts): CallCost {
  const own = ofLibrary(estimator, parts);
  const ofArguments = parts.costs.reduce((total, cost) => total + cost, 0);
  if (own !== undefined) return { ...own, cost: own.cost + ofArguments };
  return ofStandard(estimator, parts, ofArguments);
}

function ofLibrary(estimator: Estimates, { name, target, call, overload }: CallParts): CallCost | undefined {
  const [first, second] = call.args;
  const free = (cost: number): CallCost => ({ cost, size: undefined });
  const size = (expression: Expression): Size => estimator.size(expression);
  switch (name) {
    case 'check':
      return free(COST_OF_AUTHORIZATION);
    case 'isSorted':
    case 'sum':
    case 'max':
    case 'min':
    case 'indexOf':
    case 'lastIndexOf': {
      if (target === undefined) return undefined;
      const item = itemOf(estimator, target);
      if (item === undefined) return free(passing(size(target)));
      const ofItem = 1 + (isText(item.type) ? passing(item.size) : 0);
      return free(times(size(target).max, ofItem));
    }
    case 'url':
    case 'jsonpatch.escapeKey':
      return first === undefined ? undefined : { cost: passing(size(first)), size: size(first) };
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim':
      return target === undefined ? undefined : { cost: passing(size(target)), size: size(target) };
    case 'replace':
      if (target === undefined || first === undefined || second === undefined) return undefined;
      return {
        cost: passing(size(target), 2 * OF_CHARACTER),
        size: sizeReplaced(size(target), size(first), size(second)),
      };
    case 'split': {
      if (target === undefined) return undefined;
      const most =
        second?.is === 'literal' && typeof second.value === 'bigint' && second.value >= 0n
          ? Number(second.value)
          : size(target).max;
      return { cost: passing(size(target), 2 * OF_CHARACTER), size: { min: 0, max: most } };
    }
    case 'join': {
      if (target === undefined) return undefined;
      const [list, item] = [size(target), itemOf(estimator, target)];
      const texts = item === undefined ? exactly(0) : product(list, item.size);
      const between = { min: Math.max(0, list.min - 1), max: Math.max(0, list.max - 1) };
      const joined = first === undefined ? texts : sum(texts, product(size(first), between));
      return { cost: passing(joined), size: joined };
    }
    case 'find':
    case 'findAll': {
      if (target === undefined || first === undefined) return undefined;
      const text = passing(sum(size(target), exactly(1)));
      return { cost: times(text, passing(size(first), OF_PATTERN_CHARACTER)), size: { min: 0, max: size(target).max } };
    }
    case 'cidr':
    case 'isIP':
    case 'isCIDR':
    case 'quantity':
    case 'isQuantity':
    case 'semver':
    case 'isSemver':
      return first === undefined ? undefined : free(passing(size(first)));
    case 'ip':
      return target !== undefined ? free(1) : first === undefined ? undefined : free(passing(size(first)));
    case 'ip.isCanonical':
      return first === undefined ? undefined : free(passing(size(first), 2 * OF_CHARACTER));
    case 'containsIP':
    case 'containsCIDR': {
      const ofAddress = name === 'containsIP' ? 4 : 7;
      const isParsed = overload.parameters[1]?.name === 'string' && first !== undefined;
      return free(ofAddress + (isParsed ? passing(size(first)) : 0));
    }
    case 'validate':
      return first === undefined
        ? undefined
        : free(Math.ceil(times(passing(size(first)), LONGEST_FORMAT * OF_PATTERN_CHARACTER)));
    default:
      return ofList(estimator, name, target, call.args);
  }
}

const COST_OF_NEW_LIST = 11;

/** Functions that make lists. Source: ext/lists.go of cel-go. */
function ofList(
  estimator: Estimates,
  name: string,
  target: Expression | undefined,
  [first, second]: readonly Expression[],
): CallCost | undefined {
  const made = (size: Size, factor: number): CallCost => ({ cost: COST_OF_NEW_LIST + times(size.max, factor), size });
  if (name === 'lists.range') return made(exactly(integerOf(first) ?? Infinity), 1);
  if (target === undefined) return undefined;
  const size = estimator.size(target);
  switch (name) {
    case 'slice':
      return made(exactly(Math.max(0, (integerOf(second) ?? size.max) - (integerOf(first) ?? 0))), 1);
    case 'reverse':
      return made(size, 1);
    case 'flatten':
      return made(size, first === undefined ? 1 : (integerOf(first) ?? Infinity));
    case 'distinct':
    case 'sort':
      return made(product(size, size), 2);
    case '@sortByAssociatedKeys': {
      const keys = first === undefined ? size : estimator.size(first);
      return made(product(keys, keys), 2);
    }
    default:
      return undefined;
  }
}

function integerOf(expression: Expression | undefined): number | undefined {
  return expression?.is === 'literal' && typeof expression.value === 'bigint' ? Number(expression.value) : undefined;
}

function isText({ name }: CelType): boolean {
  return name === 'string' || name === 'bytes';
}

/** What the API server knows of the items of a list: by the path alone. */
function itemOf(estimator: Estimates, list: Expression): { readonly type: CelType; readonly size: Size } | undefined {
  const type = estimator.typeAt(list);
  const [item] = type.of;
  if (type.kind !== 'list' || item === undefined) return undefined;
  const path = estimator.pathOf(list);
  const size = path.length === 0 ? undefined : estimator.sizeAt([...path, '@items']);
  return { type: item, size: size ?? { min: 0, max: Infinity } };
}

function sizeReplaced(text: Size, replaced: Size, by: Size): Size {
  const most = replaced.min === 0 ? text.max + 1 : by.max <= replaced.min ? 0 : Math.ceil(text.max / replaced.min);
  const retained = replaced.min === 0 || by.max <= replaced.min ? text.max : 0;
  const least = replaced.max === 0 ? text.min + 1 : replaced.max <= by.min ? 0 : Math.ceil(text.min / replaced.max);
  const kept = replaced.max === 0 || replaced.max <= by.min ? text.min : 0;
  return sum(product({ min: least, max: most }, by), { min: kept, max: retained });
}

function ofStandard(
  estimator: Estimates,
  { name, target, call, overload, costs }: CallParts,
  ofArguments: number,
): CallCost {
  const [first, second, third] = call.args;
  const constant = { cost: 1 + ofArguments, size: undefined };
  const of = overload.parameters[0]?.name;
  if (first === undefined) return constant;
  const size = (expression: Expression): Size => estimator.size(expression);
  switch (name) {
    case 'bytes':
      if (of !== 'string') return constant;
      return { cost: passing(size(first)) + ofArguments, size: { min: size(first).min, max: size(first).max * 4 } };
    case 'string':
      if (of !== 'bytes') return constant;
      return { cost: passing(size(first)) + ofArguments, size: { min: size(first).min / 4, max: size(first).max } };
    case 'format':
      return target === undefined ? constant : { cost: passing(size(target)) + ofArguments, size: undefined };
    case 'startsWith':
    case 'endsWith':
      return { cost: passing(size(first)) + ofArguments, size: undefined };
    case '@in':
      if (second === undefined || overload.parameters[1]?.kind !== 'list') return constant;
      return { cost: size(second).max + ofArguments, size: undefined };
    case 'matches': {
      if (target === undefined) return constant;
      const text = passing(sum(size(target), exactly(1)));
      return { cost: times(text, passing(size(first), OF_PATTERN_CHARACTER)) + ofArguments, size: undefined };
    }
    case 'contains':
      if (target === undefined) return constant;
      return { cost: times(passing(size(target)), passing(size(first))) + ofArguments, size: undefined };
    case '_&&_':
    case '_||_':
      return { cost: ofArguments, size: undefined };
    case '_?_:_': {
      if (second === undefined || third === undefined) return constant;
      const [yes, no] = [estimator.inside(second), estimator.inside(third)];
      setUnion(estimator, call, yes, no);
      const [condition = 0, ofYes = 0, ofNo = 0] = costs;
      return { cost: condition + Math.max(ofYes, ofNo), size: union(size(second), size(third)) };
    }
    case '_+_': {
      if (second === undefined || of === undefined || !['string', 'bytes', 'list'].includes(of)) return constant;
      const whole = sum(size(first), size(second));
      setUnion(estimator, call, estimator.inside(first), estimator.inside(second));
      return { cost: (of === 'list' ? 1 : passing(whole)) + ofArguments, size: whole };
    }
    case '_==_':
      if (
        second !== undefined &&
        isOpaque(estimator.typeAt(first)) &&
        isSame(estimator.typeAt(first), estimator.typeAt(second))
      )
        return constant;
      return ofComparison();
    case 'sets.contains':
    case 'sets.intersects':
    case 'sets.equivalent': {
      if (second === undefined) return constant;
      const pairs = times(size(first).max, size(second).max);
      return { cost: 1 + pairs * (name === 'sets.equivalent' ? 2 : 1) + ofArguments, size: undefined };
    }
    default:
      return isComparison(name, overload) ? ofComparison() : constant;
  }

  function ofComparison(): CallCost {
    if (first === undefined || second === undefined) return constant;
    const most = Math.min(size(first).max, size(second).max);
    return { cost: passing({ min: 0, max: most }) + ofArguments, size: undefined };
  }
}

/** What is compared at once: an address, a quantity. */
function isOpaque(type: CelType): boolean {
  return type.kind === 'opaque' && /^(?:kubernetes|net)\./.test(type.name);
}

/** Whether values are compared part by part. */
function isComparison(name: string, { parameters: [first] }: Overload): boolean {
  if (name === '_!=_') return true;
  return /^_[<>]=?_$/.test(name) && first !== undefined && isText(first);
}

function setUnion(estimator: Estimates, call: Call, a: Inside | undefined, b: Inside | undefined): void {
  if (a === undefined || b === undefined) return;
  estimator.setInside(call, { kind: a.kind, key: union(a.key, b.key), value: union(a.value, b.value) });
}
