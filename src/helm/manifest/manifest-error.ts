import type { Location, Range } from '../../text/source.ts';

/** A rendered file that Helm refuses, or a selection of files that it does not find; the message is Helm's. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  /** The document at fault: the path of its template and its range in the rendered text. */
  readonly document: (Range & { readonly path: string }) | undefined;
  /** The place in the template that printed what is at fault, when it is known. */
  readonly location: Location | undefined;
  /** What to write, where Helm's message does not say so. */
  readonly help: string | undefined;

  constructor(message: string, document: ManifestError['document'], location?: Location, help?: string) {
    super(message);
    this.document = document;
    this.location = location;
    this.help = help;
  }
}
