import { openRows } from '../../entries/read.ts';
import { type Fragment, joined, sql } from '../../expressions/index.ts';
import type { SearchTarget } from '../engine.ts';
import { sumOf } from '../read-query.ts';
import { mayMatch, tsquery } from '../search-predicate.ts';
import type { SearchText } from '../search-text.ts';
import { searchedWords } from '../searched-fields.ts';

/**
 * The most entries of a collection that are ranked and counted: the newest. Ranking one takes some
 * microseconds, which bounds what a search for a word of all entries costs.
 */
export const MAX_RANKED = 1000;

/** What a title's, a text's, another field's words are worth, from D to A. */
const weights = '{0.1, 0.2, 0.4, 1.0}';

/**
 * The entries of a collection that have the words, as `entry_id` and `score`, by the words that are stored
 * with them. For a reader of other fields than everybody's its words are made for what the index found, once
 * for a row, and for no more rows than are ranked. Undefined where the reader has no field to search, or the
 * search no word.
 */
export function rankedEntries(target: SearchTarget, text: SearchText | null): Fragment | undefined {
  const { ctx, scope, boosts } = target;
  if (text?.query === '') return undefined;
  const { table } = ctx.collection.statements;
  const boost = sumOf(boosts);
  if (!text)
    return sql`select entry_id, ${boost}::float8 as score from ${newest(table, open(target, []))}`;
  const searched = searchedWords(scope, 'texts');
  if (!searched) return undefined;
  const query = tsquery(text.query, searched);
  const wanted = text.broad === null ? query : tsquery(text.broad, searched);
  const score = (words: string) =>
    sql`ts_rank_cd('${weights}', ${words}, ${wanted}, 1) + ${boost} as score`;
  const found = open(target, [mayMatch(table, text, searched)]);
  if (searched.are !== 'made')
    return sql`select entry_id, ${score('words')} from ${newest(table, found)}`;
  return sql`select entry_id, ${score('made')} from (${found}) as ${table} cross join lateral (select ${searched.words} as made offset 0) as searched where made @@ ${query} limit ${most}`;
}

const most = String(MAX_RANKED);

const newest = (table: string, rows: Fragment): Fragment =>
  sql`(${rows} limit ${most}) as ${table}`;

/** The rows that are open to the caller and meet the conditions, the newest first. */
export function open({ ctx, conditions }: SearchTarget, more: readonly Fragment[]): Fragment {
  const { table } = ctx.collection.statements;
  const where = joined(
    [openRows(ctx, undefined), ...conditions.map(({ fragment }) => fragment), ...more],
    ' and ',
  );
  return sql`select * from ${table} where ${where} order by entry_id desc`;
}
