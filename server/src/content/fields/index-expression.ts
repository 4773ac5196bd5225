import type { Field } from './field.ts';
import { typeOf } from './types/index.ts';

/** How PostgreSQL sees a field's value: the one definition for indexes, uniqueness, sorts, filters. */
export interface IndexExpression {
  /** SQL over a column `data`, in parentheses, as `create index` and `order by` take it. */
  readonly expression: string;
  /** The type that parameters compared with it are cast to. */
  readonly cast: 'text' | 'numeric' | 'boolean';
  readonly method: 'btree' | 'gin';
}

/** True where a field's values can be indexed at all. */
export const isIndexable = (field: Field): boolean => typeOf(field).indexKind(field) !== 'none';

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * A cast that cannot fail: an index is also made over row versions that nobody sees any more, which hold
 * what a field was before its type was changed.
 */
const guarded = (value: string, type: string, cast: string): string =>
  `(case when jsonb_typeof(${value}) = '${type}' then (${value})::${cast} end)`;

/**
 * The expression of a field. For a list it is that of a GIN index (`data->'key' @> …`), which has no
 * order. Throws a TypeError for types without one (json, geo_point, component, blocks). The source is
 * the jsonb that holds the field's value: another table's column, or an object within the data.
 */
export function indexExpression(field: Field, source = 'data'): IndexExpression {
  const key = literal(field.key);
  const text = `${source}->>${key}`;
  switch (typeOf(field).indexKind(field)) {
    case 'text':
      return { expression: `((${text}) collate "und-x-icu")`, cast: 'text', method: 'btree' };
    case 'code':
      return { expression: `((${text}) collate "C")`, cast: 'text', method: 'btree' };
    case 'numeric':
      return {
        expression: guarded(`${source}->${key}`, 'number', 'numeric'),
        cast: 'numeric',
        method: 'btree',
      };
    case 'boolean':
      return {
        expression: guarded(`${source}->${key}`, 'boolean', 'boolean'),
        cast: 'boolean',
        method: 'btree',
      };
    case 'list':
      return { expression: `(${source}->${key}) jsonb_path_ops`, cast: 'text', method: 'gin' };
    case 'none':
      throw new TypeError(`A ${field.type} field has no index expression.`);
  }
}

/** What a list is sorted by: the very expression of the index. Throws a TypeError for lists. */
export function sortExpression(field: Field, source = 'data'): string {
  const { expression, method } = indexExpression(field, source);
  if (method === 'gin') throw new TypeError('A list has no order.');
  return expression;
}

/** A field's value as text, whatever its type; null where it is absent. */
export const textExpression = (field: Field, source: string): string =>
  `(${source}->>${literal(field.key)})`;

/** A list field's value as jsonb: what its GIN index is made over. */
export const listExpression = (field: Field, source: string): string =>
  `(${source}->${literal(field.key)})`;
