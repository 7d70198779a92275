import { Ajv } from 'ajv';
import type { OptionSchema, OptionsSchema } from './options.ts';
import type { OptionsValidator } from './registry.ts';

/** ajv's settings for everything that chartlint validates: report all errors, fill in defaults. */
export const AJV_OPTIONS = { allErrors: true, useDefaults: true, verbose: false } as const;

/** Compiles a rule's options into a validator that fills in defaults. Built-in rules are compiled at build time. */
export function compileOptions(schema: OptionsSchema | undefined): OptionsValidator {
  return new Ajv(AJV_OPTIONS).compile(closeObjects(schema ?? { type: 'object' }));
}

/** Refuses properties that a schema does not name, at every depth. */
export function closeObjects(schema: OptionSchema): object {
  if (schema.type === 'array') return { ...schema, items: closeObjects(schema.items) };
  if (schema.type !== 'object') return schema;
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [name, closeObjects(property)]);
  return {
    ...schema,
    properties: Object.fromEntries(properties),
    additionalProperties: schema.additionalProperties === undefined ? false : closeObjects(schema.additionalProperties),
  };
}
