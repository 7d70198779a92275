import { expect, test } from 'vitest';
import { yamlAndJsonFunctions } from '../../../src/helm/functions/yaml-and-json.ts';
import { GoMap } from '../../../src/helm/value/value.ts';
import { fromKey, joined, result, run, traceOf } from './run-function.ts';

const call = (name: string, ...args: unknown[]): unknown => result(yamlAndJsonFunctions, name, ...args);

test.each<[string, unknown, unknown]>([
  ['toYaml', { a: [1] }, 'a:\n- 1'],
  ['toYaml', { a: 'x\n\n' }, 'a: |+\n  x\n'],
  ['toYaml', NaN, ''],
  ['mustToYaml', 'a\x7f', 'ERROR: yaml: control characters are not allowed'],
  ['toYamlPretty', { a: [1] }, 'a:\n  - 1'],
  ['toJson', ['<'], '["\\u003c"]'],
  ['toJson', NaN, ''],
  ['mustToJson', NaN, 'ERROR: json: unsupported value: NaN'],
  ['toPrettyJson', { a: 1 }, '{\n  "a": 1\n}'],
  ['mustToPrettyJson', NaN, 'ERROR: json: unsupported value: NaN'],
  ['toRawJson', ['<'], '["<"]'],
  ['toRawJson', NaN, 'ERROR: json: unsupported value: NaN'],
  ['mustToRawJson', [], '[]'],
  ['fromYaml', 'a: 1\n---\nb: 2', { a: 1 }],
  ['fromYaml', '', {}],
  ['fromYaml', 'null', {}],
  [
    'fromYaml',
    'a: b: c',
    { Error: 'error converting YAML to JSON: yaml: mapping values are not allowed in this context' },
  ],
  [
    'fromYaml',
    '- a',
    {
      Error:
        'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    },
  ],
  ['fromYamlArray', '- 1\n- a', [1, 'a']],
  ['fromYamlArray', '', []],
  [
    'fromYamlArray',
    'a: 1',
    [
      'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go value of type []interface {}',
    ],
  ],
  [
    'fromJson',
    '{"a": 1e400, "b": 2}',
    { a: null, b: 2, Error: 'json: cannot unmarshal number 1e400 into Go value of type float64' },
  ],
  ['fromJson', '5', { Error: 'json: cannot unmarshal number into Go value of type map[string]interface {}' }],
  ['fromJson', '', { Error: 'unexpected end of JSON input' }],
  ['fromJsonArray', '[1, "x"]', [1, 'x']],
  ['fromJsonArray', 'null', null],
  ['mustFromJson', '[1, {"a": 2}]', [1, { a: 2 }]],
  ['mustFromJson', 'x', "ERROR: invalid character 'x' looking for beginning of value"],
])('%s of %j', (name, value, expected) => {
  expect(call(name, value)).toEqual(expected);
});

test('the nil map of fromJson is nil', () => {
  expect(run(yamlAndJsonFunctions, 'fromJson', 'null').value).toMatchObject({ isNil: true, size: 0 });
});

test('what goes through YAML and back keeps its keys', () => {
  const text = joined(['a: '], ['one', 'x'], ['\nb: "'], ['two', 'y'], ['"\n']);
  const map = run(yamlAndJsonFunctions, 'fromYaml', text);
  expect(map.value).toBeInstanceOf(GoMap);
  expect(traceOf(run(yamlAndJsonFunctions, 'toYaml', map))).toEqual(['a: one\n<x>', 'b: two<y>']);
});

test('an error and an empty text keep all keys', () => {
  const map = new GoMap();
  map.set('a', NaN, fromKey('', 'a').origin);
  expect(traceOf(run(yamlAndJsonFunctions, 'toJson', map))).toEqual(['<a>']);
});
