import { MAX_INCLUDED } from '@cms/contracts';
import { type Fragment, joined, sql } from '../expressions/index.ts';
import { listExpression, textExpression } from '../fields/index-expression.ts';
import type { FieldOf } from '../fields/field.ts';
import { type EntryRow, rowColumns } from './row.ts';
import type { KeyColumn } from './scan.ts';

/** Entries that are read in the same statement as those whose relations lead to them. */
export interface Beside {
  readonly collectionId: string;
  /** Name of their partition, quoted. */
  readonly table: string;
  /** Which of its rows are open to the caller. */
  readonly open: Fragment;
  readonly relations: readonly FieldOf<'relation'>[];
}

/** A row of a window or beside it. */
export interface PartRow extends EntryRow {
  /** The place in the window, from 1; below 0 for what is beside it, -1 for the first of that, and so on. */
  readonly nth: number;
}

/** Names of the columns that hold where the relations of a row lead. */
const linkNames = (beside: readonly Beside[]): readonly string[] =>
  beside.flatMap(({ relations }) => relations).map((_, index) => `r${index}`);

/** Those columns, over a row of the partition, for a window to have. */
export const linkColumns = (beside: readonly Beside[], table: string): Fragment =>
  beside
    .flatMap(({ relations }) => relations)
    .map((field, index) => {
      const source = `${table}.data`;
      const link = field.options.multiple
        ? listExpression(field, source)
        : textExpression(field, source);
      return `, ${link} as r${index}`;
    });

/**
 * A window and what its rows lead to as one statement, which saves the way there and back. Of each
 * collection no more come along than may be, and one to know of more.
 */
export function withBeside(
  window: Fragment,
  beside: readonly Beside[],
  keys: readonly KeyColumn[],
): Fragment {
  const own = ['', rowColumns.replace('data::text as data', 'data'), ...keys].join(', ').slice(2);
  const names = linkNames(beside);
  let next = 0;
  const parts = beside.map(({ collectionId, table, open, relations }, index) => {
    const ids = relations.map((field) => idsIn(names[next++] as string, field));
    const nulls = keys.map((key) => `, null as ${key}`).join('');
    return sql`select ${String(-1 - index)} as nth, e.*${nulls} from (select distinct id from (${ids.join(' union all ')}) as ids) as asked cross join lateral (select ${rowColumns} from ${table} where ${open} and ${lookedUp(table, collectionId)} offset 0) as e`;
  });
  const limited = parts.map((part) => sql`(${part} limit ${String(MAX_INCLUDED + 1)})`);
  return sql`with page as materialized (${window}) select (row_number() over ())::int as nth, ${own} from page union all ${joined(limited, ' union all ')}`;
}

/**
 * A row that is looked up by its id, by all columns of the primary key: with fewer the planner may take an
 * index on the moments of writing and skip through it.
 */
export const lookedUp = (table: string, collectionId: string): Fragment =>
  sql`${table}.entry_id = asked.id and ${table}.collection_id = ${() => collectionId}`;

const idsIn = (name: string, { options }: FieldOf<'relation'>): string =>
  options.multiple
    ? `select jsonb_array_elements_text(case jsonb_typeof(${name}) when 'array' then ${name} else '[]'::jsonb end) as id from page`
    : `select ${name} as id from page where ${name} is not null`;

/** The rows of such a statement: those of the window in their order, and the others by collection. */
export function inParts<Row extends PartRow>(
  rows: readonly Row[],
  beside: readonly Beside[],
): [window: Row[], others: Map<string, EntryRow[]>] {
  const window: Row[] = [];
  const others: Row[][] = beside.map(() => []);
  for (const row of rows) {
    if (row.nth > 0) window[row.nth - 1] = row;
    else others[-1 - row.nth]?.push(row);
  }
  return [
    window,
    new Map(beside.map(({ collectionId }, index) => [collectionId, others[index] ?? []])),
  ];
}
