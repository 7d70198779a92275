import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceText } from '../../src/text/source.ts';
import { toValue, type Node } from '../../src/yaml/node.ts';
import { parseDocuments } from '../../src/yaml/parse.ts';

function parse(text: string, schema: 'kubernetes' | 'core' = 'kubernetes') {
  return [...parseDocuments(new SourceText('f.yaml', text), schema)];
}

/** The values of all documents, through JSON as the API server sees them. */
function values(text: string, schema: 'kubernetes' | 'core' = 'kubernetes'): unknown[] {
  return parse(text, schema).map(({ document, fault }) => {
    if (fault !== undefined) throw new Error(fault.message);
    return document.root === undefined ? undefined : JSON.parse(JSON.stringify(toValue(document.root)));
  });
}

function fault(text: string): string {
  const source = new SourceText('f.yaml', text);
  const faults = [...parseDocuments(source)].flatMap((parsed) => parsed.fault ?? []);
  expect(faults).toHaveLength(1);
  const [first] = faults;
  if (first === undefined) throw new Error('no fault');
  const { line, column } = source.positionAt(first.start);
  return `${line}:${column} ${first.message}`;
}

/** Each key that stands twice, with both places. */
function repeats(text: string): string[] {
  const source = new SourceText('f.yaml', text);
  const place = (offset: number): string => {
    const { line, column } = source.positionAt(offset);
    return `${line}:${column}`;
  };
  return [...parseDocuments(source)].flatMap((parsed) =>
    parsed.repeats.map(({ first, second }) => `${second.key} ${place(first.start)} ${place(second.start)}`),
  );
}

