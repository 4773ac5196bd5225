import type { ErrorDetail } from '@cms/contracts';
import {
  type CollectionShape,
  compileRequestTest,
  ExpressionError,
} from '../../content/expressions/index.ts';
import { fieldActions, fieldRuleScope } from '../../content/policy/field-rules.ts';
import { isExpression } from '../../content/policy/policy.ts';
import { invalid } from '../../platform/errors/app-error.ts';

/**
 * Checks that every rule of every field can be compiled. All of them are sent with the fields, so none
 * that stands is left behind by a change. Throws VALIDATION_ERROR with the place in each bad rule.
 */
export function checkFieldRules(collection: CollectionShape, under: string): void {
  const problems: ErrorDetail[] = [];
  for (const [index, { rules }] of collection.fields.entries())
    for (const action of fieldActions) {
      const rule = rules?.[action];
      if (!isExpression(rule)) continue;
      try {
        compileRequestTest(rule, fieldRuleScope(collection, action));
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        const field = `${under}.${index}.rules.${action}`;
        problems.push({ field, message: error.sentence, code: 'expression' });
      }
    }
  if (problems.length > 0) throw invalid(problems);
}
