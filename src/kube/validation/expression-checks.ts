import type { Field } from './field.ts';

/** What checks the expressions of CEL in objects. It is loaded only where there are some. */
export interface ExpressionChecks {
  /** The rules of the schema of a custom resource. */
  checkSchema(schema: Field): void;
  /** Variables, validations and the like of the `spec` of a policy; `matchConditions` apart. */
  checkPolicy(spec: Field): void;
  /** One of the `matchConditions` of a policy or a webhook. */
  checkCondition(expression: Field, hasParams: boolean): void;
}

/** What is written where a kind has expressions. */
const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['CustomResourceDefinition', 'x-kubernetes-validations'],
  ['ValidatingWebhookConfiguration', 'matchConditions'],
  ['MutatingWebhookConfiguration', 'matchConditions'],
  ['ValidatingAdmissionPolicy', ''],
  ['MutatingAdmissionPolicy', ''],
]);

/** @param text where objects of the kind stand; any by default */
export function mayHoldExpressions(kind: string, text?: string): boolean {
  const keyword = KEYWORDS.get(kind);
  return keyword !== undefined && (text === undefined || text.includes(keyword));
}
