import { closeObjects } from '../rule/compile-options.ts';
import type { Rule } from '../rule/rule.ts';
import { POLICY_SCHEMA, type SchemaNode } from './policy-schema.ts';

/**
 * The JSON Schema (draft-07) of policy files for editors: with the rules that exist, and the options of each.
 * It demands no option of a rule, since a parent policy may have set it.
 */
export function buildPolicySchema(rules: ReadonlyMap<string, Rule>): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...toEditorSchema(POLICY_SCHEMA, rules),
    title: 'chartlint policy',
  };
}

function toEditorSchema(node: SchemaNode, rules: ReadonlyMap<string, Rule>): object {
  const { type, nullable, items, properties, additionalProperties, ...rest } = node;
  return {
    ...rest,
    ...(type !== undefined && { type: nullable === true ? [type, 'null'] : type }),
    ...(items !== undefined && { items: toEditorSchema(items, rules) }),
    ...(properties !== undefined && { properties: mapValues(properties, (value) => toEditorSchema(value, rules)) }),
    ...(additionalProperties === false && { additionalProperties }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: toEditorSchema(additionalProperties, rules),
    }),
    ...(node.title === 'Rule' && knownRules(rules)),
    ...(node.title === 'Check' && { allOf: [...rules].map(([id, rule]) => typeOptions(id, rule)) }),
  };
}

function knownRules(rules: ReadonlyMap<string, Rule>): object {
  return {
    enum: [...rules.keys()],
    // A keyword of the YAML and JSON editors of VS Code; others ignore it.
    enumDescriptions: [...rules.values()].map(describeRule),
  };
}

/** What `with` takes in a check of one rule. */
function typeOptions(id: string, rule: Rule): object {
  const { required: _, ...options } = rule.meta.options ?? { type: 'object' };
  const isEmpty = options.additionalProperties === undefined && Object.keys(options.properties ?? {}).length === 0;
  const description = isEmpty ? `Rule ${id} has no options.` : `Options of rule ${id}. ${describeRule(rule)}`;
  return {
    if: { properties: { rule: { enum: [id] } }, required: ['rule'] },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { properties: { with: { ...closeObjects(options), title: `Options of ${id}`, description } } },
  };
}

function describeRule({ meta }: Rule): string {
  return `${meta.summary}. ${meta.why}`;
}

function mapValues<In, Out>(object: Readonly<Record<string, In>>, map: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
