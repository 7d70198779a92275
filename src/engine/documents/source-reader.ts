import { modelKindTest } from '../../bundle/model-kinds.ts';
import type { ReadText } from '../../bundle/repeat.ts';
import type { Resource } from '../../bundle/resource.ts';
import type { Unread } from '../../bundle/unread.ts';
import { RenderedText, templateLocation } from '../../helm/provenance/rendered-text.ts';
import type { IsSecretName } from '../../kube/secret-path.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Location, Range, SourceText } from '../../text/source.ts';
import { splitDocuments } from '../../yaml/split-documents.ts';
import { explainGluedField } from './glued-field.ts';
import { secretKeysOf, secretNameTest } from '../policy/secret-names.ts';
import { readSection, type LookTest, type ReadSection } from './read-section.ts';
import type { LintedSource, RunError } from '../result.ts';

interface ReadResources {
  readonly resources: readonly Resource[];
  readonly unread: readonly Unread[];
  readonly isEmpty: boolean;
}

/** Reads the resources of sources one after the other, and keeps what is found on the way. */
export class SourceReader {
  readonly errors: RunError[] = [];
  readonly sources = new Map<string, LintedSource>();
  /** All that there are, whether or not they are checked. */
  resourceCount = 0;
  /** The documents in which keys stand twice. */
  readonly texts: ReadText[] = [];
  readonly #isLookedAt: LookTest;
  /** Whether the name of a key, or the policy, says that its value is a secret. */
  readonly isSecretName: IsSecretName;
  readonly #secretKeys: readonly string[];

  constructor(policy: Policy) {
    this.#isLookedAt = lookTest(policy);
    this.#secretKeys = secretKeysOf(policy);
    this.isSecretName = secretNameTest(this.#secretKeys);
  }

  /**
   * The resources that the bundle or a rule uses; `isEmpty` when the source contains nothing at all.
   * @param sections all of the source, when it has been read already
   * @param onProgress called now and then with the offset up to which the source is read
   */
  read(source: SourceText, sections?: Iterable<ReadSection>, onProgress?: (offset: number) => void): ReadResources {
    const resources: Resource[] = [];
    const documents: Range[] = [];
    const unread: Unread[] = [];
    let isEmpty = true;
    for (const section of sections ?? readSections(source, this.#isLookedAt, onProgress)) {
      for (const { message, ...range } of section.syntaxFaults) {
        this.errors.push({ kind: 'syntax', message, location: locate(source, range) });
      }
      for (const fault of section.objectFaults) {
        const { message, isUntyped, start, end } = fault;
        const glued = isUntyped === true ? explainGluedField(source, documentAround(source, start)) : undefined;
        this.errors.push({ kind: 'input', message, location: locate(source, { start, end }), ...glued });
      }
      isEmpty &&= section.objects + section.syntaxFaults.length + section.objectFaults.length === 0;
      this.resourceCount += section.objects;
      for (const text of section.texts) this.texts.push(text);
      for (const object of section.unread) unread.push(object);
      for (const { document, resources: found } of section.documents) {
        documents.push({ start: document.start, end: document.end });
        for (const resource of found) resources.push(resource);
      }
    }
    this.add(source, documents);
    return { resources, unread, isEmpty };
  }

  /** Makes a source known to reports. */
  add(source: SourceText, documents: readonly Range[] = []): void {
    this.sources.set(source.file, { source, documents, secretKeys: this.#secretKeys });
  }
}

/** The document that an offset is in, with the line that begins it. */
function documentAround({ text }: SourceText, offset: number): Range {
  const end = text.indexOf('\n---', offset);
  return { start: Math.max(0, text.lastIndexOf('\n---', offset) + 1), end: end === -1 ? text.length : end };
}

/** The template's place, where it is known. */
function locate(source: SourceText, range: Range): Location {
  const origin = source instanceof RenderedText ? templateLocation(source.originOf(widened(range))) : undefined;
  return origin ?? source.locate(range);
}

/** A place between two characters has no origin; the character after it has. */
function widened({ start, end }: Range): Range {
  return { start, end: Math.max(end, start + 1) };
}

/** UTF-16 units that are read in some tens of milliseconds. */
const STEP = 1_000_000;

function* readSections(
  source: SourceText,
  isLookedAt: LookTest,
  onProgress?: (offset: number) => void,
): Generator<ReadSection> {
  let next = STEP;
  for (const range of splitDocuments(source.text)) {
    if (range.start >= next) {
      onProgress?.(range.start);
      next = range.start + STEP;
    }
    yield readSection(source, range, isLookedAt);
  }
}

/** Documents of kinds that no rule uses are checked for syntax and then dropped. */
export function lookTest(policy: Policy): LookTest {
  const isModelKind = modelKindTest(policy.podKinds);
  const rules = policy.principles.flatMap(({ checks }) => checks.map(({ rule }) => rule));
  const resourceRules = rules.filter(({ scope, selects }) => scope === 'resource' || selects === 'resource');
  const readers = rules.flatMap(({ reads }) => reads ?? []);
  return (group, kind) =>
    isModelKind(group, kind) ||
    readers.some((reads) => reads(group, kind)) ||
    resourceRules.some(({ appliesTo }) => appliesTo === undefined || appliesTo(group, kind));
}
