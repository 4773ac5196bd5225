import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { quoteText, type Sql } from '../../platform/db/sql.ts';
import type { CollectionCtx } from '../context.ts';
import type { Field } from '../fields/field.ts';
import { indexExpression } from '../fields/index-expression.ts';
import { indexName } from '../schema/partition.ts';
import type { NewEntry } from './insert.ts';
import { ItemsRefused } from './items-refused.ts';
import { staleOr } from './run.ts';

interface DriverError {
  readonly code?: string;
  readonly constraint?: string;
}

/** An entry that was to be written, new or changed. */
type Attempt = Pick<NewEntry, 'id' | 'data' | 'references'>;
type Explain = (sql: Sql) => Promise<ReadonlyMap<number, AppError>>;

/**
 * The database refused a write, and told of one mistake where there may be many. Which items are at
 * fault has to be asked for, which a failed transaction can't: so whoever undoes the write explains it.
 */
export class RefusedWrite extends Error {
  readonly #explain: Explain;

  constructor(cause: unknown, explain: Explain) {
    super('The database refused a write.', { cause });
    this.name = 'RefusedWrite';
    this.#explain = explain;
  }

  /** Asks for the items at fault, by where the write no longer stands. */
  async explain(sql: Sql): Promise<ItemsRefused> {
    return new ItemsRefused(await this.#explain(sql));
  }
}

/** The error itself, unless it is a refused write: that one once it is explained. */
export const explained = async (sql: Sql, error: unknown): Promise<unknown> =>
  error instanceof RefusedWrite ? error.explain(sql) : error;

/** Tells what the caller can act on among what the database threw; other errors stay as they are. */
export function refusedWrite(
  ctx: CollectionCtx,
  error: unknown,
  attempts: readonly Attempt[],
): unknown {
  const { code, constraint } = error as DriverError;
  if (code === '23505') {
    if (constraint === `${ctx.collection.storage}_single`)
      return new RefusedWrite(error, (sql) => singletonExists(ctx, sql, attempts));
    const field = ctx.collection.fields.find((each) => indexName(each) === constraint);
    return field ? new RefusedWrite(error, (sql) => taken(ctx, sql, field, attempts)) : error;
  }
  if (code === '23503' && constraint === 'entry_references_to')
    return new RefusedWrite(error, (sql) => missing(ctx, sql, attempts));
  return staleOr(error);
}

/** All of them are at fault where there is an entry, else all but the first. */
async function singletonExists(
  ctx: CollectionCtx,
  sql: Sql,
  attempts: readonly Attempt[],
): ReturnType<Explain> {
  const text = `select 1 from ${ctx.collection.statements.table} where stage = 'current' limit 1`;
  const stored = await sql.rows({ text }, []);
  const first = stored.length === 0 && attempts.length > 1 ? 1 : 0;
  const message = 'This collection holds one entry and it exists; update that one.';
  const positions = [...attempts.keys()].slice(first);
  return new Map(positions.map((at) => [at, new AppError('CONFLICT', message)]));
}

/**
 * Refuses every item whose value is taken, by another entry or by an earlier item: asked once more,
 * since the database tells of one at a time.
 */
async function taken(
  ctx: CollectionCtx,
  sql: Sql,
  field: Field,
  attempts: readonly Attempt[],
): ReturnType<Explain> {
  const { expression, cast } = indexExpression(field);
  const values = attempts.map((attempt) => attempt.data[field.key] ?? null);
  const rows = await sql.rows<{ entry_id: string; value: unknown }>(
    {
      text: `select entry_id, data->${quoteText(field.key)} as value from ${ctx.collection.statements.table}
        where stage = 'current' and ${expression} = any($1::${cast}[])`,
    },
    [values.filter((value) => value !== null).map(String)],
  );
  const holders = new Map(rows.map((row) => [row.value, row.entry_id]));
  const message =
    field.message ?? `${field.label ?? field.name} must be unique; this value is taken.`;
  const positions: number[] = [];
  for (const [at, { id }] of attempts.entries()) {
    const value = values[at];
    if (value === null) continue;
    if ((holders.get(value) ?? id) !== id) positions.push(at);
    else holders.set(value, id);
  }
  // Whoever had the value may be gone by now.
  const guilty =
    positions.length > 0
      ? positions
      : [
          Math.max(
            0,
            values.findIndex((value) => value !== null),
          ),
        ];
  return new Map(
    guilty.map((at) => [
      at,
      new AppError('CONFLICT', message, {
        details: [{ field: field.name, message, code: 'unique' }],
      }),
    ]),
  );
}

/** Asks which references point to nothing; by now there may be others than at the write. */
async function missing(
  ctx: CollectionCtx,
  sql: Sql,
  attempts: readonly Attempt[],
): ReturnType<Explain> {
  const ids = attempts.flatMap((attempt) => attempt.references.map((each) => each.entryId));
  const rows = await sql.rows<{ id: string; collection_id: string }>(
    {
      text: 'select id, collection_id from entries where id = any($1::text[]) and project_id = $2 and live',
    },
    [ids, ctx.project.id],
  );
  const found = new Map(rows.map((row) => [row.id, row.collection_id]));
  // What is made by the same request is there once it is written.
  const own = new Set(attempts.map((attempt) => attempt.id));
  const failures = new Map<number, AppError>();
  for (const [at, { references }] of attempts.entries()) {
    const details = references
      .filter(({ entryId, collection }) =>
        own.has(entryId) ? collection !== ctx.collection.id : found.get(entryId) !== collection,
      )
      .map(({ path, entryId }) => ({
        field: path,
        message: `There is no entry ${entryId} in the collection this refers to.`,
        code: 'reference',
      }));
    if (details.length > 0) failures.set(at, invalid(details));
  }
  if (failures.size === 0)
    failures.set(
      Math.max(
        0,
        attempts.findIndex(({ references }) => references.length > 0),
      ),
      new AppError('CONFLICT', 'An entry that this refers to was just deleted; try again.'),
    );
  return failures;
}
