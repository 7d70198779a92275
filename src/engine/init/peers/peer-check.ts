/** A check of another linter, and what asks the same here. */
export interface PeerCheck {
  /** `on`, `off`, `template` (not built in), or how much it weighs by default there. */
  readonly initial: string;
  /** The rules that ask what it asks; none where it has no rule. */
  readonly uses: readonly { readonly rule: string; readonly with?: object | undefined }[];
  /** Where it is at home without a rule: `helm`, `own` or `none`. */
  readonly home?: string | undefined;
  /** Why it has no rule. */
  readonly reason?: string | undefined;
}
