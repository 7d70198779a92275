import type { Location } from '../../text/source.ts';

/** What keeps a chart from being rendered: the message is Helm's, without its `Error: `. */
export class ChartError extends Error {
  override readonly name = 'ChartError';
  /** Where, when that is known. */
  readonly location: Location | undefined;
  /** Whether Helm adds `Use --debug flag to render out invalid YAML`, as it does once it has begun to render. */
  readonly isOfRendering: boolean;
  /** The message without secrets, where it is known what in it is one. */
  readonly shown: string | undefined;

  constructor(message: string, location: Location | undefined = undefined, isOfRendering = false, shown?: string) {
    super(message);
    this.location = location;
    this.isOfRendering = isOfRendering;
    this.shown = shown;
  }
}
