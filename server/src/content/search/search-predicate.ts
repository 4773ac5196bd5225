import { mark } from '../fields/entry-words.ts';
import { quoteName } from '../../platform/db/sql.ts';
import { type Fragment, type Scope, sql } from '../expressions/index.ts';
import type { SearchText } from './search-text.ts';
import { type Breadth, type SearchedWords, searchedWords } from './searched-fields.ts';

/** A text as a parameter that PostgreSQL reads as a search, of words that stand so. */
export const tsquery = (text: string, { marked }: Pick<SearchedWords, 'marked'>): Fragment =>
  sql`to_tsquery('cms_search', ${() => (marked ? withMarks(text) : text)})`;

/** The same search of words with a mark and without. */
const withMarks = (text: string): string =>
  text.replaceAll(/'([^']*)'(:\*)?/g, (term, words: string, prefix = '') => {
    const others = words.split(' ').map((word) => `${mark}${word}`);
    return `(${term} | '${others.join(' ')}'${prefix})`;
  });

/**
 * What the index can say of a search: a row that is wanted has all of its words somewhere, perhaps where
 * the reader must not look; where it may look everywhere, that is all there is to say.
 */
export function mayMatch(table: string, search: SearchText, searched: SearchedWords): Fragment {
  const { query, broad } = search;
  if (searched.are !== 'made') return sql`${searched.words} @@ ${tsquery(query, searched)}`;
  // What this reader may read may be marked, since others must not.
  return broad === null ? ['true'] : sql`${table}.words @@ ${tsquery(broad, { marked: true })}`;
}

/**
 * A search as SQL over a row of the collection's partition: the index finds candidates, the fields that
 * the reader may read decide. A search without a word holds for nothing.
 */
export function searchPredicate(
  scope: Scope,
  search: SearchText | undefined,
  breadth: Breadth,
): Fragment {
  const searched = searchedWords(scope, breadth);
  if (!search || !searched) return ['false'];
  const found = mayMatch(quoteName(scope.collection.storage), search, searched);
  if (searched.are !== 'made') return found;
  return sql`(${found} and (${searched.words}) @@ ${tsquery(search.query, searched)})`;
}
