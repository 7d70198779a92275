import type { Rules } from '../../rule/rule.ts';
import { type PolicyChoice } from '../policy/choose-policy.ts';
import { type ReleaseChoice } from '../release-choice.ts';
import type { Result } from '../result.ts';
import { type Selection } from '../policy/select-checks.ts';
import type { Threads } from './share-work.ts';

export interface RunRequest extends PolicyChoice, Selection, ReleaseChoice {
  /** Charts, files, folders, globs, and `-` for standard input. */
  readonly inputs: readonly string[];
  readonly readStdin: () => Promise<Uint8Array>;
  readonly stdinFilename: string;
  readonly workingDirectory: string;
  readonly allowEmpty: boolean;
  readonly now: Date;
  readonly rules: Rules;
  /** The file of findings that were accepted before; by default the policy's. */
  readonly baseline?: string | undefined;
  /** Whether nothing is accepted, and all that is found goes into baselines. */
  readonly isForBaseline?: boolean | undefined;
  /** Takes what was found under each policy, and the policy's baseline, relative to the working directory. */
  readonly onGroup?: ((result: Result, baseline: string | undefined) => void) | undefined;
  /** The baseline: in folders and globs it is left out. */
  readonly ownFiles?: readonly string[] | undefined;
  /** Files that will be written: left out likewise, and refused if they are inputs. */
  readonly outputs?: readonly string[] | undefined;
  /** Only what Git says changed since this commit. */
  readonly changedSince?: string | undefined;
  /** Whether the inputs are files from a hook: those that are not ours are left out. */
  readonly hook?: boolean | undefined;
  /** Takes what the user should know and the result does not say. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Whether the way of every setting is asked for. */
  readonly withFlows?: boolean | undefined;
  /** Other threads that may help. */
  readonly threads?: Threads | undefined;
  /** Whether to download dependencies that are not in `charts/`, with these environment variables. */
  readonly deps?: boolean | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Takes what is being done. */
  readonly onProgress?: ((text: string) => void) | undefined;
}
