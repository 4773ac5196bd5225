import type { ErrorDetail } from '@cms/contracts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import type { CollectionCtx } from '../context.ts';
import type { Field } from '../fields/field.ts';
import { indexName } from '../schema/partition.ts';
import type { NewEntry } from './insert.ts';
import { staleOr } from './run.ts';

interface DriverError {
  readonly code?: string;
  readonly constraint?: string;
  readonly detail?: string;
}

type Attempt = Pick<NewEntry, 'data' | 'references' | 'prefix'>;

/** Turns what the database refused into what the caller can act on; other errors stay as they are. */
export async function explainWriteError(
  ctx: CollectionCtx,
  error: unknown,
  attempts: readonly Attempt[],
): Promise<unknown> {
  const { code, constraint, detail } = error as DriverError;
  if (code === '23505') {
    if (constraint === `${ctx.collection.storage}_single`) return singletonExists();
    const field = ctx.collection.fields.find((each) => indexName(each) === constraint);
    return field ? taken(field, attempts, detail) : error;
  }
  if (code === '23503' && constraint === 'entry_references_to') return missing(ctx, attempts);
  return staleOr(error);
}

const singletonExists = () =>
  new AppError('CONFLICT', 'This collection holds one entry and it exists; update that one.');

/** Several entries of one request may be at fault: those are named that share a value, or all that
 * hold the one that the database names. */
function taken(field: Field, attempts: readonly Attempt[], detail = ''): AppError {
  const message = field.message ?? `${field.label ?? field.name} must be unique; this value is taken.`;
  const values = attempts.map((attempt) => attempt.data[field.key]);
  const named = values.flatMap((value, index) =>
    typeof value === 'string' && detail.includes(`=(${value})`) ? [index] : [],
  );
  const repeated = values.flatMap((value, index) =>
    value !== undefined && value !== null && values.indexOf(value) !== index ? [index] : [],
  );
  const positions = named.length > 0 ? named : repeated.length > 0 ? repeated : values.map((_, i) => i);
  const details: ErrorDetail[] = positions.map((index) => ({
    field: `${attempts[index]?.prefix ?? ''}${field.name}`,
    message,
    code: 'unique',
  }));
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
