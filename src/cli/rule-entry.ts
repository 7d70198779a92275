import type { OptionsSchema } from '../rule/options.ts';
import type { Severity } from '../rule/rule.ts';

/** What `chartlint rules --format json` prints of a rule. */
export interface RuleEntry {
  readonly id: string;
  /** The folder that it is in: what it checks. */
  readonly group: string;
  readonly summary: string;
  /** What a finding counts as where the principle does not say. */
  readonly severity: Severity;
  /** The built-in policies that check it. */
  readonly policies: readonly string[];
  /** The checks of other linters that it stands for. */
  readonly covers: readonly string[];
  /** A JSON Schema. */
  readonly options: OptionsSchema;
}
