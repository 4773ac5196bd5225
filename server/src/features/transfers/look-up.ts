import type { Ctx } from '../../content/context.ts';
import type { LookupColumn } from './columns.ts';
import { idsByValue } from './ids-by-value.ts';
import { openTarget } from './open-target.ts';
import type { Row } from './row.ts';
import { problem } from './unreadable.ts';

/**
 * The rows with the ids of the relations that they name by another field: one statement a column. An
 * entry that the caller may not see is as good as none.
 */
export async function lookUp(ctx: Ctx, rows: readonly Row[]): Promise<readonly Row[]> {
  const columns = new Set(rows.flatMap(({ lookups }) => lookups.map(({ column }) => column)));
  if (columns.size === 0) return rows;
  const found = new Map<LookupColumn, ReadonlyMap<unknown, string>>();
  for (const column of columns) found.set(column, await idsOf(ctx, column, rows));
  return rows.map((row) => (row.lookups.length === 0 ? row : withIds(row, found)));
}

async function idsOf(ctx: Ctx, column: LookupColumn, rows: readonly Row[]) {
  const { target, by } = column;
  const access = openTarget(ctx, target);
  if (!access) return new Map<unknown, string>();
  const values = rows.flatMap(({ lookups }) =>
    lookups.flatMap((each) => (each.column === column ? each.values : [])),
  );
  return idsByValue(ctx, target, by, values, access);
}

function withIds(row: Row, found: ReadonlyMap<LookupColumn, ReadonlyMap<unknown, string>>): Row {
  const data = { ...row.data };
  const problems = [...row.problems];
  for (const { column, values } of row.lookups) {
    const { field, by, target } = column;
    const ids = values.map((value) => found.get(column)?.get(value));
    data[field.name] = field.options.multiple ? ids : ids[0];
    for (const [at, id] of ids.entries())
      if (id === undefined)
        problems.push(
          problem(
            `${field.name}.${by.name}`,
            'reference',
            `There is no entry in ${target.name} whose ${by.name} is ${shown(values[at])}.`,
          ),
        );
  }
  return { ...row, data, problems, lookups: [] };
}

const shown = (value: unknown): string =>
  JSON.stringify(value).slice(0, 100).toWellFormed().replaceAll('\u0000', '\uFFFD');
