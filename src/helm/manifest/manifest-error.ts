import type { Location, Range } from '../../text/source.ts';
import type { Tracked } from '../value/tracked.ts';

/** A rendered file that Helm refuses, or a selection of files that it does not find; the message is Helm's. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  /** The document at fault: the path of its template and its range in the rendered text. */
  readonly document: (Range & { readonly path: string }) | undefined;
  /** The place in the template that printed what is at fault, when it is known. */
  readonly location: Location | undefined;
  /** Private, so that no log shows it. */
  readonly #printed: Tracked<string> | undefined;

  constructor(message: string, document: ManifestError['document'], location?: Location, printed?: Tracked<string>) {
    super(message);
    this.document = document;
    this.location = location;
    this.#printed = printed;
  }

  /** What the template printed, which the message may quote. */
  get printed(): Tracked<string> | undefined {
    return this.#printed;
  }
}
