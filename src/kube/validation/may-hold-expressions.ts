/** What is written where a kind has expressions. */
const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['CustomResourceDefinition', 'x-kubernetes-validations'],
  ['ValidatingWebhookConfiguration', 'matchConditions'],
  ['MutatingWebhookConfiguration', 'matchConditions'],
  ['ValidatingAdmissionPolicy', ''],
  ['MutatingAdmissionPolicy', ''],
  ...['DeviceClass', 'ResourceClaim', 'ResourceClaimTemplate'].map((kind) => [kind, 'expression'] as const),
]);

/** @param text where objects of the kind stand; any by default */
export function mayHoldExpressions(kind: string, text?: string): boolean {
  const keyword = KEYWORDS.get(kind);
  return keyword !== undefined && (text === undefined || text.includes(keyword));
}
