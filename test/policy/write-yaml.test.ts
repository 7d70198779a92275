import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { commentOn, joinInside, joinValue, makeYaml, pairOf, printYaml } from '../../src/policy/write-yaml.ts';
import { SourceText } from '../../src/text/source.ts';
import { toValue } from '../../src/yaml/node.ts';
import { parseDocuments } from '../../src/yaml/parse.ts';

/** As policies are read, and manifests. */
function readOurselves(text: string, schema?: 'core'): unknown {
  const [first] = parseDocuments(new SourceText('a.yaml', text), schema);
  if (first?.document?.root === undefined) throw new Error(`Nothing can be read:\n${text}`);
  return toValue(first.document.root);
}

const joined = (value: object): string => {
  const document = makeYaml(value);
  joinInside(document.contents, 0);
  return printYaml(document);
};

const string = fc.oneof(
  fc.constantFrom('off', 'Y', '0x1F', '0o17', '017', '1e3', '1:30', '~', '', '<<', '- a', 'a: b', 'a #b', '2027-03-01'),
  fc.constantFrom(
    '\u0085',
    'a\u2028b',
    '\u007f',
    '\ufeffa',
    'a\tb',
    'a\nb\n',
    ' a',
    'a ',
    '---',
    '"',
    "'",
    '{',
    'a, b',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.lorem({ maxCount: 60 }),
);
const key = string.filter((text) => text !== '__proto__');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    string,
    fc.integer({ min: -1e9, max: 1e9 }),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('what is written', () => {
  it('is read again, by YAML 1.2 and 1.1, in one line or several', () => {
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), (written) => {
        for (const text of [printYaml(makeYaml(written)), joined(written)]) {
          expect(readOurselves(text, 'core')).toEqual(written);
          expect(readOurselves(text)).toEqual(written);
          expect(parse(text, { version: '1.1' })).toEqual(written);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('holds no character that cannot be seen', () => {
    expect(printYaml(makeYaml({ 'a\u2028': ['b\u0085', '\ufeff'] }))).toBe(
      '"a\\u2028":\n  - "b\\u0085"\n  - "\\ufeff"\n',
    );
  });

  it('keeps long strings in one line, and texts of several lines as they are', () => {
    const long = 'word '.repeat(100).trim();
    expect(printYaml(makeYaml({ long, text: 'one\ntwo\n' }))).toBe(`long: ${long}\ntext: |\n  one\n  two\n`);
  });

  it('keeps the order of keys that are numbers, and writes twice what is there twice', () => {
    const both = { a: ['x'] };
    expect(
      printYaml(
        makeYaml(
          new Map([
            ['b', both],
            ['1', both],
          ]),
        ),
      ),
    ).toBe('b:\n  a:\n    - x\n"1":\n  a:\n    - x\n');
  });
});

describe('one line', () => {
  it('holds what fits', () => {
    const keys = Array.from({ length: 12 }, (_, index) => `KEY_NUMBER_${index}`);
    expect(joined({ few: { names: ['a', 'b'], none: {} }, many: { keys, one: ['a'] } })).toBe(
      `few: { names: [a, b], none: {} }\nmany:\n  keys:\n${keys.map((name) => `    - ${name}\n`).join('')}  one: [a]\n`,
    );
  });

  it('ends at 110 characters', () => {
    const document = makeYaml({ a: ['x'.repeat(105)], b: ['x'.repeat(106)] });
    for (const name of ['a', 'b']) joinValue(pairOf(document.contents, name), 0);
    const [a, ...b] = printYaml(document).trimEnd().split('\n');
    expect([a?.length, b]).toEqual([110, ['b:', `  - ${'x'.repeat(106)}`]]);
  });
});

it('comments stand above their entries', () => {
  const document = makeYaml({ a: 1, b: 2 });
  commentOn(pairOf(document.contents, 'a'), ['One.', 'More.']);
  commentOn(pairOf(document.contents, 'b'), [], { space: true });
  expect(printYaml(document)).toBe('# One.\n# More.\na: 1\n\nb: 2\n');
  expect(() => pairOf(document.contents, 'c')).toThrow('The mapping has no key c.');
});