describe('scalars as Kubernetes reads them', () => {
  it.each([
    ['y', true],
    ['Y', true],
    ['yes', true],
    ['Yes', true],
    ['YES', true],
    ['on', true],
    ['On', true],
    ['true', true],
    ['n', false],
    ['N', false],
    ['no', false],
    ['NO', false],
    ['off', false],
    ['Off', false],
    ['False', false],
    ['yEs', 'yEs'],
    ['oN', 'oN'],
    ['~', null],
    ['null', null],
    ['NULL', null],
    ['nUll', 'nUll'],
    ['', null],
    ['0777', 511],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b101', 5],
    ['-0x10', -16],
    ['1_000', 1000],
    ['08', 8],
    ['+12', 12],
    ['1e3', 1000],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1.', 1],
    ['1e+06', 1_000_000],
    ['1e', '1e'],
    ['0x', '0x'],
    ['2001-01-01', '2001-01-01'],
    ['12:30:45', '12:30:45'],
    ['1.2.3', '1.2.3'],
    ['"yes"', 'yes'],
    ["'8000'", '8000'],
    ['!!str 8000', '8000'],
    ['! 8000', '8000'],
    ['!!int "8"', 8],
    ['!!float 1', 1],
    ['!!bool "yes"', true],
    ['!!binary aGk=', 'hi'],
    ['!<tag:yaml.org,2002:str> 1', '1'],
    ['=', '='],
  ])('%s', (text, expected) => {
    expect(values(`a: ${text}`)).toEqual([{ a: expected }]);
  });

  it('turns every key into a string', () => {
    expect(values('on: 1\n8080: 2\n1.5: 3\nno: 4')).toEqual([{ true: 1, '8080': 2, '1.5': 3, false: 4 }]);
  });

  it('reads policy files as YAML 1.2 does', () => {
    expect(values('a: off\nb: yes\nc: 0o17\nd: 017\ne: true', 'core')).toEqual([
      { a: 'off', b: 'yes', c: 15, d: 17, e: true },
    ]);
  });

  it('keeps __proto__ and constructor as keys', () => {
    const [parsed] = parse('__proto__: {a: 1}\nconstructor: x');
    const root = parsed?.document?.root as Node;
    expect(Object.keys(toValue(root) as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('documents', () => {
  it('reads several, with comments, empty ones and document ends', () => {
    const text = '# nothing\n---\na: 1\n--- # two\nb: 2\n...\n---\n---\n# end\n';
    expect(values(text).filter((value) => value !== undefined)).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it('tells a marker from text that looks like one', () => {
    expect(values('a: |\n  ---\n  x\nb: "--- "\n----: c\n---x: d\n')).toEqual([
      { a: '---\nx\n', b: '--- ', '----': 'c', '---x': 'd' },
    ]);
  });

  it('reads directives, a byte order mark, CRLF and JSON with tabs', () => {
    expect(values('%YAML 1.1\n---\na: yes\n')).toEqual([{ a: true }]);
    expect(values('\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n---\r\nc: 2\r\n')).toEqual([{ a: 1, b: 'x\ny\n' }, { c: 2 }]);
    expect(values('{\n\t"a": [1, "\\u00e9\\/"],\n\t"b": {"c": null}\n}')).toEqual([{ a: [1, 'é/'], b: { c: null } }]);
  });

  it('takes continued lines that are indented too little, as Kubernetes does, and keeps their offsets', () => {
    expect(values('a: {\n  b: 1\n}\nc: 2\n')).toEqual([{ a: { b: 1 }, c: 2 }]);
    expect(values('m:\n  a: {\n "x": [1,\n2, # c\n{z: w}\n]\n}\n  b: 1\n')).toEqual([
      { m: { a: { x: [1, 2, { z: 'w' }] }, b: 1 } },
    ]);
    expect(values('a:\n  - b: "q\nr\n\ns"\n  - c: \'t\nu\'\n')).toEqual([{ a: [{ b: 'q r\ns' }, { c: 't u' }] }]);
    const text = 'a: &x {\n"b": [ 1,\n2 ]\n}\nc: *x\nd: 3\n';
    const [parsed] = parse(text);
    const written: string[] = [];
    const collect = (node: Node): void => {
      if (node.kind === 'scalar') written.push(text.slice(node.start, node.end));
      else if (node.kind === 'sequence') node.items.forEach(collect);
      else
        for (const { start, end, value } of node.entries) {
          written.push(text.slice(start, end));
          collect(value);
        }
    };
    if (parsed?.document?.root !== undefined) collect(parsed.document.root);
    expect(written).toEqual(['a', '"b"', '1', '2', 'c', '"b"', '1', '2', 'd', '3']);
    expect(repeats('a: {\n"b": 1, "b": 2\n}\n')).toEqual(['b 2:1 2:9']);
    expect(fault('a: {\n"b": *x\n}\n')).toMatch(/^2:6 The alias/);
  });

  it('reads what follows a document end as a document of its own', () => {
    expect(values('...\na: 1\n...\nb: 2\n...\n')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(values('%YAML 1.1\n---\na: 1\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it('knows the escapes of JSON where kubectl reads JSON', () => {
    expect(values('{"a": "\\/\\ud83d\\ude00"}')).toEqual([{ a: '/😀' }]);
    expect(fault('a: "\\/"')).toMatch(/^1:5 \\\/ is not a valid escape/);
    expect(values('a: "\\/"', 'core')).toEqual([{ a: '/' }]);
  });

  it('formats keys as sigs.k8s.io/yaml does', () => {
    expect(values('1.0: a\n1e3: b\n0x10: c\n1.5e10: d\n.inf: e')).toEqual([
      { '1': 'a', '1000': 'b', '16': 'c', '1.5e+10': 'd', '.inf': 'e' },
    ]);
    expect(values('9007199254740993: a')).toEqual([{ '9007199254740993': 'a' }]);
  });

  it('points at the block indicator, after either kind of line break', () => {
    for (const end of ['\n', '\r\n']) {
      const text = `a: |-  # c${end}  x${end}`;
      const root = parse(text)[0]?.document?.root;
      const value = root?.kind === 'mapping' ? root.entries[0]?.value : undefined;
      expect(value && text.slice(value.start)).toMatch(/^\|-/);
    }
  });

  it('passes many blank lines before a marker in no time', () => {
    expect(values(`a: 1\n${' \n'.repeat(10_000)}---\nb: 2\n`)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(values(`${'\n'.repeat(10_000)}%YAML 1.1\n---\nb: 2\n`)).toEqual([{ b: 2 }]);
  });

  it('resolves anchors and merge keys', () => {
    const text =
      'base: &b {x: 1, w: 2}\nlist: &l [*b]\none: {<<: *b, w: 3}\nmany:\n  <<: [{x: 9}, *b]\n  z: 1\nagain: *l\n';
    expect(values(text)).toEqual([
      {
        base: { x: 1, w: 2 },
        list: [{ x: 1, w: 2 }],
        one: { w: 3, x: 1 },
        many: { z: 1, x: 9, w: 2 },
        again: [{ x: 1, w: 2 }],
      },
    ]);
    // What `helm template` makes of these.
    const base = 'a: &a {k: 1, j: 1}\no: &o {k: 5, i: 5}\n';
    const merged = (text: string): unknown => (values(`${base}m: ${text}`)[0] as { m: unknown }).m;
    expect(merged('{k: 2, <<: *a}')).toEqual({ k: 1, j: 1 });
    expect(merged('{<<: *a, k: 2}')).toEqual({ k: 2, j: 1 });
    expect(merged('{<<: [*a, *o]}')).toEqual({ i: 5, j: 1, k: 1 });
    expect(merged('{k: 9, <<: [*a, *o]}')).toEqual({ i: 5, j: 1, k: 1 });
    expect(repeats(`${base}m: {k: 1, k: 2, <<: *a}`)).toEqual(['k 3:5 3:11']);
    expect(repeats(`${base}m: {k: 2, <<: *a}`)).toEqual([]);
    expect(values('a: &a {x: 1}\nb: {!!merge <<: *a, w: 2}')).toEqual([{ a: { x: 1 }, b: { w: 2, x: 1 } }]);
    expect(values('a: {"<<": 1}')).toEqual([{ a: { '<<': 1 } }]);
  });

  it("keeps Helm's source comment", () => {
    const documents = parse(
      '---\n# Source: c/templates/a.yaml\na: 1\n---\n# note\n# Source: c/templates/b.yaml\nb: 1\n---\nc: 1\n',
    );
    expect(documents.map(({ document }) => document?.template)).toEqual([
      'c/templates/a.yaml',
      'c/templates/b.yaml',
      undefined,
    ]);
  });
});

describe('keys that stand twice', () => {
  it('are told, and the last one is read, as in Helm and kubectl', () => {
    expect(repeats('a: 1\nb: 2\na: 3\n')).toEqual(['a 1:1 3:1']);
    expect(values('a: 1\nb: 2\na: 3\n')).toEqual([{ a: 3, b: 2 }]);
    expect(repeats('yes: 1\ntrue: 2\n')).toEqual(['true 1:1 2:1']);
    expect(repeats('a: 1\na: 2\na: 3\n')).toEqual(['a 1:1 2:1', 'a 2:1 3:1']);
    // Also below a key that is lost itself.
    expect(repeats('a: {x: 1, x: 2}\na: {x: 3}\n')).toEqual(['x 1:5 1:11', 'a 1:1 2:1']);
    expect(values('a: {x: 1, y: 2}\na: {x: 3}\n')).toEqual([{ a: { x: 3 } }]);
  });

  it('are told of the document that they are in, and of one that cannot be read to its end', () => {
    expect(parse('a: 1\na: 2\n...\nb: 1\n---\nc: 1\nc: 2\nd: [\n').map((each) => each.repeats.length)).toEqual([
      1, 0, 1,
    ]);
    expect(fault('c: 1\nc: 2\nd: [\n')).toMatch(/ends inside a bracket/);
  });

  it('leave what is lost in the tree, for those who must hide it', () => {
    const [parsed] = parse('a: 1\na: 2\nb: {c: 1}\n');
    const root = parsed?.document?.root;
    expect(root?.kind === 'mapping' && root.lost?.map(({ key, start }) => [key, start])).toEqual([['a', 0]]);
    const [merged] = parse('- &x {a: 1}\n- {a: 2, b: 3, <<: *x}\n');
    const [, item] = merged?.document?.root?.kind === 'sequence' ? merged.document.root.items : [];
    expect(item?.kind === 'mapping' && item.lost?.map(({ key, start }) => [key, start])).toEqual([['a', 15]]);
  });
});

describe('faults', () => {
  it.each([
    [
      'a: !foo x\n',
      '1:4 Unknown tag: Kubernetes reads only the standard YAML types. Remove the tag, or quote the value.',
    ],
    [
      'a: !!set {x}\n',
      '1:4 Unknown tag !!set: Kubernetes reads only the standard YAML types. Remove the tag, or quote the value.',
    ],
    ['a: !!int x\n', '1:4 The value does not fit its tag !!int. Remove the tag or correct the value.'],
    ['a: *b\n', '1:4 The alias refers to an anchor that is not defined. Define the anchor above it.'],
    ['a: &a [*a]\n', '1:8 The anchor contains an alias to itself. Remove the alias.'],
    ['a:\n\tb: 1\n', '2:1 A tab is used for indentation. Indent with spaces.'],
    ['a: {b: 1\n', '1:9 The document ends inside a bracket. Close it.'],
    ['a: "b\n', '1:4 The quote that opens here is never closed. Close it.'],
    ["a: 1\nb: 'c\n\nd: 2\n", '2:4 The quote that opens here is never closed. Close it.'],
    ['a: "b\n--- \n', '1:4 The quote that opens here is never closed. Close it.'],
    [
      'a: "b\nc: "d"\ne: 1\n',
      '1:4 The quote that opens here is closed only by a quote on a later line, and text follows that. Close it where its value ends.',
    ],
    [
      "a: 'b\nc: 'd'\n",
      '1:4 The quote that opens here is closed only by a quote on a later line, and text follows that. Close it where its value ends.',
    ],
    [
      '- "b\n- "c"\n',
      '1:3 The quote that opens here is closed only by a quote on a later line, and text follows that. Close it where its value ends.',
    ],
    [
      'a: ["b, c]\nd: ["e"]\n',
      '1:5 The quote that opens here is closed only by a quote on a later line, and text follows that. Close it where its value ends.',
    ],
    [
      '{a: "b,\n c: "d"}\n',
      '1:5 The quote that opens here is closed only by a quote on a later line, and text follows that. Close it where its value ends.',
    ],
    [
      'a: "b\nc: ""\n',
      '1:4 The quote that opens here is closed only by a quote on a later line, and text follows that. Close it where its value ends.',
    ],
    ['a: "b\n  c"\nd: "e" f\n', '3:8 The value ends before this. Put all of it in quotes, or remove what follows it.'],
    ['? [a]\n: 1\n', '1:3 A key must be a plain word or a quoted string. Is a quote missing around {{ … }}?'],
    ['~: 1\n', '1:1 A key must not be empty or null. Write a name or quote it.'],
    ['a: {<<: 1}\n', '1:5 A merge key (<<) takes a mapping or a list of mappings.'],
    ['a: !!str [x]\n', '1:4 The value does not fit its tag !!str. Remove the tag or correct the value.'],
    ['a: .inf\n', '1:4 Kubernetes supports neither infinity nor NaN. Put the value in quotes if it is text.'],
    ['18446744073709551615: a\n', '1:1 A key that is a number must fit 64 bits. Quote it.'],
    [
      'a: 1\nb\n',
      '2:1 This line is not a "key: value" pair. Add the ":", or indent it if it belongs to the line above.',
    ],
    [
      'a: b: c\n',
      '1:5 A ":" is not allowed here. Put the value in quotes if it belongs to it, or correct the indentation.',
    ],
    [
      'a:\n    b: 1\n  c: 2\n',
      '3:3 The line is not indented like the mapping that it belongs to. Correct its indentation.',
    ],
    ['a: "b" c\n', '1:8 The value ends before this. Put all of it in quotes, or remove what follows it.'],
    [
      '  a: 1\nb: 2\n',
      '2:1 The value above this is already complete. Correct the indentation, or put "---" above this line.',
    ],
    ['a: [1, 2\nb: 3\n', '2:2 A comma or ] is missing before this. Add it, or put the value in quotes.'],
    ['a: @b\n', '1:4 A value cannot begin with @. Put it in quotes.'],
    ['a: "\\q"\n', '1:5 \\q is not a valid escape in double quotes. Write \\\\q, or use single quotes.'],
    ['%YAML 1.2\n---\na: 1\n', '1:1 Kubernetes reads YAML 1.1 only. Remove the %YAML directive.'],
  ])('%j', (text, expected) => {
    expect(fault(text)).toBe(expected);
  });

  it('points out a Helm template', () => {
    expect(fault('a: {{ .Values.b }}\n')).toMatch(/lint what `helm template` prints\.$/);
  });

  it('costs its own document alone', () => {
    const parsed = parse('a: 1\n---\nb: [\n---\nc: 3\n');
    expect(parsed.map(({ fault: found }) => found === undefined)).toEqual([true, false, true]);
  });

  it('refuses alias bombs and deep nesting quickly', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 30; level++) {
      bomb.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    expect(fault(bomb.join('\n'))).toMatch(/excessive aliasing/);
    const merges = ['a0: &a0 {k: 1}'];
    for (let level = 1; level < 30; level++) {
      merges.push(`a${level}: &a${level} {b: {<<: *a${level - 1}, x${level}: *a${level - 1}}, c: *a${level - 1}}`);
    }
    expect(fault(merges.join('\n'))).toMatch(/excessive aliasing/);
    expect(fault('['.repeat(10_000))).toMatch(/deeper than 250 levels/);
    expect(fault(`${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`)).toMatch(/deeper than 250 levels/);
    const nested = Array.from({ length: 10_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    expect(fault(nested)).toMatch(/deeper than 250 levels/);
  });
});

describe('offsets', () => {
  function textOf(text: string, path: readonly (string | number)[]): string {
    let node = parse(text)[0]?.document?.root;
    for (const segment of path) {
      if (node?.kind === 'mapping') node = node.entries.find((entry) => entry.key === segment)?.value;
      else if (node?.kind === 'sequence') node = node.items[Number(segment)];
    }
    return node === undefined ? '' : text.slice(node.start, node.end);
  }

  it.each([
    ['a: plain word # c\n', ['a'], 'plain word'],
    ['a: "quoted"\n', ['a'], '"quoted"'],
    ["a: 'it''s'\n", ['a'], "'it''s'"],
    ['a: |- # c\n  x\n  y\n\nb: 1\n', ['a'], '|- # c\n  x\n  y'],
    ['a: >2\n   x\n', ['a'], '>2\n   x'],
    ['a: |\n', ['a'], '|'],
    ['a: |+\n\n\nb: 1\n', ['a'], '|+'],
    ['a: {b: [1, 2 ], }\n', ['a'], '{b: [1, 2 ], }'],
    ['a: {b: [1, 2 ], }\n', ['a', 'b'], '[1, 2 ]'],
    ['a:\n  b: 1\n  c: 2\nd: 3\n', ['a'], 'b: 1\n  c: 2'],
    ['a:\n- x\n- y: 1\nb: 2\n', ['a'], '- x\n- y: 1'],
    ['a: {}\n', ['a'], '{}'],
    ['a:\nb: 1\n', ['a'], ''],
  ])('%j %j', (text, path, expected) => {
    expect(textOf(text, path)).toBe(expected);
  });

  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const json = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('node'), { maxKeys: 4 }),
    ),
  })).node;

  it('reads any JSON as JSON.parse does, with every offset inside the text and children inside parents', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify({ value }, null, 1);
        // YAML takes no DEL and C1 control characters, not even in quotes.
        fc.pre(!/[\x7f-\x9f\ufffe\uffff]/.test(text));
        expect(values(text)).toEqual([JSON.parse(text)]);
        const check = (node: Node, start: number, end: number): void => {
          expect(start <= node.start && node.start <= node.end && node.end <= end).toBe(true);
          if (node.kind === 'sequence') for (const item of node.items) check(item, node.start, node.end);
          if (node.kind === 'mapping') for (const entry of node.entries) check(entry.value, node.start, node.end);
        };
        const root = parse(text)[0]?.document?.root;
        if (root !== undefined) check(root, 0, text.length);
      }),
    );
  });

  it('never throws and keeps faults inside the text', () => {
    const piece = fc.constantFrom(
      'a: 1\n',
      '- ',
      '---\n',
      '&x ',
      '*x',
      '!!str ',
      '|\n',
      ' ',
      '\t',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '#',
      '<<: ',
      '\r',
      '\n',
      '? ',
      '%',
      'é',
      '\ud800',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        for (const parsed of parse(text)) {
          const { start, end } = parsed.fault ?? parsed.document;
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
