import { validateArray } from './validate-array.ts';
import { validateObject } from './validate-object.ts';
import { validateNumber, validateString } from './validate-scalar.ts';
import { isEqual } from './equal.ts';
import { JsonNumber, type Json, jsonTypeOf } from './json.ts';
import { isInteger, toRational } from './rational.ts';
import { display, quote, type SchemaFault } from './schema-error.ts';
import { escapeToken, SCHEMA_URL } from './schema-document.ts';
import type { Schema } from './schema.ts';
import { Unevaluated } from './unevaluated.ts';
import type { Validation } from './validation.ts';

/** Validates a value; undefined when there is no fault. Its path is not given for a group of faults. */
export function validateJson(schema: Schema, value: Json): SchemaFault | undefined {
  const scope = { schema, keyword: '', value: 0, parent: undefined };
  return new SchemaValidation(schema, value, [], scope, Unevaluated.of(value, schema, false)).run();
}

/** One schema applied to one value, and where that comes from: for cycles and dynamic references. */
interface Scope {
  readonly schema: Schema;
  /** The keyword of a reference that led here. */
  readonly keyword: string;
  /** Tells values apart. */
  readonly value: number;
  readonly parent: Scope | undefined;
}

/** A value that is validated against a schema. The faults come in the order of santhosh-tekuri/jsonschema. */
class SchemaValidation implements Validation {
  readonly schema: Schema;
  readonly path: readonly string[];
  readonly unevaluated: Unevaluated;
  readonly faults: SchemaFault[] = [];
  readonly #value: Json;
  readonly #scope: Scope;

  constructor(schema: Schema, value: Json, path: readonly string[], scope: Scope, unevaluated: Unevaluated) {
    this.schema = schema;
    this.#value = value;
    this.path = path;
    this.#scope = scope;
    this.unevaluated = unevaluated;
  }

  run(): SchemaFault | undefined {
    const { schema } = this;
    if (schema.bool !== undefined) return schema.bool ? undefined : this.fault('false schema');
    const first = this.#findCycle() ?? this.#judgeWhole();
    if (first !== undefined) return first;
    if (schema.ref !== undefined) {
      const fault = this.#follow(schema.ref, '$ref');
      if (schema.draft < 2019) return fault;
      this.add(fault);
    }
    const value = this.#value;
    if (value instanceof Map) validateObject(this, value);
    else if (Array.isArray(value)) validateArray(this, value);
    else if (typeof value === 'string') validateString(this, value);
    else if (value instanceof JsonNumber) validateNumber(this, value);
    this.#followDynamic();
    this.#combine();
    this.#judgeUnevaluated();
    return this.faults.length < 2 ? this.faults[0] : this.fault('validation failed', this.faults, 'group');
  }

  fault(message: string, causes: readonly SchemaFault[] = [], kind?: 'group' | 'reference'): SchemaFault {
    return { path: this.path, message, causes, isGroup: kind === 'group', isReference: kind === 'reference' };
  }

  add(fault: SchemaFault | undefined): void {
    if (fault !== undefined) this.faults.push(fault);
  }

  report(message: string, causes: readonly SchemaFault[] = []): void {
    this.faults.push(this.fault(message, causes));
  }

  /** Applies a schema to a value inside this one. */
  inside(schema: Schema, value: Json, key: string): SchemaFault | undefined {
    const scope = { schema, keyword: '', value: this.#scope.value + 1, parent: this.#scope };
    return new SchemaValidation(schema, value, [...this.path, key], scope, Unevaluated.of(value, schema, false)).run();
  }

  /** Applies another schema to the same value. */
  again(schema: Schema, keyword = ''): SchemaFault | undefined {
    const scope = { schema, keyword, value: this.#scope.value, parent: this.#scope };
    const unevaluated = Unevaluated.of(this.#value, schema, !this.unevaluated.isEmpty);
    const fault = new SchemaValidation(schema, this.#value, this.path, scope, unevaluated).run();
    if (fault === undefined) this.unevaluated.keepOnly(unevaluated);
    return fault;
  }

  apart(schema: Schema, value: Json): SchemaFault | undefined {
    return validateJson(schema, value);
  }

  #findCycle(): SchemaFault | undefined {
    for (let at = this.#scope.parent; at?.value === this.#scope.value; at = at.parent) {
      if (at.schema !== this.schema) continue;
      const url = `"${SCHEMA_URL}#${this.schema.pointer}"`;
      const places = `both ${locate(this.#scope)} and ${locate(at)}`;
      return this.fault(`${places} resolve to ${url} causing reference cycle`);
    }
    return undefined;
  }

  /** Type, const, enum and format: the first that fails is the only fault. */
  #judgeWhole(): SchemaFault | undefined {
    const { types, const: constant, enum: options, format } = this.schema;
    const value = this.#value;
    const type = jsonTypeOf(value);
    if (types !== undefined && !types.includes(type)) {
      const isWhole = value instanceof JsonNumber && types.includes('integer') && isInteger(toRational(value));
      if (!isWhole) return this.fault(`got ${type}, want ${types.join(' or ')}`);
    }
    if (constant !== undefined && !isEqual(value, constant.value)) {
      const isContainer =
        typeof constant.value === 'object' && constant.value !== null && !isJsonNumber(constant.value);
      return this.fault(isContainer ? "'const' failed" : `value must be ${display(constant.value)}`);
    }
    if (options !== undefined && !options.some((option) => isEqual(value, option))) {
      return this.fault(describeOptions(options));
    }
    if (format === undefined || typeof value !== 'string') return undefined;
    const reason = format.check(value);
    return reason === undefined ? undefined : this.fault(`${quote(value)} is not valid ${format.name}: ${reason}`);
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
          ? this.#outermost((schema) => {
              return schema.isRecursiveAnchor === true && schema.pointer === schema.resource.pointer
                ? schema
                : undefined;
            })
          : undefined;
      this.add(this.#follow(target ?? recursiveRef, '$recursiveRef'));
    }
    if (dynamicRef !== undefined) {
      const { schema, anchor } = dynamicRef;
      const isDynamic = anchor !== '' && schema.resource.dynamicAnchors.has(anchor);
      const target = isDynamic ? this.#outermost((candidate) => candidate.dynamicAnchors?.get(anchor)) : undefined;
      this.add(this.#follow(target ?? schema, '$dynamicRef'));
    }
  }

  #outermost(find: (schema: Schema) => Schema | undefined): Schema | undefined {
    let found: Schema | undefined;
    for (let at: Scope | undefined = this.#scope; at !== undefined; at = at.parent) found = find(at.schema) ?? found;
    return found;
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
    const value = this.#value;
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

function describeOptions(options: readonly Json[]): string {
  const isPrimitive = options.every((option) => typeof option !== 'object' || option === null || isJsonNumber(option));
  if (!isPrimitive) return "'enum' failed";
  const texts = options.map(display);
  return texts.length === 1 ? `value must be ${texts.join('')}` : `value must be one of ${texts.join(', ')}`;
}

function isJsonNumber(value: Json): boolean {
  return value instanceof JsonNumber;
}

/** The keywords that lead to a schema. */
function locate({ schema, keyword, parent }: Scope): string {
  if (parent === undefined) return '';
  const step = keyword === '' ? schema.pointer.slice(parent.schema.pointer.length) : `/${escapeToken(keyword)}`;
  return locate(parent) + step;
}
