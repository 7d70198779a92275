import type { Bundle } from '../bundle/bundle.ts';
import type { Chart } from '../bundle/chart.ts';
import type { KeyProvider } from '../bundle/provider.ts';
import type { ReadText } from '../bundle/repeat.ts';
import type { Resource } from '../bundle/resource.ts';
import type { Container, Workload } from '../bundle/workload.ts';
import type { ValuesKey } from '../helm/value/values-key.ts';
import type { Cause } from '../kube/validation/issue.ts';
import type { Verdicts } from '../kube/verdict.ts';
import type { Range } from '../text/source.ts';
import type { Cursor, PathSegment } from '../yaml/cursor.ts';
import type { Infer, OptionsSchema } from './options.ts';

/** How much a finding weighs: an `error` fails a run by default. */
export type Severity = 'error' | 'warning' | 'info';

/** A ConfigMap, or what provides a Secret (a Secret, SealedSecret or ExternalSecret), with its object. */
export type ProviderSubject = KeyProvider & { readonly resource: Resource };

/** What a rule looks at, one at a time. */
export interface SubjectTypes {
  resource: Resource;
  configMap: ProviderSubject;
  /** Whatever provides a Secret; a check's `names` match the name of the Secret that comes out. */
  secret: ProviderSubject;
  workload: Workload;
  container: Container;
}

/** What a bundle rule looks at: all subjects of one type that the check selects, at once; there is at least one. */
export interface BundleSubject<T> {
  readonly bundle: Bundle;
  readonly selected: readonly T[];
}

/** The scopes in which a rule looks at one thing at a time. */
export type SubjectType = keyof SubjectTypes;
/** `chart`: each chart; `environments`: each chart that renders in two environments or more. */
type ChartScope = 'chart' | 'environments';
/**
 * What a rule is called with: one subject, all of one type (`bundle`), a chart, or a `document`: of the manifests, of a kind
 * that rules use or not, or a YAML file of a chart, in which a key is repeated.
 */
export type Scope = SubjectType | 'bundle' | ChartScope | 'document';

/** What `check` gets, whatever the scope. */
export type Subject = SubjectTypes[SubjectType] | BundleSubject<SubjectTypes[SubjectType]> | Chart | ReadText;

/** The names in `{{…}}` of a text. */
type Holes<Text> = Text extends `${string}{{${infer Hole}}}${infer Rest}` ? Hole | Holes<Rest> : never;

/** What fills the holes of a message. Never the value of something secret. */
export type MessageData = { readonly [hole: string]: string | number };

/** Another place that a finding has to do with. */
export interface RelatedPlace {
  readonly cursor: Cursor;
  /** A full sentence. */
  readonly message: string;
}

/** What a report may have besides its message. */
export interface ReportExtras {
  /** What the API server calls it when it refuses the object for this. */
  readonly cause?: Cause | undefined;
  /** The place as the API server names it, where it names it otherwise. */
  readonly field?: readonly PathSegment[] | undefined;
  readonly related?: readonly RelatedPlace[];
  /** The part of a text that is meant, where it holds more: offsets into the cursor's source. */
  readonly part?: Range | undefined;
  /** The other fields that it was computed from: the finding names the values keys of all of them. */
  readonly from?: readonly Cursor[];
  /** The values keys that decided, where no field holds them. */
  readonly decidedBy?: readonly ValuesKey[];
}

type HelpFor<Help, Id> = Help extends string ? Help : Id extends keyof Help ? Help[Id] : never;

type MessageArguments<Text, Help> = [Holes<Text> | Holes<Help>] extends [never]
  ? [data?: Record<string, never>, extras?: ReportExtras]
  : [data: { readonly [Hole in Holes<Text> | Holes<Help>]: string | number }, extras?: ReportExtras];

/** What a rule may read and say. A rule has no other input: no files, no clock, no memory between subjects. */
export interface RuleContext<Messages, Help, Options> {
  readonly bundle: Bundle;
  /** What the API server says of an object; loaded when a rule of the run asks for it with `needsVerdicts`. */
  readonly verdicts: Verdicts | undefined;
  readonly options: Options;
  /**
   * Reports that the check does not hold at a place. A place that does not exist is blamed on the nearest that does:
   * its parent's key or name.
   */
  report<Id extends keyof Messages & string>(
    cursor: Cursor,
    messageId: Id,
    ...rest: MessageArguments<Messages[Id], HelpFor<Help, Id>>
  ): void;
}

/** All that is said of a rule: its texts, its severity and its options. */
export interface RuleMeta<
  Messages = Readonly<Record<string, string>>,
  Help = string | Readonly<Record<string, string>>,
> {
  /** One line in the imperative, no full stop. */
  readonly summary: string;
  /** Why it matters, in full sentences. */
  readonly why: string;
  /** A command that fixes it: one for all messages, or one for each. */
  readonly help: Help;
  readonly references: readonly string[];
  /** The checks of other linters that it stands for, as `linter/check`: `kube-linter/run-as-non-root`. */
  readonly covers?: readonly string[];
  /** What a finding counts as where the principle does not say. */
  readonly severity: Severity;
  /** Whether it finds defects, not opinions, and so fits a chart without a policy. */
  readonly recommended: boolean;
  readonly messages: Messages;
  /** Messages that weigh less than the principle: a finding gets the lesser of the two. */
  readonly severities?: { readonly [Id in keyof Messages]?: Severity };
  readonly options?: OptionsSchema;
  /** Rules whose finding at the same node makes one of this rule's superfluous: one cause, one finding. */
  readonly yieldsTo?: readonly string[];
}

