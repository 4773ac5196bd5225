import type { EntryRow } from '../../entries/row.ts';
import { rowColumns } from '../../entries/row.ts';
import { runOnPartition } from '../../entries/run.ts';
import { type Fragment, joined, numbered, sql } from '../../expressions/index.ts';
import type {
  Likeness,
  SearchEngine,
  SearchHit,
  SearchRequest,
  SearchResult,
  SearchTarget,
} from '../engine.ts';
import { searchPredicate } from '../search-predicate.ts';
import { rankedEntries } from './ranked.ts';
import { similarEntries } from './similar.ts';

/**
 * Search in PostgreSQL itself: what is written is found at once, as it is written in the same
 * transaction. One statement however many collections there are, and another one where nothing is found.
 */
export const postgresEngine: SearchEngine = {
  search: async (targets, request) => {
    const { text } = request;
    const exact = await foundEntries(targets, request, (target) => rankedEntries(target, text));
    if (exact.total > 0 || !text) return { ...exact, similar: false, typos: false };
    const candidatesOf = (target: SearchTarget) => similarEntries(target, text);
    const similar = await foundEntries(targets, request, candidatesOf);
    if (similar.total === 0) return { ...similar, similar: false, typos: false };
    return { ...similar, similar: true, typos: false, otherwise: among(candidatesOf) };
  },
  matching: async ({ scope }, { text, breadth }) => ({
    condition: searchPredicate(scope, text, breadth),
    typos: false,
  }),
};

/** Whether an entry is among some candidates. */
const among =
  (candidatesOf: (target: SearchTarget) => Fragment | undefined) =>
  (target: SearchTarget): Fragment | undefined => {
    const candidates = candidatesOf(target);
    const { table } = target.ctx.collection.statements;
    return candidates && sql`${table}.entry_id in (select c.entry_id from (${candidates}) as c)`;
  };

interface FoundRow extends EntryRow {
  readonly total: string;
  readonly target: number;
  readonly score: string | number;
}

/** Ranks the candidates of all targets together, and reads the rows of the page alone. */
export async function foundEntries(
  targets: readonly SearchTarget[],
  { limit, offset }: SearchRequest,
  candidatesOf: (target: SearchTarget) => Fragment | undefined,
): Promise<Omit<SearchResult, keyof Likeness>> {
  const searched = targets.flatMap((target) => {
    const candidates = candidatesOf(target);
    return candidates ? [{ target, candidates }] : [];
  });
  const [first] = searched;
  if (!first) return { hits: [], total: 0 };
  const each = searched.map(
    ({ candidates }, at) =>
      sql`select ${String(at)} as target, entry_id, score from (${candidates}) as c`,
  );
  const all = joined(each, ' union all ');
  const rows = searched.map(({ target: { ctx } }, at) => {
    const { table } = ctx.collection.statements;
    return sql`select ${rowColumns} from ${table} where page.target = ${String(at)} and stage = 'current' and entry_id = page.entry_id and project_id = ${() => ctx.project.id}`;
  });
  const run = <Row extends object>(fragment: Fragment): Promise<Row[]> => {
    const { text, values } = numbered(fragment);
    // Planned for these very words: of frequent ones the newest entries are looked through, of others the index.
    return runOnPartition<Row>(first.target.ctx, { text }, values);
  };
  const read = await run<FoundRow>(
    sql`select page.target, page.score, page.total, e.* from (select *, count(*) over () as total from (${all}) as found order by score desc, entry_id desc limit ${() => limit} offset ${() => offset}) as page join lateral (${joined(rows, ' union all ')}) as e on true order by page.score desc, page.entry_id desc`,
  );
  const hits = read.flatMap((row): SearchHit[] => {
    const target = searched[row.target]?.target;
    return target ? [{ target, row, score: rounded(row.score) }] : [];
  });
  // Behind the last page no row tells how many there are.
  const [counted] =
    read.length > 0 || offset === 0
      ? read
      : await run<{ total: string }>(sql`select count(*) as total from (${all}) as found`);
  return { hits, total: Number(counted?.total ?? 0) };
}

const rounded = (score: string | number): number => Number(Number(score).toFixed(6));
