import { type Aggregates, type Filter, MAX_GROUPS } from '@cms/contracts';
import type { CollectionCtx } from '../context.ts';
import { openRows } from '../entries/read.ts';
import { runOnPartition } from '../entries/run.ts';
import { type Fragment, joined, numbered, sql } from '../expressions/index.ts';
import { compileFilter, readerScope } from '../filters/compile-filter.ts';
import { badAggregate } from './bad-aggregate.ts';
import { type GroupKey, readGroups } from './read-groups.ts';
import { readHaving } from './read-having.ts';
import { type AggregateInput, type Measure, readMeasures } from './read-measures.ts';

export interface AggregateQuery {
  readonly aggregate?: AggregateInput | undefined;
  readonly group_by?: string | readonly string[] | undefined;
  readonly having?: unknown;
  readonly filter?: Filter | undefined;
}

/**
 * Numbers about the entries that a list would show to the caller, by one statement. Throws
 * INVALID_INPUT that names the field for what is unknown or of the wrong kind, and for too many groups.
 */
export async function aggregateEntries(
  ctx: CollectionCtx,
  query: AggregateQuery,
): Promise<Aggregates> {
  const scope = await readerScope(ctx);
  const groups = readGroups(scope, query.group_by);
  const measures = readMeasures(scope, query.aggregate);
  const filter =
    query.filter === undefined ? undefined : compileFilter(ctx, scope, query.filter).fragment;
  const { text, values } = numbered(
    statementOf(ctx, { groups, measures, filter, having: readHaving(scope, query.having) }),
  );
  const rows = await runOnPartition<{ row: string }>(ctx, { text }, values);
  if (rows.length > MAX_GROUPS)
    throw badAggregate(
      'group_by',
      `There are more than ${MAX_GROUPS} groups; filter, choose by having, or group more coarsely.`,
    );
  return { items: rows.map(({ row }) => itemOf(groups, measures, JSON.parse(row) as unknown[])) };
}

interface Parts {
  readonly groups: readonly GroupKey[];
  readonly measures: readonly Measure[];
  readonly filter: Fragment | undefined;
  readonly having: readonly Fragment[];
}

function statementOf(ctx: CollectionCtx, { groups, measures, filter, having }: Parts): Fragment {
  const { table } = ctx.collection.statements;
  const columns = [...groups, ...measures].map(({ value }, at) => sql`${value} as c${String(at)}`);
  const names = columns.map((_, at) => `c${at}`);
  const keys = groups.map((_, at) => String(at + 1)).join(', ');
  const grouped = sql`select ${joined(columns, ', ')} from ${table} where ${openRows(ctx, filter)}${
    groups.length === 0 ? '' : ` group by ${keys}`
  }${having.length === 0 ? [] : sql` having ${joined(having, ' and ')}`}`;
  // Nulls last, and whatever the number of groups, the reader is told of too many.
  const order = groups.length === 0 ? '' : ` order by ${keys}`;
  return sql`select json_build_array(${names.join(', ')})::text as row from (${grouped}${order} limit ${() => MAX_GROUPS + 1}) as grouped`;
}

type Item = Aggregates['items'][number];

function itemOf(
  groups: readonly GroupKey[],
  measures: readonly Measure[],
  row: readonly unknown[],
): Item {
  const group = Object.fromEntries(groups.map(({ name }, at) => [name, row[at]]));
  const item: Record<string, unknown> = { group };
  for (const [at, { of, field }] of measures.entries()) {
    const value = row[groups.length + at];
    if (field === undefined) item[of] = value;
    else item[of] = { ...(item[of] as object | undefined), [field]: value };
  }
  return item as Item;
}
