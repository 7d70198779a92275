import { expect, it } from 'vitest';
import { ChartError } from '../../../src/helm/chart/chart-error.ts';
import { GoMap } from '../../../src/helm/value/value.ts';
import { coalesceValues } from '../../../src/helm/prepare/coalesce.ts';
import { validateValues } from '../../../src/helm/prepare/validate-values.ts';
import { chartOf, chartYaml, type Files } from '../chart/chart-files.ts';

/** What is said about the values of a chart; empty when they are all right. Observed in Helm 4.1.4, but for the order. */
function judge(files: Files): string {
  const chart = chartOf(files);
  const values = coalesceValues(chart, new GoMap(), [], { isMerge: false, warn: () => {} });
  try {
    validateValues(chart, values);
  } catch (error) {
    if (error instanceof ChartError) return error.message.replace(/^values don't meet .*:\n/, '').trim();
    throw error;
  }
  return '';
}

const DRAFT_7 = '"$schema":"http://json-schema.org/draft-07/schema#",';

it.each([
  ['"type":"array"', '', "at '': got object, want array"],
  ['"required":["x","w"]', '', "at '': missing properties 'x', 'w'"],
  ['"required":["x"]', '', "at '': missing property 'x'"],
  [
    '"properties":{"a":{"type":["string","null","integer"]}}',
    'a: 1.5',
    "at '/a': got number, want null or integer or string",
  ],
  ['"properties":{"a":{"type":"integer"}}', 'a: 1.0', ''],
  ['"properties":{"a/b~c":false}', 'a/b~c: 1', "at '/a~1b~0c': false schema"],
  ['"properties":{"a":{"enum":[1.0,"x",null,true]}}', 'a: 2', "at '/a': value must be one of 1.0, 'x', <nil>, true"],
  ['"properties":{"a":{"enum":[[1]]}}', 'a: 2', "at '/a': 'enum' failed"],
  ['"properties":{"a":{"const":1000}}', 'a: 2', "at '/a': value must be 1000"],
  ['"properties":{"a":{"minimum":1000}}', 'a: 1', "at '/a': minimum: got 1, want 1,000"],
  ['"properties":{"a":{"maximum":-12345.5}}', 'a: 0', "at '/a': maximum: got 0, want -12,345.5"],
  ['"properties":{"a":{"minimum":1e21}}', 'a: 1000000', "at '/a': minimum: got 1×10⁰⁶, want 1×10²¹"],
  ['"properties":{"a":{"minimum":1e-7}}', 'a: 0', "at '/a': minimum: got 0, want 1×10⁻⁰⁷"],
  ['"properties":{"a":{"multipleOf":0.1}}', 'a: 0.3', ''],
  ['"properties":{"a":{"multipleOf":0.1}}', 'a: 0.15', "at '/a': multipleOf: got 0.15, want 0.1"],
  [
    '"properties":{"a":{"minLength":2,"pattern":"^x"}}',
    'a: 😀',
    "at '/a': minLength: got 1, want 2\n- at '/a': '😀' does not match pattern '^x'",
  ],
  ['"properties":{"a":{"uniqueItems":true}}', 'a: [1, 2, 1.0]', "at '/a': items at 0 and 2 are equal"],
  [
    '"properties":{"a":{"contains":{"type":"string"}}}',
    'a: [1]',
    "at '/a': no items match contains schema\n  - at '/a/0': got number, want string",
  ],
  ['"additionalProperties":false', 'a: 1\nb: 1', "at '': additional properties 'a', 'b' not allowed"],
  ['"patternProperties":{"^a":{"type":"string"}}', 'ab: 1', "at '/ab': got number, want string"],
  [
    '"propertyNames":{"pattern":"^x"}',
    'a: 1',
    "at '': invalid propertyName 'a'\n  - at '': 'a' does not match pattern '^x'",
  ],
  ['"dependentRequired":{"a":["b","c"]}', 'a: 1', "at '': properties 'b', 'c' required, if 'a' exists"],
  [
    '"anyOf":[{"required":["x"]},{"type":"null"}]',
    'a: 1',
    "at '': 'anyOf' failed\n  - at '': missing property 'x'\n  - at '': got object, want null",
  ],
  [
    '"properties":{"a":{"oneOf":[{"type":"integer"},{"minimum":1}]}}',
    'a: 2',
    "at '/a': 'oneOf' failed, subschemas 0, 1 matched",
  ],
  ['"properties":{"a":{"not":{}}}', 'a: 2', "at '/a': 'not' failed"],
  ['"if":{"properties":{"a":{"const":1}}},"then":{"required":["b"]}', 'a: 1', "at '': missing property 'b'"],
  ['"unevaluatedProperties":false,"allOf":[{"properties":{"a":true}}]', 'a: 1\nb: 1', "at '/b': false schema"],
  ['"$ref":"#/definitions/x","definitions":{"x":{"required":["z"]}}', 'a: 1', "at '': missing property 'z'"],
  [
    '"$recursiveRef":"#"',
    'a: 1',
    `at '': both /$recursiveRef and  resolve to "file:///values.schema.json#" causing reference cycle`,
  ],
  ['"$ref":"#"', 'a: 1', `at '': both /$ref and  resolve to "file:///values.schema.json#" causing reference cycle`],
  [
    `${DRAFT_7}"properties":{"a":{"format":"ipv4"}}`,
    'a: 1.2.3',
    "at '/a': '1.2.3' is not valid ipv4: expected four decimals",
  ],
  ['"properties":{"a":{"format":"ipv4"}}', 'a: 1.2.3', ''],
  [`${DRAFT_7}"properties":{"a":{"type":"null","$ref":"#/definitions/x"}},"definitions":{"x":{}}`, 'a: 1', ''],
  [
    '"$schema":"http://json-schema.org/draft-04/schema","properties":{"a":{"minimum":5,"exclusiveMinimum":true}}',
    'a: 5',
    "at '/a': exclusiveMinimum: got 5, want 5",
  ],
])('{%s} says of %j: %s', (schema, values, fault) => {
  const expected = fault === '' ? '' : `c:\n- ${fault}`;
  expect(judge({ 'values.schema.json': `{${schema}}`, 'values.yaml': values })).toBe(expected);
});

it.each([
  ['{', 'unexpected EOF'],
  ['', 'EOF'],
  ['x', "invalid character 'x' looking for beginning of value"],
  ['{"a":1}x', 'invalid character after top-level value'],
  ['{"$ref":"#/definitions/x"}', 'json-pointer in "file:///values.schema.json#/definitions/x" not found'],
  ['{"$ref":"https://x.y/z.json"}', 'failing loading "https://x.y/z.json": schemas are not downloaded'],
  ['{"$schema":"http://x.y/z"}', 'failing loading "http://x.y/z": schemas are not downloaded'],
  [
    '{"properties":{"a":{"type":"strin"}}}',
    `"file:///values.schema.json#" is not valid against metaschema:\n- at '/properties/a/type'`,
  ],
])('cannot use the schema %s', (schema, message) => {
  expect(judge({ 'values.schema.json': schema })).toContain(`c:\n${message}`);
});

it('checks subcharts too, with the globals that they get', () => {
  const closed = '{"additionalProperties":false,"properties":{"a":{"type":"string"}}}';
  const files = {
    'values.yaml': 'w: 1\n',
    'values.schema.json': closed,
    'charts/s/Chart.yaml': chartYaml('s'),
    'charts/s/values.yaml': 'a: 1\n',
    'charts/s/values.schema.json': closed,
  };
  expect(judge(files)).toBe(
    "c:\n- at '': additional properties 's', 'w' not allowed\n" +
      "s:\n- at '/a': got number, want string\n- at '': additional properties 'global' not allowed",
  );
});
