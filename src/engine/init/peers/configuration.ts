import type { Match } from '../../../policy/policy.ts';
import type { Severity } from '../../../rule/rule.ts';
import type { Cursor } from '../../../yaml/cursor.ts';
import type { PeerCheck } from './peer-check.ts';

/** A check that another linter has switched on. */
export interface TakenCheck {
  /** As that linter calls it. */
  readonly name: string;
  /** Undefined: that of our rules. */
  readonly severity?: Severity | undefined;
  /** What asks the same; undefined where the table of checks says it. */
  readonly uses?: PeerCheck['uses'] | undefined;
  /** Where it holds, or not. */
  readonly match?: Match | undefined;
}

/** What another linter accepts. */
export interface Exemption {
  /** A check; undefined: all of them. */
  readonly check: string | undefined;
  /** `Kind/name`, as globs; undefined: all objects. */
  readonly resource: string | undefined;
  /** In the words of whoever wrote it. */
  readonly reason?: string | undefined;
  /** The last day on which it counts, as YYYY-MM-DD. */
  readonly until?: string | undefined;
}

/** What the configuration of another linter says. */
export interface Configuration {
  readonly checks: readonly TakenCheck[];
  readonly exemptions: readonly Exemption[];
  readonly kubeVersion?: string | undefined;
  readonly left: readonly Left[];
}

/** What cannot be taken over. */
export interface Left {
  readonly what: string;
  /** A sentence. */
  readonly why: string;
}

/** A file that was found. */
export interface ConfigurationFile {
  readonly name: string;
  /** Relative to the working directory. */
  readonly path: string;
  readonly text: string;
  /** Undefined where it is not YAML. */
  readonly root: Cursor | undefined;
}

/** An object of the input, as it will be in the cluster. */
export interface ExemptedObject {
  readonly root: Cursor;
  /** Its text, with comments. */
  readonly text: string;
}

/** What an object says of itself. */
export interface OwnExemptions {
  readonly exemptions: readonly Pick<Exemption, 'check' | 'reason' | 'until'>[];
  /** Checks that are switched on for this object alone. */
  readonly enabled?: readonly string[];
}

/** Another linter. */
export interface Peer {
  readonly title: string;
  /** What its configuration is called, relative to the folder; the first that is there is read. */
  readonly files: readonly string[];
  /** Others that are read besides. */
  readonly moreFiles?: readonly string[];
  /** @param all the checks that it has, by name */
  read(files: readonly ConfigurationFile[], all: ReadonlyMap<string, PeerCheck>): Configuration;
  exemptionsOf(object: ExemptedObject): OwnExemptions;
}

/** Why files that are left out are not taken over. */
export const NAME_INPUTS = 'Name the files and folders to lint instead.';

/** The entries of a list, or of a text with commas. */
export function listOf(place: Cursor | undefined): string[] {
  if (place === undefined) return [];
  const items = place.isSequence ? place.items() : [place];
  return items.flatMap(({ text }) => text?.split(',').map((part) => part.trim()) ?? []).filter((item) => item !== '');
}

/** The annotations of an object. */
export function annotationsOf(root: Cursor): [key: string, value: string][] {
  return root
    .at('metadata', 'annotations')
    .entries()
    .map(([key, value]) => [key, value.text ?? '']);
}
