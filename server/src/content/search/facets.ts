import { openRows } from '../entries/read.ts';
import { runOnPartition } from '../entries/run.ts';
import { type Fragment, joined, numbered, type Scope, sql } from '../expressions/index.ts';
import { listExpression, textExpression } from '../fields/index-expression.ts';
import type { SearchTarget } from './engine.ts';
import { badSearch } from './search-text.ts';

/** How many entries have which value, by field; of many values, the most frequent. */
export type Facets = Readonly<Record<string, Readonly<Record<string, number>>>>;

const MAX_VALUES = '100';
const countable: ReadonlySet<string> = new Set(['select', 'bool', 'relation']);

interface FacetRow {
  readonly facet: number;
  readonly value: string;
  readonly count: string;
}

/** Counts the values of fields over all entries that meet conditions, in one statement. */
export async function countFacets(
  { ctx, scope, conditions }: SearchTarget,
  words: Fragment | undefined,
  names: readonly string[],
): Promise<Facets> {
  const { table } = ctx.collection.statements;
  const columns = names.map((name, at) => sql`${facetSql(scope, table, name)} as f${String(at)}`);
  const where = joined(
    [
      openRows(ctx, undefined),
      ...conditions.map(({ fragment }) => fragment),
      ...(words ? [words] : []),
    ],
    ' and ',
  );
  const counts = names.map(
    (_, at) =>
      sql`(select ${String(at)} as facet, value, count(*) as count from found, jsonb_array_elements_text(case jsonb_typeof(f${String(at)}) when 'array' then f${String(at)} when 'null' then '[]' else jsonb_build_array(f${String(at)}) end) as value group by value order by count(*) desc, value limit ${MAX_VALUES})`,
  );
  const { text, values } = numbered(
    sql`with found as materialized (select ${joined(columns, ', ')} from ${table} where ${where}) select * from (${joined(counts, ' union all ')}) as counts order by facet, count desc, value`,
  );
  const rows = await runOnPartition<FacetRow>(ctx, { text }, values);
  return Object.fromEntries(
    names.map((name, at) => {
      const own = rows.filter(({ facet, value }) => facet === at && value !== null);
      return [name, Object.fromEntries(own.map(({ value, count }) => [value, Number(count)]))];
    }),
  );
}

/** A facet's value as jsonb. Throws INVALID_INPUT for what has too many values to count, or is not there. */
function facetSql(scope: Scope, table: string, name: string): Fragment {
  const field = scope.collection.fields.find(
    (each) => each.name === name && (scope.reads?.(scope.collection, each) ?? true),
  );
  if (!field && (name === 'status' || name === 'sys.status')) return [`to_jsonb(${table}.status)`];
  if (!field || !countable.has(field.type))
    throw badSearch(
      'facets',
      `"${name.slice(0, 100)}" has no facets: status, select, bool and relation fields have.`,
    );
  const source = `${table}.data`;
  return [
    field.type === 'bool'
      ? `to_jsonb(${textExpression(field, source)})`
      : listExpression(field, source),
  ];
}
