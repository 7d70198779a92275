import type { Re2 } from '../../re2/re2.ts';
import { validateArray } from './validate-array.ts';
import { validateObject } from './validate-object.ts';
import { validateNumber, validateString } from './validate-scalar.ts';
import { isEqual } from './equal.ts';
import { JsonNumber, type Json, jsonTypeOf } from './json.ts';
import { type Outcome, Place } from './place.ts';
import { isInteger, toRational } from './rational.ts';
import { display, quote, type FaultText, type SchemaFault } from './schema-error.ts';
import { SCHEMA_URL } from './schema-document.ts';
import type { SchemaWork } from './schema-work.ts';
import type { Schema } from './schema.ts';
import { locate, Roots, type Scope } from './scope.ts';
import { Unevaluated } from './unevaluated.ts';
import type { Validation } from './validation.ts';

/**
 * Validates a value; undefined when there is no fault. Its path is not given for a group of faults.
 * @throws LimitError when it takes too much work
 */
export function validateJson(schema: Schema, value: Json, work: SchemaWork): SchemaFault | undefined {
  return validateAlone(schema, value, { work, cycles: 0 });
}

/** What all schemas that are applied share. */
interface Run {
  readonly work: SchemaWork;
  /** How many references led back to a schema that was being applied to the same value. */
  cycles: number;
}

function validateAlone(schema: Schema, value: Json, run: Run): SchemaFault | undefined {
  const scope = { schema, keyword: '', value: 0, parent: undefined, roots: Roots.empty().enter(schema) };
  return new SchemaValidation(new Place(value), scope, Unevaluated.of(value, schema, false), run).run();
}

/** What applying a schema takes beyond the steps that its keywords take. */
const STEPS_TO_APPLY = 4;

/** Formats are checked by several characters at once. */
const CHARACTERS_BY_STEP_SHIFT = 2;

/** What a fault takes: memory, above all. */
const STEPS_TO_REPORT = 4;

/** A value that is validated against a schema. The faults come in the order of santhosh-tekuri/jsonschema. */
class SchemaValidation implements Validation {
  readonly schema: Schema;
  readonly unevaluated: Unevaluated;
  readonly faults: SchemaFault[] = [];
  readonly #place: Place;
  readonly #scope: Scope;
  readonly #run: Run;

  constructor(place: Place, scope: Scope, unevaluated: Unevaluated, run: Run) {
    this.schema = scope.schema;
    this.#place = place;
    this.#scope = scope;
    this.unevaluated = unevaluated;
    this.#run = run;
  }

  run(): SchemaFault | undefined {
    const { schema } = this;
    this.spend(STEPS_TO_APPLY + this.unevaluated.size);
    if (schema.bool !== undefined) return schema.bool ? undefined : this.fault('false schema');
    const first = this.#findCycle() ?? this.#judgeWhole();
    if (first !== undefined) return first;
    if (schema.ref !== undefined) {
      const fault = this.#follow(schema.ref, '$ref');
      if (schema.draft < 2019) return fault;
      this.add(fault);
    }
    const { value } = this.#place;
    if (value instanceof Map) validateObject(this, value);
    else if (Array.isArray(value)) validateArray(this, value);
    else if (typeof value === 'string') validateString(this, value);
    else if (value instanceof JsonNumber) validateNumber(this, value);
    this.#followDynamic();
    this.#combine();
    this.#judgeUnevaluated();
    return this.faults.length < 2 ? this.faults[0] : this.fault('validation failed', this.faults, 'group');
  }

  spend(steps: number): void {
    this.#run.work.spend(steps);
  }

