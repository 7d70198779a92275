import { compareBytes } from '../value/bytes.ts';
import type { JsonObject } from './json.ts';
import { printCount, quote, quoteAll } from './schema-error.ts';
import type { Validation } from './validation.ts';

/** The keywords for objects. Where the library goes through a Go map, in random order, names are sorted here. */
export function validateObject(validation: Validation, object: JsonObject): void {
  const { schema } = validation;
  const { minProperties: min, maxProperties: max, required = [] } = schema;
  const { size } = object;
  validation.spend(required.length);
  if (min !== undefined && size < min)
    validation.report(`minProperties: got ${printCount(size)}, want ${printCount(min)}`);
  if (max !== undefined && size > max)
    validation.report(`maxProperties: got ${printCount(size)}, want ${printCount(max)}`);
  const missing = required.filter((name) => !object.has(name));
  if (missing.length > 0) {
    validation.report(() => `missing ${missing.length === 1 ? 'property' : 'properties'} ${quoteAll(missing)}`);
  }
  for (const [name, dependency] of sorted(validation, schema.dependencies)) {
    if (!object.has(name)) continue;
    if ('draft' in dependency) validation.add(validation.again(dependency));
    else requireAll(validation, object, name, dependency);
  }
  validateProperties(validation, object);
  if (schema.propertyNames !== undefined) {
    for (const [name] of sorted(validation, object)) {
      const fault = validation.apart(schema.propertyNames, name);
      if (fault === undefined) continue;
      const causes = fault.isGroup ? fault.causes : [fault];
      validation.add({
        ...fault,
        path: undefined,
        message: () => `invalid propertyName ${quote(name)}`,
        causes,
        isGroup: false,
        isReference: false,
      });
    }
  }
  for (const [name, dependent] of sorted(validation, schema.dependentSchemas)) {
    if (object.has(name)) validation.add(validation.again(dependent));
  }
  for (const [name, needed] of sorted(validation, schema.dependentRequired)) {
    if (object.has(name)) requireAll(validation, object, name, needed);
  }
}

function validateProperties(validation: Validation, object: JsonObject): void {
  const { properties, patternProperties = [], additionalProperties: additional } = validation.schema;
  const refused: string[] = [];
  for (const [name, value] of sorted(validation, object)) {
    let isEvaluated = false;
    const schema = properties?.get(name);
    if (schema !== undefined) {
      isEvaluated = true;
      validation.add(validation.inside(schema, value, name));
    }
    for (const { pattern, schema: inner } of patternProperties) {
      if (!validation.matches(pattern, name)) continue;
      isEvaluated = true;
      validation.add(validation.inside(inner, value, name));
    }
    if (!isEvaluated && additional !== undefined) {
      isEvaluated = true;
      if (additional === false) refused.push(name);
      else if (additional !== true) validation.add(validation.inside(additional, value, name));
    }
    if (isEvaluated) validation.unevaluated.deleteProperty(name);
  }
  if (refused.length > 0) validation.report(() => `additional properties ${quoteAll(refused)} not allowed`);
}

function requireAll(validation: Validation, object: JsonObject, name: string, needed: readonly string[]): void {
  validation.spend(needed.length);
  const missing = needed.filter((other) => !object.has(other));
  if (missing.length > 0) validation.report(() => `properties ${quoteAll(missing)} required, if ${quote(name)} exists`);
}

function sorted<T>(validation: Validation, map: ReadonlyMap<string, T> | undefined): (readonly [string, T])[] {
  if (map !== undefined) validation.spend(map.size);
  return [...(map ?? [])].sort(([a], [b]) => compareBytes(a, b));
}
