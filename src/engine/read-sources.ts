import { modelKindTest } from '../bundle/model-kinds.ts';
import { readResources, type Resource } from '../bundle/resource.ts';
import { RenderedText, templateLocation } from '../helm/rendered-text.ts';
import type { Policy } from '../policy/policy.ts';
import type { Location, Range, SourceText } from '../text/source.ts';
import { parseDocuments } from '../yaml/parse.ts';
import type { LintedSource, RunError } from './result.ts';

/** Reads the resources of sources one after the other, and keeps what is found on the way. */
export class SourceReader {
  readonly errors: RunError[] = [];
  readonly sources = new Map<string, LintedSource>();
  /** All that there are, looked at or not. */
  resourceCount = 0;
  readonly #isLookedAt: (group: string, kind: string) => boolean;
  readonly #secretKeys: readonly string[];

  constructor(policy: Policy) {
    this.#isLookedAt = lookTest(policy);
    this.#secretKeys = policy.principles.flatMap(({ checks }) =>
      checks.flatMap(({ rule, options }) => rule.secretKeys?.(options as never) ?? []),
    );
  }

  /** The resources that the bundle or a rule looks at; `isEmpty` when the source holds nothing at all. */
  read(source: SourceText): { readonly resources: readonly Resource[]; readonly isEmpty: boolean } {
    const resources: Resource[] = [];
    const documents: Range[] = [];
    let isEmpty = true;
    for (const { document, fault } of parseDocuments(source)) {
      if (fault !== undefined) {
        isEmpty = false;
        this.errors.push({ kind: 'syntax', message: fault.message, location: locate(source, fault) });
        continue;
      }
      const read = readResources(document);
      for (const { message, ...range } of read.faults) {
        this.errors.push({ kind: 'input', message, location: locate(source, range) });
      }
      if (read.resources.length + read.faults.length > 0) isEmpty = false;
      this.resourceCount += read.resources.length;
      const kept = read.resources.filter(({ group, kind }) => this.#isLookedAt(group, kind));
      if (kept.length > 0) documents.push({ start: document.start, end: document.end });
      for (const resource of kept) resources.push(resource);
    }
    this.add(source, documents);
    return { resources, isEmpty };
  }

  /** Makes a source known to reports. */
  add(source: SourceText, documents: readonly Range[] = []): void {
    this.sources.set(source.file, { source, documents, secretKeys: this.#secretKeys });
  }
}

/** The template's place, where it is known. */
function locate(source: SourceText, range: Range): Location {
  const origin = source instanceof RenderedText ? templateLocation(source.originOf(widened(range))) : undefined;
  return origin ?? source.locate(range);
}

/** A place between two characters has no origin; the character behind it has. */
function widened({ start, end }: Range): Range {
  return { start, end: Math.max(end, start + 1) };
}

/** Documents of kinds that no rule looks at are checked for syntax and then let go. */
function lookTest(policy: Policy): (group: string, kind: string) => boolean {
  const isModelKind = modelKindTest(policy.podKinds);
  const resourceRules = policy.principles
    .flatMap(({ checks }) => checks)
    .filter(({ rule }) => rule.scope === 'resource' || rule.selects === 'resource')
    .map(({ rule }) => rule);
  return (group, kind) =>
    isModelKind(group, kind) ||
    resourceRules.some(({ appliesTo }) => appliesTo === undefined || appliesTo(group, kind));
}
