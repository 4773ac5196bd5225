import { checkComparison } from './check-comparison.ts';
import { all, any, type Condition, not } from './condition.ts';
import type { Found } from './resolve-operand.ts';
import type { Scope } from './scope.ts';
import type { Expression } from './tree.ts';

/** Checks names and types of a whole tree. Throws an ExpressionError with the place. */
export function checkExpression(scope: Scope, found: Found, expression: Expression): Condition {
  const check = (each: Expression) => checkExpression(scope, found, each);
  switch (expression.kind) {
    case 'and':
      return all(...expression.items.map(check));
    case 'or':
      return any(...expression.items.map(check));
    case 'not':
      return not(check(expression.item));
    case 'compare':
      return checkComparison(scope, found, expression);
  }
}
