/** One of the `x-kubernetes-validations` of a schema. */
export interface Rule {
  /** In CEL. */
  readonly rule: string;
  readonly message: string | undefined;
  /** In CEL; its text wins over `message`. */
  readonly messageExpression: string | undefined;
  /** Which field the finding is about, from the place of the schema: `.spec.size`. */
  readonly fieldPath: string | undefined;
  /** What the API server calls it: `FieldValueInvalid` by default. */
  readonly reason: string | undefined;
  /** Whether the rule is looked at when an object is created, too. */
  readonly hasOptionalOldSelf: boolean;
}