  fault(message: FaultText, causes: readonly SchemaFault[] = [], kind?: 'group' | 'reference'): SchemaFault {
    this.spend(STEPS_TO_REPORT);
    return { path: this.#place, message, causes, isGroup: kind === 'group', isReference: kind === 'reference' };
  }

  add(fault: SchemaFault | undefined): void {
    if (fault !== undefined) this.faults.push(fault);
  }

  report(message: FaultText, causes: readonly SchemaFault[] = []): void {
    this.faults.push(this.fault(message, causes));
  }

  /** Applies a schema to a value inside this one. */
  inside(schema: Schema, value: Json, key: string): SchemaFault | undefined {
    const { value: number, roots } = this.#scope;
    const scope = { schema, keyword: '', value: number + 1, parent: this.#scope, roots: roots.enter(schema) };
    const place = this.#place.inside(value, key);
    return new SchemaValidation(place, scope, Unevaluated.of(value, schema, false), this.#run).run();
  }

  /** Applies another schema to the same value. */
  again(schema: Schema, keyword = ''): SchemaFault | undefined {
    const isNeeded = !this.unevaluated.isEmpty;
    const { fault, unevaluated } =
      keyword === '' ? this.#apply(schema, '', isNeeded) : this.#applyOnce(schema, keyword, isNeeded);
    if (fault === undefined) this.unevaluated.keepOnly(unevaluated);
    return fault;
  }

  #apply(schema: Schema, keyword: string, isNeeded: boolean): Outcome {
    const roots = this.#scope.roots.enter(schema);
    const scope = { schema, keyword, value: this.#scope.value, parent: this.#scope, roots };
    const unevaluated = Unevaluated.of(this.#place.value, schema, isNeeded);
    const fault = new SchemaValidation(this.#place, scope, unevaluated, this.#run).run();
    return { isNeeded, roots: this.#scope.roots, fault, unevaluated };
  }

  /** What a cycle is said to be depends on how it was entered; all else is the same each time. */
  #applyOnce(schema: Schema, keyword: string, isNeeded: boolean): Outcome {
    const known = this.#place.outcomeOf(schema, this.#scope.roots, isNeeded);
    if (known !== undefined) return known;
    const { cycles } = this.#run;
    const outcome = this.#apply(schema, keyword, isNeeded);
    if (this.#run.cycles === cycles) this.#place.keep(schema, outcome);
    return outcome;
  }

  apart(schema: Schema, value: Json): SchemaFault | undefined {
    return validateAlone(schema, value, this.#run);
  }

  matches(pattern: Re2, text: string): boolean {
    const isMatched = pattern.find(text) !== undefined;
    // What the search took is counted, too.
    this.spend(1);
    return isMatched;
  }

  #findCycle(): SchemaFault | undefined {
    let passed = 0;
    for (let at = this.#scope.parent; at?.value === this.#scope.value; at = at.parent) {
      passed++;
      if (at.schema !== this.schema) continue;
      this.#run.cycles++;
      this.spend(passed);
      return this.fault(() => describeCycle(this.#scope, at));
    }
    this.spend(passed >> 1);
    return undefined;
  }

  /** Type, const, enum and format: the first that fails is the only fault. */
  #judgeWhole(): SchemaFault | undefined {
    const { types, const: constant, enum: options, format } = this.schema;
    const { value } = this.#place;
    const type = jsonTypeOf(value);
    if (types !== undefined && !types.includes(type)) {
      const isWhole = value instanceof JsonNumber && types.includes('integer') && isInteger(toRational(value));
      if (!isWhole) return this.fault(`got ${type}, want ${types.join(' or ')}`);
    }
    if (constant !== undefined && !isEqual(value, constant.value, this)) {
      const isContainer =
        typeof constant.value === 'object' && constant.value !== null && !isJsonNumber(constant.value);
      return this.fault(isContainer ? "'const' failed" : () => `value must be ${display(constant.value)}`);
    }
    if (options !== undefined && !options.some((option) => isEqual(value, option, this))) {
      return this.fault(() => describeOptions(options));
    }
    if (format === undefined || typeof value !== 'string') return undefined;
    this.spend(value.length >> CHARACTERS_BY_STEP_SHIFT);
    const reason = format.check(value);
    if (reason === undefined) return undefined;
    return this.fault(() => `${quote(value)} is not valid ${format.name}: ${reason}`);
  }

  #follow(target: Schema, keyword: string): SchemaFault | undefined {
    const fault = this.again(target, keyword);
    if (fault === undefined) return undefined;
    return this.fault('validation failed', fault.isGroup ? fault.causes : [fault], 'reference');
  }

  #followDynamic(): void {
    const { recursiveRef, dynamicRef } = this.schema;
    if (recursiveRef !== undefined) {
      const target =
        recursiveRef.isRecursiveAnchor === true
          ? this.#scope.roots.outermost((schema) => (schema.isRecursiveAnchor === true ? schema : undefined))
          : undefined;
      this.add(this.#follow(target ?? recursiveRef, '$recursiveRef'));
    }
    if (dynamicRef !== undefined) {
      const { schema, anchor } = dynamicRef;
      const isDynamic = anchor !== '' && schema.resource.dynamicAnchors.has(anchor);
      const target = isDynamic
        ? this.#scope.roots.outermost((candidate) => candidate.dynamicAnchors?.get(anchor))
        : undefined;
      this.add(this.#follow(target ?? schema, '$dynamicRef'));
    }
  }

  /** not, allOf, anyOf, oneOf, if. */
  #combine(): void {
    const { not, allOf = [], anyOf = [], oneOf = [] } = this.schema;
    if (not !== undefined && this.again(not) === undefined) this.report("'not' failed");
    const all = allOf.map((schema) => this.again(schema)).filter((fault) => fault !== undefined);
    if (all.length > 0) this.report("'allOf' failed", all);
    if (anyOf.length > 0) this.#judgeAnyOf(anyOf);
    if (oneOf.length > 0) this.#judgeOneOf(oneOf);
    if (this.schema.if === undefined) return;
    const branch = this.again(this.schema.if) === undefined ? this.schema.then : this.schema.else;
    if (branch !== undefined) this.add(this.again(branch));
  }

  #judgeAnyOf(schemas: readonly Schema[]): void {
    const faults: SchemaFault[] = [];
    let isMatched = false;
    for (const schema of schemas) {
      const fault = this.again(schema);
      if (fault !== undefined) faults.push(fault);
      else {
        isMatched = true;
        // What a schema evaluates counts for `unevaluatedProperties`, so then all are asked.
        if (this.unevaluated.isEmpty) break;
      }
    }
    if (!isMatched) this.report("'anyOf' failed", faults);
  }

  #judgeOneOf(schemas: readonly Schema[]): void {
    const faults: SchemaFault[] = [];
    let matched = -1;
    for (const [index, schema] of schemas.entries()) {
      const fault = this.again(schema);
      if (fault !== undefined) {
        if (matched === -1) faults.push(fault);
      } else if (matched === -1) matched = index;
      else {
        this.report(`'oneOf' failed, subschemas ${String(matched)}, ${String(index)} matched`);
        return;
      }
    }
    if (matched === -1) this.report("'oneOf' failed, none matched", faults);
  }

  #judgeUnevaluated(): void {
    const { unevaluatedProperties, unevaluatedItems } = this.schema;
    const { value } = this.#place;
    if (value instanceof Map && unevaluatedProperties !== undefined) {
      for (const key of this.unevaluated.takeProperties()) {
        this.add(this.inside(unevaluatedProperties, value.get(key) ?? null, key));
      }
    }
    if (Array.isArray(value) && unevaluatedItems !== undefined) {
      for (const index of this.unevaluated.takeItems()) {
        this.add(this.inside(unevaluatedItems, value[index] ?? null, String(index)));
      }
    }
  }
}

function describeCycle(inner: Scope, outer: Scope): string {
  const url = `"${SCHEMA_URL}#${inner.schema.pointer}"`;
  return `both ${locate(inner)} and ${locate(outer)} resolve to ${url} causing reference cycle`;
}

function describeOptions(options: readonly Json[]): string {
  const isPrimitive = options.every((option) => typeof option !== 'object' || option === null || isJsonNumber(option));
  if (!isPrimitive) return "'enum' failed";
  const texts = options.map(display);
  return texts.length === 1 ? `value must be ${texts.join('')}` : `value must be one of ${texts.join(', ')}`;
}

function isJsonNumber(value: Json): boolean {
  return value instanceof JsonNumber;
}
