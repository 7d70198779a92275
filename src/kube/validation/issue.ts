/** What the API server calls the ways in which a field can be wrong. Source: CauseType in k8s.io/apimachinery. */
export const CAUSES = [
  'FieldValueDuplicate',
  'FieldValueForbidden',
  'FieldValueInvalid',
  'FieldValueNotFound',
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
] as const;

export type Cause = (typeof CAUSES)[number];

/** Why the API server refuses an object: one field that its validation does not accept. */
export interface ValidationIssue {
  /** Where. The field may not be there. */
  readonly path: readonly (string | number)[];
  readonly cause: Cause;
  /** The same place as the API server names it, where it names it otherwise. */
  readonly field?: readonly (string | number)[];
  /** Whether it is about the key of the place, not its value. */
  readonly isAboutKey?: boolean;
  /** Whether the object is accepted all the same, and only what is made from it is refused: it never runs. */
  readonly isLate?: boolean;
  /** What is wrong, as the predicate of a sentence about the field: `is not a DNS label`. Never a value. */
  readonly problem: string;
  /** What to write instead, as a command without a full stop. */
  readonly remedy: string;
}
