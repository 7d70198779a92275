import { checkSelector } from './device-expressions.ts';
import type { ExpressionChecks } from './field.ts';
import { checkCondition, checkPolicy } from './policy-expressions.ts';
import { checkRulesOfSchema } from './schema-rules.ts';

export const expressionChecks: ExpressionChecks = {
  checkSchema: checkRulesOfSchema,
  checkPolicy,
  checkCondition,
  checkSelector,
};
