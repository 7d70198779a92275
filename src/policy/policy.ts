import type { External } from '../bundle/provider.ts';
import type { PodKind } from '../kube/pod-kinds.ts';
import type { Rule, Severity } from '../rule/rule.ts';

/** Lists of globs. What passes every list given is meant. */
export interface MatchLists {
  readonly kinds?: readonly string[];
  readonly names?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly containers?: readonly string[];
}

/** Which subjects a check looks at. */
export interface Match extends MatchLists {
  /** What it leaves out. */
  readonly not?: MatchLists;
}

/** One use of a rule in a principle. */
export interface Check {
  /** Tells it from other uses of the rule in its principle; undefined: the rule's id. */
  readonly id?: string;
  readonly ruleId: string;
  readonly rule: Rule;
  /** Undefined: the principle's. */
  readonly severity?: Severity;
  readonly match: Match;
  /** Validated against the rule's schema, with defaults filled in. */
  readonly options: object;
}

/** One statement of the design. */
export interface Principle {
  readonly id: string;
  readonly clause: string | undefined;
  readonly title: string;
  readonly rationale: string | undefined;
  /** Undefined: each rule's own severity. */
  readonly severity: Severity | undefined;
  readonly checks: readonly Check[];
  /** Checks with `severity: off`: never run, yet known. */
  readonly removed?: readonly Check[];
  /** Holds though the policy does not say so: it is mentioned only where it is broken. */
  readonly isImplied?: true;
}

/** A finding that a team accepts, with the reason. */
export interface Ignore {
  /** The id of a principle, or undefined for all. */
  readonly principle: string | undefined;
  readonly rule: string | undefined;
  /** `Kind/name`, as globs; undefined for all. */
  readonly resource: string | undefined;
  /** The path of the finding, or of something around it; elements are globs. */
  readonly path: readonly (string | number)[] | undefined;
  readonly reason: string;
  /** The last day on which it counts, as YYYY-MM-DD. */
  readonly until: string | undefined;
  /** Where it is written, for reports. */
  readonly place: PolicyPlace;
}

/** A place in a policy file; the file alone for built-in policies. */
interface PolicyPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A file, a folder or a glob with schemas of custom resources. */
export interface SchemaSource {
  /** Absolute, or relative to the working directory. */
  readonly path: string;
  readonly place: PolicyPlace;
}

type UnknownKinds = 'allow' | 'error';

/** One rendering of the chart. */
export interface PolicyEnvironment {
  readonly name: string;
  /** Values files, relative to the chart, in the order in which they apply. */
  readonly values: readonly string[];
  /** Single values as helm's `--set` takes them, after the values files; none by default. */
  readonly set?: readonly string[] | undefined;
  /** Undefined: the release's namespace. */
  readonly namespace?: string | undefined;
  /** Undefined: the release's version of Kubernetes. */
  readonly kubeVersion?: string | undefined;
  /** Charts that lack one of the values files do without it. */
  readonly optional?: boolean | undefined;
}

/** What a policy reads that was found, and not named by the user: it may come from anybody. */
export interface PolicyReach {
  /** The folder, without links, that all files must be in. */
  readonly within: string;
  /** Where the policy names each of its values files. */
  readonly places: ReadonlyMap<string, PolicyPlace>;
}

/** What a policy is called in reports. */
export interface PolicyName {
  readonly name: string;
  /** Undefined for a built-in policy. */
  readonly file: string | undefined;
}

/** One of several policies that the user named. */
export interface PolicyPart extends PolicyName {
  /** The ids of its principles, those of what it extends included. */
  readonly principles: ReadonlySet<string>;
}

/** A design, ready to be checked: parents merged, names resolved, options validated. */
export interface Policy {
  /** Where the user named several, their names joined. */
  readonly name: string;
  /** Undefined for a built-in policy, and for several. */
  readonly file: string | undefined;
  /** The policies that the user named, where these are several. */
  readonly parts?: readonly PolicyPart[] | undefined;
  /** Whether nobody chose it. */
  readonly isDefault?: boolean | undefined;
  /** Undefined for a policy that the user named: it reads where the user may. */
  readonly reach?: PolicyReach | undefined;
  readonly release: {
    readonly name?: string | undefined;
    readonly namespace?: string | undefined;
    readonly kubeVersion?: string | undefined;
  };
  /** Findings that were accepted: a file relative to the working directory, and where the policy names it. */
  readonly baseline?: { readonly file: string; readonly place: PolicyPlace };
  readonly environments: readonly PolicyEnvironment[];
  readonly externals: readonly External[];
  /** Where schemas of custom resources are. */
  readonly schemas: readonly SchemaSource[];
  /** Whether a resource whose kind has no schema is refused. */
  readonly unknownKinds: UnknownKinds;
  readonly podKinds: readonly PodKind[];
  readonly principles: readonly Principle[];
  /** Principles with `severity: off`: never checked, yet known by their ids. Their checks are complete. */
  readonly disabled: readonly Principle[];
  readonly ignores: readonly Ignore[];
}
