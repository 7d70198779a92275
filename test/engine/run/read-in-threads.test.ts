import { expect, it } from 'vitest';
import { packText } from '../../../src/engine/documents/packed-documents.ts';
import { readInThreads } from '../../../src/engine/run/read-in-threads.ts';
import { lookTest, SourceReader } from '../../../src/engine/documents/source-reader.ts';
import { RULES } from '../../../src/engine/registry.generated.ts';
import type { Lane, Threads } from '../../../src/engine/run/share-work.ts';
import { BUILT_IN_POLICIES } from '../../../src/policy/built-in.generated.ts';
import { linkPolicy } from '../../../src/policy/compiled.ts';
import { SourceText } from '../../../src/text/source.ts';

const recommended = (await BUILT_IN_POLICIES.get('recommended')?.load())?.default;
if (recommended === undefined) throw new Error('there is no policy recommended');
const policy = await linkPolicy(recommended, RULES);
const task = { policy: ['recommended'], only: undefined, skip: undefined, within: undefined, workingDirectory: '/' };

/** A lane that does what a thread would, and counts its texts. */
class CountingLane {
  count = 0;
  readonly read: Lane['read'] = async ({ texts }) => {
    this.count += texts.length;
    return texts.map((text) => structuredClone(packText(text, lookTest(policy))));
  };
}

function threadsOf(lane: Pick<Lane, 'read'>, isEager = true): Threads {
  const lintChart: Lane['lintChart'] = () => Promise.reject(new Error('there is no chart'));
  return { isEager, size: 1, start: () => [{ lintChart, read: lane.read }] };
}

const configMap = (name: string, size: number): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { A: ${'a'.repeat(size)} }\n`;

const jsonConfigMap = (size: number): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a/b' },
    data: { A: 'a'.repeat(size) },
  }).replace('a/b', 'a\\/b');

const sources = [
  new SourceText('a.yaml', Array.from({ length: 40 }, (_, n) => configMap(`a${n}`, 100_000)).join('')),
  new SourceText('b.json', '\n{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "\\ud83d\\ude42" } }\n'),
  new SourceText('empty.yaml', '# nothing\n'),
  ...Array.from({ length: 300 }, (_, n) => new SourceText(`c${n}.yaml`, configMap(`c${n}`, n === 7 ? 2_000_000 : 20))),
  // Only what begins with a brace has the escapes of JSON, and the second document is read apart from the first.
  new SourceText('d.json', [1_000_000, 0].map(jsonConfigMap).join('\n---\n')),
  new SourceText('faulty.yaml', `${configMap('d', 10)}---\na: [\n---\n- 1\n`),
];

function readWith(sections: Awaited<ReturnType<typeof readInThreads>>) {
  const reader = new SourceReader(policy);
  const names = sources.flatMap((source) =>
    reader.read(source, sections?.get(source)).resources.map(({ name }) => name),
  );
  return { names, errors: reader.errors, count: reader.resourceCount };
}

it('reads the same in several threads as in one', async () => {
  const lane = new CountingLane();
  const sections = await readInThreads(sources, { policy, task, threads: threadsOf(lane) });
  expect(sections?.size).toBe(sources.length);
  const read = readWith(sections);
  expect(read).toEqual(readWith(undefined));
  expect(read.names).toHaveLength(344);
  expect(read.names[40]).toBe('🙂');
  expect(read.names.filter((name) => name === 'a/b')).toHaveLength(2);
  expect(read.errors.map(({ kind, location }) => [kind, location?.file, location?.line])).toEqual([
    ['syntax', 'faulty.yaml', 7],
    ['input', 'faulty.yaml', 9],
  ]);
  expect(lane.count).toBeGreaterThan(2);
});

it('starts no threads for little, nor by itself for what is soon done', async () => {
  expect(
    await readInThreads(sources.slice(1, 3), { policy, task, threads: threadsOf(new CountingLane()) }),
  ).toBeUndefined();
  expect(await readInThreads(sources, { policy, task, threads: threadsOf(new CountingLane(), false) })).toBeUndefined();
  expect(await readInThreads(sources, { policy, task })).toBeUndefined();
});

it('fails as its lane does', async () => {
  const threads = threadsOf({ read: () => Promise.reject(new Error('dead')) });
  await expect(readInThreads(sources, { policy, task, threads })).rejects.toThrow('dead');
});
