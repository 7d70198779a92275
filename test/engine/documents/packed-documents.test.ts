import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packText, unpackText } from '../../../src/engine/documents/packed-documents.ts';
import { readSection, type ReadSection } from '../../../src/engine/documents/read-section.ts';
import { SourceText } from '../../../src/text/source.ts';
import type { Node } from '../../../src/yaml/node.ts';
import { splitDocuments } from '../../../src/yaml/split-documents.ts';
import { ROOT } from '../../cli/chartlint.ts';

const BEFORE = 'kind: Before\n';
const isLookedAt = (_group: string, kind: string): boolean => kind !== 'Passed';

/** All that can be seen of what was read, and which collections are one and the same. */
function show(sections: Iterable<ReadSection>): unknown[] {
  return [...sections].map(({ documents, ...rest }) => ({
    ...rest,
    documents: documents.map(({ document, resources }) => ({
      range: [document.start, document.end],
      template: document.template,
      names: resources.map(({ apiVersion, kind, name, cursor }) => [apiVersion, kind, name, cursor.range]),
      root: document.root && showNode(document.root, new Map()),
    })),
  }));
}

function showNode(node: Node, seen: Map<Node, number>): unknown {
  if (node.kind === 'scalar') return node;
  const known = seen.get(node);
  if (known !== undefined) return { same: known };
  seen.set(node, seen.size);
  const { kind, start, end } = node;
  if (kind === 'sequence') return { kind, start, end, items: node.items.map((item) => showNode(item, seen)) };
  return {
    ...{ kind, start, end },
    entries: node.entries.map((entry) => [entry.key, entry.start, entry.end, showNode(entry.value, seen)]),
  };
}

/** Reads a text that stands behind another one: here, and in another thread. */
function readBoth(text: string, before = BEFORE): { readonly here: unknown[]; readonly there: unknown[] } {
  const source = new SourceText('f.yaml', `\ufeff${before}${text}`);
  const packed = structuredClone(packText(text, isLookedAt));
  const here = [...splitDocuments(text)].map(({ start, end }) =>
    readSection(source, { start: start + before.length, end: end + before.length }, isLookedAt),
  );
  return { here: show(here), there: show(unpackText(packed, source, before.length, isLookedAt)) };
}

const FIXTURES = readdirSync(join(ROOT, 'fixtures'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml') && !name.includes('templates'))
  .map((name) => `---\n${readFileSync(join(ROOT, 'fixtures', name), 'utf8')}`);

it('gives another thread all that is read of real manifests', () => {
  expect(FIXTURES.length).toBeGreaterThan(150);
  for (const text of FIXTURES) {
    const { here, there } = readBoth(text);
    expect(there).toEqual(here);
  }
});

it.each([
  [
    'scalars',
    'a: 1\nb: 0x1F\nc: 9223372036854775807\nd: 1.5\ne: yes\nf: ~\ng:\nh: 007\ni: "x"\nj: !!str 5\nk: !!int "5"',
  ],
  ['quotes', 'a: "\\u00e9"\nb: \'it\'\'s\'\nc: "two\n  lines"\nd: ""\ne: "\\"\\""'],
  ['blocks', 'a: |\n  x\n  y\nb: >-\n  x\n  y\nc: |+\n\n\nd: plain\n  text'],
  ['keys', '8000: x\non: y\n"q": z\n? [a]\n: b'],
  ['aliases', 'a: &x { b: [1] }\nc: *x\nd: { <<: *x, e: 1 }'],
  ['items', 'a: [{}, [], [{ b: c }], "", ~]'],
])('gives %s', (_, fields) => {
  const { here, there } = readBoth(
    `---\n# Source: c/t.yaml\napiVersion: v1\nkind: Taken\nmetadata: { name: n }\n${fields}\n`,
  );
  expect(there).toEqual(here);
});

it('takes no second byte order mark off', () => {
  const { here, there } = readBoth('\ufeffapiVersion: v1\nkind: Taken\n', '');
  expect(there).toEqual(here);
});

it('keeps no more of what nobody looks at than how much it is', () => {
  const { sections, nodes } = packText(
    '---\napiVersion: v1\nkind: Passed\n---\napiVersion: v1\nkind: Passed\n',
    isLookedAt,
  );
  expect(sections.map(({ objects, roots }) => [objects, roots])).toEqual([
    [1, 0],
    [1, 0],
  ]);
  expect(nodes).toEqual({ cells: new Int32Array(), values: [] });
});

it('gives whatever else there may be', () => {
  const line = fc.constantFrom(
    ...['apiVersion: v1', 'kind: Taken', 'kind: Passed', 'kind: List', 'items:', '- apiVersion: v1', '  kind: Taken'],
    ...[
      'metadata: { name: a }',
      '---',
      '--- # x',
      '...',
      '%YAML 1.1',
      'a: &x [1]',
      'b: *x',
      '<<: *x',
      'c: "\\x',
      '\ufeff',
    ],
    ...[
      'd: {{ .x }}',
      '  - e',
      'f: |',
      '    text',
      '# Source: c/t.yaml',
      '\0',
      '🙂: 🙂',
      '{"a": "\\/"}',
      '\t',
      '""',
      '',
    ],
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const { here, there } = readBoth(`---\n${lines.join('\n')}`);
      expect(there).toEqual(here);
    }),
    { numRuns: 2000, seed: 1 },
  );
});
