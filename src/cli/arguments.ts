import type {
  BASELINE_OPTIONS,
  DEPS_OPTIONS,
  GATE_OPTIONS,
  INIT_OPTIONS,
  LINT_OPTIONS,
  LIST_OPTIONS,
  Option,
  POLICY_OPTIONS,
  RENDER_OPTIONS,
  TRACE_OPTIONS,
} from './options.ts';

type CamelCase<Name> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<CamelCase<Rest>>}` : Name;

type ValueOf<Of> = Of extends { readonly type: 'boolean' }
  ? boolean
  : Of extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : Of extends { readonly array: true }
      ? readonly string[]
      : string;

/** What a command line says of some options: undefined where it says nothing and there is no default. */
type Arguments<Table extends Readonly<Record<string, Option>>> = {
  readonly [Name in keyof Table as CamelCase<Name>]: Table[Name] extends { readonly default: unknown }
    ? ValueOf<Table[Name]>
    : ValueOf<Table[Name]> | undefined;
};

interface Inputs {
  /** As they were typed: none means the current folder. */
  readonly inputs: readonly string[];
}

export type PolicyArguments = Arguments<typeof POLICY_OPTIONS>;
export type LintArguments = Arguments<typeof LINT_OPTIONS> & Inputs;
export type GateArguments = Arguments<typeof GATE_OPTIONS>;
/** What the commands that write reports have in common. */
export type ReportArguments = Pick<GateArguments, keyof LintArguments & keyof GateArguments>;
export type RenderArguments = Arguments<typeof RENDER_OPTIONS> & {
  readonly nameOrChart: string;
  readonly chart: string | undefined;
};
export type TraceArguments = Arguments<typeof TRACE_OPTIONS> & {
  readonly chart: string;
  readonly key: string | undefined;
};
export type BaselineArguments = Arguments<typeof BASELINE_OPTIONS> & Inputs;
export type InitArguments = Arguments<typeof INIT_OPTIONS> & { readonly chart: string | undefined };
export type DepsArguments = Arguments<typeof DEPS_OPTIONS> & { readonly charts: readonly string[] };
export type ListArguments = Arguments<typeof LIST_OPTIONS>;
export type ExplainArguments = PolicyArguments & { readonly name: string };