interface Definition<Messages, Help, Options> {
  readonly meta: RuleMeta<Messages, Help> & { readonly options?: Options };
}

type ContextOf<Messages, Help, Options> = RuleContext<Messages, Help, Infer<Options>>;

interface SubjectRule<Type extends SubjectType, Messages, Help, Options> extends Definition<Messages, Help, Options> {
  readonly scope: Type;
  /** For `resource` rules: the kinds looked at. Documents of other kinds need not be built. All by default. */
  readonly appliesTo?: (group: string, kind: string) => boolean;
  /** Kinds that it looks up in the bundle, besides its subjects and those that the model has: their documents are built. */
  readonly reads?: (group: string, kind: string) => boolean;
  readonly needsVerdicts?: boolean;
  /** A further filter: what it refuses is not a subject, and does not make the principle applicable. */
  isSubject?(subject: SubjectTypes[Type], options: Infer<Options>, bundle: Bundle): boolean;
  /** Globs of the keys that the options say are secret: no report shows their values. */
  secretKeys?(options: Infer<Options>): readonly string[];
  check(subject: SubjectTypes[Type], context: ContextOf<Messages, Help, Options>): void;
}

interface BundleRule<Type extends SubjectType, Messages, Help, Options> extends Definition<Messages, Help, Options> {
  readonly scope: 'bundle';
  /** The subjects that are looked at together; without any the check does not apply. */
  readonly selects: Type;
  /** Kinds that it looks up in the bundle, besides its subjects and those that the model has: their documents are built. */
  readonly reads?: (group: string, kind: string) => boolean;
  readonly needsVerdicts?: boolean;
  isSubject?(subject: SubjectTypes[Type], options: Infer<Options>, bundle: Bundle): boolean;
  /** Globs of the keys that the options say are secret: no report shows their values. */
  secretKeys?(options: Infer<Options>): readonly string[];
  check(subject: BundleSubject<SubjectTypes[Type]>, context: ContextOf<Messages, Help, Options>): void;
}

interface ChartRule<Messages, Help, Options> extends Definition<Messages, Help, Options> {
  readonly scope: ChartScope;
  /** Whether it asks for the version of the chart before the changes that are linted. */
  readonly needsVersionBefore?: boolean;
  /** Whether there is something to check: for a rule about renderings, not in a chart that does not render. */
  isSubject?(subject: Chart, options: Infer<Options>): boolean;
  /** A chart is not a bundle: it has one for each environment. */
  check(subject: Chart, context: Omit<ContextOf<Messages, Help, Options>, 'bundle' | 'verdicts'>): void;
}

interface DocumentRule<Messages, Help, Options> extends Definition<Messages, Help, Options> {
  readonly scope: 'document';
  /** The text of a document is looked at before there is a bundle. */
  check(subject: ReadText, context: Omit<ContextOf<Messages, Help, Options>, 'bundle' | 'structures'>): void;
}

/** A rule as the engine sees it, whatever its scope, messages and options. */
export interface Rule {
  readonly scope: Scope;
  readonly selects?: SubjectType;
  isSubject?(subject: SubjectTypes[SubjectType] | Chart, options: never, bundle: Bundle): boolean;
  secretKeys?(options: never): readonly string[];
  readonly appliesTo?: (group: string, kind: string) => boolean;
  readonly reads?: (group: string, kind: string) => boolean;
  readonly needsVersionBefore?: boolean;
  readonly needsVerdicts?: boolean;
  readonly meta: RuleMeta;
  check(subject: Subject, context: RuleContext<Readonly<Record<string, string>>, never, never>): void;
}

/** Brings a rule's module in; later calls give the same rule. */
export type RuleLoader = () => Promise<{ readonly default: Rule }>;

/** The rules that there are, by id. The module of each is loaded when a policy names the rule. */
export type Rules = ReadonlyMap<string, RuleLoader>;

/**
 * Defines a rule. Message ids, the holes of messages and helps, and the types of options are checked by the compiler.
 */
export function defineRule<
  const Type extends SubjectType,
  const Messages extends Readonly<Record<string, string>>,
  const Help extends string | { readonly [Id in keyof Messages]: string },
  const Options extends OptionsSchema = { type: 'object' },
>(rule: SubjectRule<Type, Messages, Help, Options>): Rule;
export function defineRule<
  const Type extends SubjectType,
  const Messages extends Readonly<Record<string, string>>,
  const Help extends string | { readonly [Id in keyof Messages]: string },
  const Options extends OptionsSchema = { type: 'object' },
>(rule: BundleRule<Type, Messages, Help, Options>): Rule;
export function defineRule<
  const Messages extends Readonly<Record<string, string>>,
  const Help extends string | { readonly [Id in keyof Messages]: string },
  const Options extends OptionsSchema = { type: 'object' },
>(rule: ChartRule<Messages, Help, Options>): Rule;
export function defineRule<
  const Messages extends Readonly<Record<string, string>>,
  const Help extends string | { readonly [Id in keyof Messages]: string },
  const Options extends OptionsSchema = { type: 'object' },
>(rule: DocumentRule<Messages, Help, Options>): Rule;
export function defineRule(rule: unknown): Rule {
  // What the overloads demand is more than a rule needs; the engine calls it with what its scope says.
  return rule as Rule;
}
