export { compileExpression, compileTree, type Predicate } from './compile-expression.ts';
export { ExpressionError } from './expression-error.ts';
export { bound, type Fragment, joined, numbered, type Slot, sql } from './fragment.ts';
export { castOf, type Kind } from './kinds.ts';
export { MAX_DEPTH, MAX_LIST_ITEMS } from './limits.ts';
export { parseExpression } from './parse.ts';
export { resolveColumn } from './resolve-column.ts';
export type { RequestValues } from './request-values.ts';
export type { CollectionShape, Scope } from './scope.ts';
export type {
  Comparison,
  Expression,
  ListOperand,
  Literal,
  Operand,
  Operator,
  Word,
} from './tree.ts';
