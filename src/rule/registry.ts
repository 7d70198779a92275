import type { Rule } from './rule.ts';

/** Checks options and fills in defaults, in place. The errors are ajv's. */
export interface OptionsValidator {
  (options: unknown): boolean;
  errors?: readonly OptionsError[] | null;
}

export interface OptionsError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

export interface RegisteredRule {
  readonly rule: Rule;
  readonly validateOptions: OptionsValidator;
}

/** Rules with what reads their options from policy files, by id. */
export type LoadedRules = ReadonlyMap<string, RegisteredRule>;

/** The rules that there are, by id; each is loaded when a policy names it. */
export type Registry = ReadonlyMap<string, () => Promise<RegisteredRule>>;
