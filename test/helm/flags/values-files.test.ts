import { expect, it } from 'vitest';
import { ChartError } from '../../../src/helm/chart/chart-error.ts';
import { encodeJson } from '../../../src/helm/codec/json-encode.ts';
import { GoMap } from '../../../src/helm/value/value.ts';
import { Tracked } from '../../../src/helm/value/tracked.ts';
import { coalesceValues } from '../../../src/helm/prepare/coalesce.ts';
import { chartOf } from '../chart/chart-files.ts';

const OPTIONS = { isMerge: false, warn: () => {} };

/** The values of a file, or why it cannot be read; observed in Helm 4.1.4. */
function read(text: string): string {
  try {
    const { value } = encodeJson(
      new Tracked(coalesceValues(chartOf({ 'values.yaml': text }), new GoMap(), [], OPTIONS)),
      { isHtmlSafe: true },
    );
    return value;
  } catch (error) {
    if (error instanceof ChartError) return error.message.replace('cannot load values.yaml: ', '');
    throw error;
  }
}

it.each([
  ['a: |\n  x', '{"a":"x\\n"}'],
  ['a: |+\n  x', '{"a":"x\\n"}'],
  ['a: >\n  x', '{"a":"x\\n"}'],
  ['a: |-\n  x', '{"a":"x"}'],
  ['a: |\n  x\n---\nb: 1', '{"a":"x\\n","b":1}'],
  ['--- # c\na: 1', '{"a":1}'],
  ['--- {a: 1}', 'error reading yaml document: invalid Yaml document separator: {a: 1}'],
  ['a: 1\n--- x', 'error reading yaml document: invalid Yaml document separator: x'],
  ['a: "\n---"\n', 'error reading yaml document: invalid Yaml document separator: "'],
])('reads %j by lines', (text, expected) => {
  expect(read(text)).toBe(expected);
});
