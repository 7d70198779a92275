import type { Schema } from './schema.ts';

/** Whether a schema, or one inside it, has rules in CEL. */
export function hasRules(schema: Schema | undefined, seen: Set<Schema> = new Set()): boolean {
  if (schema === undefined || seen.has(schema)) return false;
  seen.add(schema);
  if (schema.rules.length > 0) return true;
  const { additional, items } = schema;
  return (
    schema.propertyNames.some((name) => hasRules(schema.property(name), seen)) ||
    hasRules(items, seen) ||
    (typeof additional === 'object' && hasRules(additional, seen)) ||
    schema.alternatives('allOf').some((each) => hasRules(each, seen))
  );
}
