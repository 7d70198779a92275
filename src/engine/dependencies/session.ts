import type { HelmRepository } from './helm-repositories.ts';
import type { Answer, Patience } from './request.ts';

/** What the downloads of a run have in common. */
export interface Session {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly patience: Patience;
  readonly repositories: readonly HelmRepository[];
  /** Indexes of repositories that were read, by address. */
  readonly indexes: Map<string, Promise<Answer>>;
  /** Tokens of registries, by what they are for. */
  readonly tokens: Map<string, string>;
  /** Takes what is being done. */
  readonly onProgress: (text: string) => void;
}

/** A packed chart that came from a repository. */
export interface DownloadedChart {
  readonly version: string;
  readonly bytes: Buffer;
  /** Where from, as messages show it. */
  readonly from: string;
}

/** Says how much has come. */
export function reportBytes({ onProgress }: Session, what: string): (bytes: number) => void {
  return (bytes) => onProgress(`downloading ${what} (${(bytes / 1_000_000).toFixed(1)} MB)`);
}
