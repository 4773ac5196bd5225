/**
 * The one filter tree. Expressions are one spelling of it; query strings and JSON bodies make the same
 * tree. `at` is the offset in the text that it was read from, for errors.
 */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly items: readonly Expression[] }
  | { readonly kind: 'not'; readonly item: Expression }
  | Comparison;

export const operators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'has',
  'near',
] as const;
/** `has`: a list holds a value, or a value is one of a list. `near`: within metres of a place. */
export type Operator = (typeof operators)[number];

export interface Comparison {
  readonly kind: 'compare';
  readonly operator: Operator;
  readonly left: Operand;
  readonly right: Operand;
  readonly at: number;
}

/**
 * Text without quotes: a field on the left of a comparison; right of a field, a value typed by it, as
 * all text of a query string is.
 */
export interface Word {
  readonly kind: 'word';
  readonly text: string;
  readonly at: number;
}

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
  /** As it was written, so that a text field may be compared with `2024`. */
  readonly text: string;
  readonly at: number;
}

export const momentUnits = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export const momentNames = [
  'now',
  'today',
  'yesterday',
  'tomorrow',
  'todayStart',
  'todayEnd',
  'monthStart',
  'monthEnd',
  'yearStart',
  'yearEnd',
] as const;

/** `@now`, `@todayEnd`, `@day+7`: a moment that depends on when the question is asked. */
export interface Moment {
  readonly kind: 'moment';
  readonly name: (typeof momentNames)[number] | (typeof momentUnits)[number];
  readonly amount: number;
  readonly at: number;
}

/** `@request.auth.id`, `@request.method`, `@request.data.title`, without `@request.`. */
export interface RequestPath {
  readonly kind: 'request';
  readonly path: readonly string[];
  readonly at: number;
}

export interface ListOperand {
  readonly kind: 'list';
  readonly items: readonly Scalar[];
  readonly at: number;
}

export type Scalar = Word | Literal | Moment | RequestPath;
export type Operand = Scalar | ListOperand;
