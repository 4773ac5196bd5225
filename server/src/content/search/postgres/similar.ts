import { type Fragment, joined, sql } from '../../expressions/index.ts';
import { textExpression } from '../../fields/index-expression.ts';
import type { SearchTarget } from '../engine.ts';
import type { SearchText } from '../search-text.ts';
import { searchedFields } from '../searched-fields.ts';
import { open } from './ranked.ts';

/** Similar words are looked for in so many of the newest entries, in the start of short texts. */
const MAX_COMPARED = '5000';
const MAX_FIELDS = 4;
const MAX_CHARACTERS = '200';
const MAX_WORDS = 6;
/** How many of its three-letter parts a word has in common with the most similar one in a text. */
const LEAST_SIMILARITY = '0.4';

const short: ReadonlySet<string> = new Set(['text', 'slug', 'email']);

/**
 * The entries with words that are spelled much like those that are wanted, as `entry_id` and `score`:
 * trigrams of their short texts, without an index, which would cost every write more than it is worth.
 */
export function similarEntries(target: SearchTarget, { words }: SearchText): Fragment | undefined {
  const { table, title, texts } = searchedFields(target.scope, 'texts');
  const fields = [...(title ? [title] : []), ...texts]
    .filter(({ type }) => short.has(type))
    .slice(0, MAX_FIELDS);
  if (fields.length === 0 || words.length === 0) return undefined;
  const starts = fields.map(
    (field) => `left(${textExpression(field, `${table}.data`)}, ${MAX_CHARACTERS})`,
  );
  const text = `unaccent(cms_words(concat_ws(' ', ${starts.join(', ')})))`;
  const each = words
    .slice(0, MAX_WORDS)
    .map((word) => sql`word_similarity(unaccent(${() => word.text}::text), compared)`);
  return sql`select entry_id, similarity as score from (${open(target, [])} limit ${MAX_COMPARED}) as ${table} cross join lateral (select ${text} as compared offset 0) as texts cross join lateral (select least(${joined(each, ', ')}) as similarity offset 0) as similarities where similarity >= ${LEAST_SIMILARITY}`;
}
