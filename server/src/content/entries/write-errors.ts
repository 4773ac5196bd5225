import type { ErrorDetail } from '@cms/contracts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { quoteText } from '../../platform/db/sql.ts';
import type { CollectionCtx } from '../context.ts';
import type { Field } from '../fields/field.ts';
import { indexExpression } from '../fields/index-expression.ts';
import { indexName } from '../schema/partition.ts';
import type { NewEntry } from './insert.ts';
import { staleOr } from './run.ts';

interface DriverError {
  readonly code?: string;
  readonly constraint?: string;
}

type Attempt = Pick<NewEntry, 'data' | 'references' | 'prefix'>;

/** Turns what the database refused into what the caller can act on; other errors stay as they are. */
export async function explainWriteError(
  ctx: CollectionCtx,
  error: unknown,
  attempts: readonly Attempt[],
): Promise<unknown> {
  const { code, constraint } = error as DriverError;
  if (code === '23505') {
    if (constraint === `${ctx.collection.storage}_single`) return singletonExists();
    const field = ctx.collection.fields.find((each) => indexName(each) === constraint);
    return field ? taken(ctx, field, attempts) : error;
  }
  if (code === '23503' && constraint === 'entry_references_to') return missing(ctx, attempts);
  return staleOr(error);
}

const singletonExists = () =>
  new AppError('CONFLICT', 'This collection holds one entry and it exists; update that one.');

/**
 * Names every entry of the request whose value is taken, by another entry or by an earlier one of the
 * same request: asked once more, since the database tells of one at a time.
 */
async function taken(
  ctx: CollectionCtx,
  field: Field,
  attempts: readonly Attempt[],
): Promise<AppError> {
  const { expression, cast } = indexExpression(field);
  const values = attempts.map((attempt) => attempt.data[field.key]);
  const rows = await ctx.database.sql.rows<{ value: unknown }>(
    {
      text: `select data->${quoteText(field.key)} as value from ${ctx.collection.statements.table}
        where stage = 'current' and ${expression} = any($1::${cast}[])`,
    },
    [values.filter((value) => value !== undefined && value !== null).map(String)],
  );
  const stored = new Set(rows.map((row) => row.value));
  const message =
    field.message ?? `${field.label ?? field.name} must be unique; this value is taken.`;
  const details: ErrorDetail[] = [];
  for (const [index, value] of values.entries()) {
    if (value === undefined || value === null || !stored.has(value)) {
      stored.add(value);
      continue;
    }
    details.push({
      field: `${attempts[index]?.prefix ?? ''}${field.name}`,
      message,
      code: 'unique',
    });
  }
  // Whoever had the value may be gone by now, or the update's own row may be all that has it.
  if (details.length === 0)
    details.push({ field: `${attempts[0]?.prefix ?? ''}${field.name}`, message, code: 'unique' });
  return new AppError('CONFLICT', message, { details });
}

/** Asks which references point to nothing; by now there may be others than at the write. */
async function missing(ctx: CollectionCtx, attempts: readonly Attempt[]): Promise<AppError> {
  const ids = attempts.flatMap((attempt) => attempt.references.map((each) => each.entryId));
  const rows = await ctx.database.sql.rows<{ id: string; collection_id: string }>(
    {
      text: 'select id, collection_id from entries where id = any($1::text[]) and project_id = $2 and live',
    },
    [ids, ctx.project.id],
  );
  const found = new Map(rows.map((row) => [row.id, row.collection_id]));
  return invalid(
    attempts.flatMap((attempt) =>
      attempt.references
        .filter((reference) => found.get(reference.entryId) !== reference.collection)
        .map((reference) => ({
          field: `${attempt.prefix}${reference.path}`,
          message: `There is no entry ${reference.entryId} in the collection this refers to.`,
          code: 'reference',
        })),
    ),
  );
}
