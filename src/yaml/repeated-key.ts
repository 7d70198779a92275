import type { Entry } from './node.ts';

/** A key that stands twice in one mapping. The later entry is read; the first is lost, as with Helm and kubectl. */
export interface RepeatedKey {
  /** The one before it, when there are more than two. */
  readonly first: Entry;
  readonly second: Entry;
}
