import { checkCondition, checkPolicy } from './policy-expressions.ts';
import type { ExpressionChecks } from './expression-checks.ts';
import { checkRulesOfSchema } from './schema-rules.ts';

export const expressionChecks: ExpressionChecks = { checkSchema: checkRulesOfSchema, checkPolicy, checkCondition };
