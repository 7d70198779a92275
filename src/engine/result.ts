import type { Cause } from '../kube/validation/issue.ts';
import type { PolicyName } from '../policy/policy.ts';
import type { Rule, Severity } from '../rule/rule.ts';
import type { Location, Range, SourceText } from '../text/source.ts';
import type { PathSegment } from '../yaml/cursor.ts';
import type { DataFlow, ValueOrigin } from './data-flow.ts';

/** What a run found: the whole input of every report. */
export interface Result {
  /** With several, their names joined. */
  readonly policy: PolicyName;
  /** All policies that held, each once. */
  readonly policies: readonly PolicyName[];
  /** What was found under each of them, where there are several. */
  readonly policyTallies?: readonly PolicyTally[];
  /** Whether nobody chose the policy: neither the command line nor a file. */
  readonly isDefaultPolicy?: boolean;
  /** Names of the environments that were rendered; none for manifests. */
  readonly environments: readonly string[];
  /** Those of each chart, by its folder or archive, where there are several. */
  readonly chartEnvironments?: ReadonlyMap<string, readonly string[]>;
  readonly summary: Summary;
  /** Kinds of custom resources of which there is no schema: there is no verdict on them. */
  readonly unknownKinds: readonly UnknownKind[];
  readonly principles: readonly PrincipleResult[];
  /** The rules that the policy checks, each once, in the order of the policy. */
  readonly rules: readonly CheckedRule[];
  /** Sorted by place. Suppressed ones are among them, marked. */
  readonly findings: readonly Finding[];
  readonly errors: readonly RunError[];
  /** Files of the inputs' folders and globs that were left out, if there are any: they are of other programs. */
  readonly skipped?: readonly SkippedFile[];
  /** The texts that locations point into, by file. */
  readonly sources: ReadonlyMap<string, LintedSource>;
  /** The way of every setting, per environment; empty if they were not requested. */
  readonly flows: readonly DataFlow[];
}

/** A text that was linted. */
export interface LintedSource {
  readonly source: SourceText;
  /** Where its documents are, in order, as far as they could be read and rules look at them. */
  readonly documents: readonly Range[];
  /** Globs of keys that the policy says are secret, in addition to those that look secret. */
  readonly secretKeys: readonly string[];
  /** What came from secrets of the values, in order; only of a rendering. */
  readonly secrets?: readonly Range[] | undefined;
}

/** What was found under one of several policies. A principle that two of them have counts for both. */
export interface PolicyTally extends PolicyName, Pick<Summary, 'errors' | 'warnings' | 'infos' | 'suppressed'> {
  readonly principles: number;
  readonly failed: number;
}

/** A kind of which there is no schema. */
export interface UnknownKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** How many resources of the kind there are. */
  readonly resources: number;
}

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly suppressed: number;
  readonly resources: number;
  readonly files: number;
}

export interface PrincipleResult {
  readonly id: string;
  readonly clause: string | undefined;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'not-applicable';
  /** Findings that count. */
  readonly findings: number;
}

/** A rule that the policy checks. */
export interface CheckedRule {
  readonly id: string;
  readonly rule: Rule;
  /** The ids of the principles that it serves. */
  readonly principles: readonly string[];
}

/** One place where a principle does not hold. */
export interface Finding {
  readonly principle: string;
  readonly clause: string | undefined;
  /** The principle's. Another policy of the run may have a principle of the same id and another title. */
  readonly title?: string;
  readonly rule: string;
  readonly messageId: string;
  /** What the API server calls it when it refuses the object for this. */
  readonly cause?: Cause | undefined;
  readonly message: string;
  readonly help: string;
  readonly severity: Severity;
  readonly environments: readonly string[];
  /** The folder or archive of the chart that it comes from. */
  readonly chart: string | undefined;
  readonly resource: ResourceName | undefined;
  /** Keys and list indexes inside the resource. */
  readonly path: readonly PathSegment[];
  /** The same as the API server names it, where it names it otherwise. */
  readonly field?: readonly PathSegment[] | undefined;
  /** The best place known: the template, else the manifest. */
  readonly location: Location;
  /** The place in the manifest. */
  readonly rendered: Location;
  /** The template that a manifest's `# Source:` comment names. */
  readonly template: string | undefined;
  readonly values: readonly ValueOrigin[];
  readonly related: readonly RelatedLocation[];
  /** The same while the finding is the same, however lines move. */
  readonly fingerprint: string;
  /** What a run over other environments alone would call it, where they name the object differently. */
  readonly otherFingerprints?: readonly string[] | undefined;
  /** What earlier versions called it, by the words of its message: baselines may have it so. */
  readonly formerFingerprints?: readonly string[] | undefined;
  readonly suppressed: SuppressedBy | undefined;
  /** What reports show instead where names hold secrets; the names themselves are what ignores are compared with. */
  readonly shownNames?: ShownNames | undefined;
}

/** The names of a finding without what came from secrets. */
export type ShownNames = Pick<Finding, 'resource' | 'path' | 'field'>;

export interface ResourceName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Whether there is another of its kind and name, in another namespace. */
  readonly hasTwin?: boolean;
}

export interface RelatedLocation {
  readonly message: string;
  readonly location: Location;
}

interface SuppressedBy {
  readonly by: 'comment' | 'annotation' | 'policy' | 'baseline';
  readonly reason: string;
}

/** A file that was left out since it holds no manifests. */
export interface SkippedFile {
  /** As reports name files. */
  readonly file: string;
  /** What it is: `a Compose file`. */
  readonly reason: string;
}

/** Why a run cannot be trusted in full. */
export interface RunError {
  readonly kind: 'syntax' | 'render' | 'config' | 'input' | 'rule';
  /** Full sentences: what is wrong, and the way out. */
  readonly message: string;
  /** Why, and what to write, where the message is Helm's and does not say so. */
  readonly help?: string | undefined;
  readonly location: Location | undefined;
}
