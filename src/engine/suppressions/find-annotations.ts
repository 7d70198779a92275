import type { Resource } from '../../bundle/resource.ts';
import type { SourceText } from '../../text/source.ts';
import type { Cursor } from '../../yaml/cursor.ts';
import { readDirective, type Directive } from './read-directive.ts';

/** What an object's annotation accepts: findings of that object, and of the Pods in it. */
interface AnnotationSuppression extends Directive {
  readonly resource: Resource;
  /** On the annotation. */
  readonly cursor: Cursor;
}

export interface FoundAnnotations {
  readonly suppressions: readonly AnnotationSuppression[];
  readonly faults: readonly { readonly message: string; readonly cursor: Cursor }[];
}

const ANNOTATION = 'chartlint/ignore';
const FORM = 'chartlint/ignore: "ID: reason; ID: reason"';
/** A part of the annotation's name that no notation of JSON escapes. */
const NEEDLE = 'chartlint';

/** Finds the `chartlint/ignore` annotations of objects. */
export function findAnnotations(resources: readonly Resource[]): FoundAnnotations {
  const suppressions: AnnotationSuppression[] = [];
  const faults: { message: string; cursor: Cursor }[] = [];
  const mentions = new Map<SourceText, boolean>();
  for (const resource of resources) {
    const { source } = resource;
    let isMentioned = mentions.get(source);
    if (isMentioned === undefined) mentions.set(source, (isMentioned = source.text.includes(NEEDLE)));
    if (!isMentioned) continue;
    const cursor = resource.cursor.at('metadata', 'annotations', ANNOTATION);
    if (!cursor.exists) continue;
    const parts = (cursor.string ?? '').split(';').filter((part) => part.trim() !== '');
    if (parts.length === 0) faults.push({ message: `This annotation ignores nothing. Write ${FORM}.`, cursor });
    for (const part of parts) {
      const { directive, fault } = readDirective(part, FORM);
      if (directive === undefined) faults.push({ message: fault, cursor });
      else suppressions.push({ ...directive, resource, cursor });
    }
  }
  return { suppressions, faults };
}
