/** Why something could not be downloaded: a sentence, and one that says what to do. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly help: string;
  /** Whether to try again may help. */
  readonly isTransient: boolean;

  constructor(message: string, help: string, isTransient = false) {
    super(message);
    this.help = help;
    this.isTransient = isTransient;
  }
}

/** An address as messages show it: without what may be a secret. */
export function showUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  shown.hash = '';
  return shown.href;
}
