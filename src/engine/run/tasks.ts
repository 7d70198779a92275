import type { DownloadFailures } from '../render/downloads.ts';
import type { UnitRequest } from './lint-unit.ts';
import type { ReleaseChoice } from '../release-choice.ts';

/** What a task is done with: plain data, as all of a task, so that one thread can hand it to another. */
export interface PolicyTask {
  /** Names of built-in policies, and policy files. */
  readonly policy: readonly string[];
  /** The folder in which it reads, if it was found: see `Policy`. */
  readonly within: string | undefined;
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[] | undefined;
  readonly workingDirectory: string;
}

/** A chart to lint. */
export interface ChartTask
  extends PolicyTask, Omit<UnitRequest, 'policy' | 'rules' | 'onProgress' | 'workingDirectory'> {
  /** The chart's folder or archive; absolute. */
  readonly path: string;
  /** Its version at the commit that changes are counted from, if a rule asks for it. */
  readonly versionBefore: string | undefined;
  readonly release: ReleaseChoice;
  /** Why dependencies could not be downloaded. */
  readonly downloadFailures?: DownloadFailures | undefined;
  readonly now: Date;
  /** The bytes of the values file `-`. */
  readonly stdin: Uint8Array;
}

/** Manifests to read. */
export interface ReadingTask extends PolicyTask {
  /** Each is divisible. */
  readonly texts: readonly string[];
}
