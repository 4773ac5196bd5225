export { compileExpression, compileTree, type Predicate } from './compile-expression.ts';
export { ExpressionError } from './expression-error.ts';
export { parseExpression } from './parse.ts';
export { type Asked, compileRequestTest, type RequestTest } from './request-test.ts';
export type { RequestValues } from './request-values.ts';
export type { CollectionShape, Scope } from './scope.ts';
export type { Expression } from './tree.ts';
