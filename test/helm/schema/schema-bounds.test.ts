import { expect, it } from 'vitest';
import { ChartError } from '../../../src/helm/chart/chart-error.ts';
import { GoMap } from '../../../src/helm/value/value.ts';
import { coalesceValues } from '../../../src/helm/prepare/coalesce.ts';
import { validateValues } from '../../../src/helm/prepare/validate-values.ts';
import { chartOf } from '../chart/chart-files.ts';

const LEVELS = 40;
const TOO_MANY_STEPS = 'checking the values against the schema takes more than 8000000 steps';

/** What is said about the values of a chart; empty when they are all right. */
function judge(schema: object | string, values: object): string {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  const chart = chartOf({ 'values.schema.json': text, 'values.yaml': JSON.stringify(values) });
  const coalesced = coalesceValues(chart, new GoMap(), [], { isMerge: false, warn: () => {} });
  try {
    validateValues(chart, coalesced);
  } catch (error) {
    if (error instanceof ChartError) return error.message;
    throw error;
  }
  return '';
}

/** Schemas of which each refers to the next one twice. */
function doubled(refer: (reference: object) => object): object {
  const levels = Array.from({ length: LEVELS + 1 }, (_, level) => {
    const schema = level === LEVELS ? { type: 'string' } : refer({ $ref: `#/$defs/d${String(level + 1)}` });
    return [`d${String(level)}`, schema] as const;
  });
  return { $defs: Object.fromEntries(levels), properties: { a: { $ref: '#/$defs/d0' } } };
}

function sameFor(keywords: readonly string[], schema: object): object {
  return Object.fromEntries(keywords.map((keyword) => [keyword, schema]));
}

function nestedList(depth: number): unknown {
  return depth === 0 ? 1 : [nestedList(depth - 1), 1];
}

it.each<[string, (reference: object) => object, string]>([
  ['allOf', (reference) => ({ allOf: [reference, reference] }), "'allOf' failed"],
  ['anyOf', (reference) => ({ anyOf: [reference, reference] }), "'anyOf' failed"],
  ['oneOf', (reference) => ({ oneOf: [reference, reference] }), "'oneOf' failed, none matched"],
  ['not', (reference) => ({ not: { allOf: [reference, reference] } }), "'not' failed"],
  ['if', (reference) => sameFor(['if', 'then', 'else'], reference), 'got number, want string'],
])('applies what %s shares once to each value', (_name, refer, message) => {
  const said = judge(doubled(refer), { a: 1 });
  expect(said).toContain(`- at '/a': ${message}`);
  expect(said.length).toBeLessThan(110_000);
  expect(judge({ $defs: { x: { type: 'string' } }, ...doubled(refer) }, { b: 1 })).toBe('');
});

it('applies what shares itself once to each value, in lists and with dynamic references', () => {
  const twice = (reference: object): object => ({ allOf: [reference, reference] });
  const list = { $defs: { x: { items: twice({ $ref: '#/$defs/x' }) } }, properties: { a: { $ref: '#/$defs/x' } } };
  expect(judge(list, { a: nestedList(100) })).toBe('');
  const dynamic = { $dynamicAnchor: 'n', type: 'object', additionalProperties: twice({ $dynamicRef: '#n' }) };
  const nested = Array.from({ length: 100 }).reduce<object>((inner) => ({ a: inner }), {});
  expect(judge(dynamic, nested)).toBe('');
});

it('shows a fault in each place that refers to it', () => {
  const schema = { $defs: { x: { type: 'string' } }, allOf: [{ $ref: '#/$defs/x' }, { $ref: '#/$defs/x' }] };
  expect(judge(schema, {})).toContain(
    "- at '': 'allOf' failed\n  - at '': got object, want string\n  - at '': got object, want string",
  );
});

const RING = Array.from({ length: 20 }, (_, index) => [
  `d${String(index)}`,
  { anyOf: Array.from({ length: 20 }, (_inner, other) => ({ $ref: `#/$defs/d${String(other)}` })) },
]);

it.each<[string, object | string, object]>([
  ['references in a circle', { $defs: Object.fromEntries(RING), properties: { a: { $ref: '#/$defs/d0' } } }, { a: 1 }],
  [
    'many patterns and a long text',
    { properties: { a: { allOf: Array.from({ length: 2000 }, (_, index) => ({ pattern: `(a|b)*c${index}` })) } } },
    { a: 'a'.repeat(1_000_000) },
  ],
  [
    'large patterns',
    { properties: { a: { allOf: Array.from({ length: 2000 }, (_, i) => ({ pattern: 'a{1000}'.repeat(50) + i })) } } },
    {},
  ],
  [
    'a large enum for each item',
    { properties: { a: { items: { enum: Array.from({ length: 20_000 }, (_, index) => `v${index}`) } } } },
    { a: Array.from({ length: 2000 }, () => 'x') },
  ],
  [
    'many schemas below a long key',
    `{"properties":{"${'k'.repeat(2_000_000)}":{"allOf":[${'{},'.repeat(20_000)}{}]}}}`,
    {},
  ],
])('gives up %s', { timeout: 30_000 }, (_name, schema, values) => {
  expect(judge(schema, values)).toContain(TOO_MANY_STEPS);
});

it('gives up one search that takes too long, and a number with very many digits', () => {
  const search = { properties: { a: { pattern: '(a?){500}b' } } };
  expect(judge(search, { a: 'a'.repeat(1_000_000) })).toContain('a regular expression takes too long');
  const number = `{"properties":{"a":{"minimum":${'9'.repeat(3000)}}}}`;
  expect(judge(number, { a: 1 })).toContain('a number has more than 2000 digits');
});

it('lets a large schema and large values pass', () => {
  const entries = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, { n: index }]));
  const schema = { additionalProperties: { type: 'object', properties: { n: { type: 'integer', minimum: 0 } } } };
  expect(judge(schema, entries)).toBe('');
});
