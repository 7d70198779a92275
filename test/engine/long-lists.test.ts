import { expect, it } from 'vitest';
import { readInThreads } from '../../src/engine/run/read-in-threads.ts';
import { readSection } from '../../src/engine/documents/read-section.ts';
import { splitConflicting } from '../../src/engine/check/split-conflicting.ts';
import { RULES } from '../../src/engine/registry.generated.ts';
import { BUILT_IN_POLICIES } from '../../src/policy/built-in.generated.ts';
import { linkPolicy } from '../../src/policy/compiled.ts';
import { SourceText } from '../../src/text/source.ts';

/** More than V8 takes as the arguments of one call. */
const MANY = 200_000;

function partOf(file: string, text: string) {
  const source = new SourceText(file, text);
  return readSection(source, { start: 0, end: text.length }, () => true);
}

it('reads a List with many faults', () => {
  const { objectFaults } = partOf('a.yaml', `apiVersion: v1\nkind: List\nitems:\n${'- {}\n'.repeat(MANY)}`);
  expect(objectFaults.length).toBe(MANY);
});

it('takes files apart that define many objects twice', () => {
  const list = `{apiVersion: v1, kind: List, items: [${'{apiVersion: v1, kind: A, metadata: {name: a}},'.repeat(MANY)}]}`;
  const resources = ['a.yaml', 'b.yaml'].flatMap((file) =>
    partOf(file, list).documents.flatMap((document) => document.resources),
  );
  expect(splitConflicting(resources).map((group) => group.length)).toEqual([MANY, MANY]);
}, 30_000);

it('reads many small documents in threads', async () => {
  const recommended = (await BUILT_IN_POLICIES.get('recommended')?.load())?.default;
  if (recommended === undefined) throw new Error('there is no policy recommended');
  const source = new SourceText('a.yaml', '---\n'.repeat(3 * MANY));
  const parts = await readInThreads([source], {
    policy: await linkPolicy(recommended, RULES),
    task: { policy: ['recommended'], only: undefined, skip: undefined, within: undefined, workingDirectory: '/' },
    threads: { isEager: true, size: 0, start: () => [] },
  });
  expect(parts?.get(source)?.length).toBeGreaterThan(3 * MANY - 2);
}, 30_000);
