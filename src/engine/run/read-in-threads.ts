import type { Policy } from '../../policy/policy.ts';
import type { Range, SourceText } from '../../text/source.ts';
import { splitDocuments } from '../../yaml/split-documents.ts';
import { unpackText } from '../documents/packed-documents.ts';
import { readSection, type ReadSection } from '../documents/read-section.ts';
import { lookTest } from '../documents/source-reader.ts';
import type { PolicyTask } from './tasks.ts';
import { shareWork, type Threads } from './share-work.ts';

/** Documents of one source that follow each other. */
interface Piece {
  readonly source: SourceText;
  readonly sections: readonly Range[];
}

/** UTF-16 units that are read in one go: some tens of milliseconds. */
const CHUNK = 1_000_000;
/**
 * UTF-16 units, and other threads, from which these are worth it. The nodes that are read stay in this thread's memory,
 * and V8's garbage collector keeps a second core busy with them: on two cores, threads take longer than none.
 */
const LONG = 32_000_000;
const MANY_THREADS = 3;

interface ThreadedReading {
  readonly policy: Policy;
  /** Names the policy for other threads. */
  readonly task: PolicyTask;
  readonly threads?: Threads | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** The sections of each source, read by several threads; undefined where there is one alone, or too little to read. */
export async function readInThreads(
  sources: readonly SourceText[],
  { policy, task, threads, onProgress }: ThreadedReading,
): Promise<ReadonlyMap<SourceText, readonly ReadSection[]> | undefined> {
  if (threads === undefined || (!threads.isEager && threads.size < MANY_THREADS)) return undefined;
  const length = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (length < (threads.isEager ? 2 * CHUNK : LONG)) return undefined;
  const isLookedAt = lookTest(policy);
  const chunks = [...divide(sources)];
  const read = await shareWork(chunks, threads, {
    wantsHelp: () => true,
    here: (pieces, index) =>
      pieces.map(({ source, sections }) => {
        onProgress?.(`${Math.floor((100 * index) / chunks.length)} % ${source.file}`);
        return sections.map((section) => readSection(source, section, isLookedAt));
      }),
    there: async (lane, pieces) => {
      const texts = pieces.map(({ source, sections }) => source.text.slice(sections[0]?.start, sections.at(-1)?.end));
      const packed = await lane.read({ ...task, texts });
      return pieces.map(({ source, sections }, index) => {
        const text = packed[index];
        return text === undefined ? [] : [...unpackText(text, source, sections[0]?.start ?? 0, isLookedAt)];
      });
    },
  });
  const bySource = new Map(sources.map((source): [SourceText, ReadSection[]] => [source, []]));
  for (const [index, pieces] of chunks.entries()) {
    for (const [at, { source }] of pieces.entries()) {
      const sections = bySource.get(source);
      for (const section of read[index]?.[at] ?? []) sections?.push(section);
    }
  }
  return bySource;
}

/** Chunks of about a size, in order. */
function* divide(sources: readonly SourceText[]): Generator<readonly Piece[]> {
  let pieces: Piece[] = [];
  let size = 0;
  for (const source of sources) {
    let sections: Range[] = [];
    for (const section of splitDocuments(source.text)) {
      if (size >= CHUNK) {
        if (sections.length > 0) pieces.push({ source, sections });
        yield pieces;
        [pieces, sections, size] = [[], [], 0];
      }
      sections.push(section);
      size += section.end - section.start;
    }
    if (sections.length > 0) pieces.push({ source, sections });
  }
  if (pieces.length > 0) yield pieces;
}
