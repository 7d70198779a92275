import type { Range, SourceText } from '../text/source.ts';
import type { Node } from './node.ts';
import type { RepeatedKey } from './repeated-key.ts';

/** Why a text could not be read, and where. */
export interface Fault extends Range {
  /** A full sentence that says what was found and what to do about it. */
  readonly message: string;
}

/** One YAML document of a source. */
export interface Document extends Range {
  readonly source: SourceText;
  /** Undefined when there is nothing but comments. */
  readonly root: Node | undefined;
  /** The template that Helm's `# Source:` comment names. */
  readonly template: string | undefined;
}

/** A document, or why there is none; and the keys that stand twice in it, as far as it was read. */
export type ParsedDocument = { readonly repeats: readonly RepeatedKey[] } & (
  | { readonly document: Document; readonly fault?: undefined }
  | { readonly document?: undefined; readonly fault: Fault }
);
