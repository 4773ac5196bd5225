import { MAX_EXPRESSION_LENGTH } from '@cms/contracts';

/** The longest expression, in characters; a rule's contract says the same. */
export const MAX_LENGTH = MAX_EXPRESSION_LENGTH;
/** How deep parentheses and `!` may be nested. */
export const MAX_DEPTH = 32;
/** The most comparisons, values and connections in one expression. */
export const MAX_NODES = 200;
export const MAX_LIST_ITEMS = 100;
/** The most relations that one path may follow. */
export const MAX_RELATIONS = 3;
