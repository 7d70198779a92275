import type { Location } from '../../text/source.ts';

/** What keeps a chart from being rendered: the message is Helm's, without its `Error: `. */
export class ChartError extends Error {
  override readonly name = 'ChartError';
  /** Where, when that is known. */
  readonly location: Location | undefined;
  /** Whether Helm adds `Use --debug flag to render out invalid YAML`, as it does once it has begun to render. */
  readonly isOfRendering: boolean;
  /** What to write, where Helm's message does not say so. */
  readonly help: string | undefined;
  /** The message without secrets, where it is known what in it is one. */
  readonly shown: string | undefined;

  constructor(
    message: string,
    location: Location | undefined = undefined,
    isOfRendering = false,
    { help, shown }: { readonly help?: string | undefined; readonly shown?: string | undefined } = {},
  ) {
    super(message);
    this.location = location;
    this.isOfRendering = isOfRendering;
    this.help = help;
    this.shown = shown;
  }
}
