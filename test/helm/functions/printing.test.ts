import { expect, test } from 'vitest';
import { printingFunctions } from '../../../src/helm/functions/printing.ts';
import { Bytes, Int } from '../../../src/helm/value/value.ts';
import { expectedFirst } from '../expected-first.ts';
import { fromKey, joined, result, run, traceOf } from './run-function.ts';

const one = new Int('int', 1);

test.each(
  expectedFirst<[string, unknown[]], string>([
    ['quote', [1000000, null, 'a"', true], '"1e+06" "a\\"" "true"'],
    ['quote', [new Bytes(Buffer.from('k:'))], '"k:"'],
    ['squote', [1, null, "it's"], "'1' 'it's'"],
    ['squote', [new Bytes(Buffer.from('k:'))], "'[107 58]'"],
    ['cat', [one, null, 'a  ', '', 'b'], '1 a    b'],
    ['cat', [], ''],
    ['print', ['a', one, one], 'a1 1'],
    ['println', ['a', one], 'a 1\n'],
    ['printf', ['%s-%d', 'a', one], 'a-1'],
    ['html', ['<a href="x">\'&\0'], '&lt;a href=&#34;x&#34;&gt;&#39;&amp;\ufffd'],
    ['html', [null], '&lt;no value&gt;'],
    ['js', ['a\'b<\n\u200b="é'], 'a\\\'b\\u003C\\u000A\\u200B\\u003D\\"é'],
    ['urlquery', ['a b&c/é-_.~*'], 'a+b%26c%2F%C3%A9-_.~%2A'],
    ['urlquery', [one, one], '1+1'],
  ]),
)('%j by %s', (expected, name, args) => {
  expect(result(printingFunctions, name, ...args)).toBe(expected);
});

test('keys stay with their characters', () => {
  const trace = (name: string, ...args: unknown[]): string[] => traceOf(run(printingFunctions, name, ...args));
  const text = joined(['a', 'x'], ['<', 'y']);
  expect(trace('quote', text, fromKey('', 'z'))).toEqual(['"<>', 'a<x>', '<<y>', '" "<>', '<z>', '"<>']);
  expect(trace('html', text)).toEqual(['a<x>', '&lt;<y>']);
  expect(trace('cat', text, fromKey('b', 'z'))).toEqual(['a<x>', '<<y>', ' <>', 'b<z>']);
});
