import { openRows } from '../../entries/read.ts';
import { type Fragment, joined, sql } from '../../expressions/index.ts';
import type { SearchTarget } from '../engine.ts';
import { sumOf } from '../read-query.ts';
import { mayMatch, tsquery } from '../search-predicate.ts';
import type { SearchText } from '../search-text.ts';
import { searchedFields, searchedWords } from '../searched-fields.ts';

/**
 * The most entries of a collection that are ranked and counted: the newest. Making the words of one takes
 * about 0.1 ms a kilobyte, which bounds what a search for a word of all entries costs.
 */
export const MAX_RANKED = 2000;

/** What a title's, a text's, another field's words are worth, from D to A. */
const weights = '{0.1, 0.2, 0.4, 1.0}';

/**
 * The entries of a collection that have the words, as `entry_id` and `score`. The words that the reader
 * may search are made for what the index found, once for a row, and for no more rows than are ranked.
 * Undefined where the reader has no field to search, or the search no word.
 */
export function rankedEntries(target: SearchTarget, text: SearchText | null): Fragment | undefined {
  const { ctx, scope, boosts } = target;
  if (text?.query === '') return undefined;
  const { table } = ctx.collection.statements;
  const boost = sumOf(boosts);
  if (!text)
    return sql`select entry_id, ${boost}::float8 as score from ${open(target, [])} limit ${most}`;
  const words = searchedWords(searchedFields(scope, 'texts'));
  if (!words) return undefined;
  const query = tsquery(text.query);
  const wanted = text.broad === null ? query : tsquery(text.broad);
  return sql`select entry_id, ts_rank_cd('${weights}', words, ${wanted}, 1) + ${boost} as score from ${open(target, [mayMatch(table, text)])} cross join lateral (select ${words} as words offset 0) as searched where words @@ ${query} limit ${most}`;
}

const most = String(MAX_RANKED);

/** The rows that are open to the caller and meet the conditions, the newest first, under the partition's name. */
export function open({ ctx, conditions }: SearchTarget, more: readonly Fragment[]): Fragment {
  const { table } = ctx.collection.statements;
  const where = joined(
    [openRows(ctx, undefined), ...conditions.map(({ fragment }) => fragment), ...more],
    ' and ',
  );
  return sql`(select * from ${table} where ${where} order by entry_id desc) as ${table}`;
}
