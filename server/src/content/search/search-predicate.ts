import { type Fragment, type Scope, sql } from '../expressions/index.ts';
import type { SearchText } from './search-text.ts';
import { type Breadth, indexedWords, searchedFields, searchedWords } from './searched-fields.ts';

/** A text as a parameter that PostgreSQL reads as a search. */
export const tsquery = (text: string): Fragment => sql`to_tsquery('cms_search', ${() => text})`;

/**
 * What the index can say of a search: a row that is wanted has all of its words somewhere, perhaps where
 * the reader must not look.
 */
export const mayMatch = (table: string, { broad }: SearchText): Fragment =>
  broad === null ? ['true'] : sql`${indexedWords(table)} @@ ${tsquery(broad)}`;

/**
 * A search as SQL over a row of the collection's partition: the index finds candidates, the fields that
 * the reader may read decide. A search without a word holds for nothing.
 */
export function searchPredicate(
  scope: Scope,
  search: SearchText | undefined,
  breadth: Breadth,
): Fragment {
  const fields = searchedFields(scope, breadth);
  const searched = searchedWords(fields);
  if (!search || !searched) return ['false'];
  return sql`(${mayMatch(fields.table, search)} and (${searched}) @@ ${tsquery(search.query)})`;
}
