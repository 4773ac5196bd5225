import type { BatchOperation } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { type Opened, openCollection } from '../../content/policy/open-collection.ts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { refusalAt } from '../entries/index.ts';

/** No more are looked for: each unknown name costs a question to the database. */
const MAX_FAILURES = 20;

/**
 * Opens the collection of each operation to the caller, as for that operation alone. Throws
 * UNAUTHORIZED or FORBIDDEN, VALIDATION_ERROR for collections that there are not, COLLECTION_ARCHIVED
 * or PROJECT_ARCHIVED, with the operations that it is about.
 */
export async function openOperations(
  ctx: Ctx,
  operations: readonly BatchOperation[],
): Promise<Opened[]> {
  const known = new Map<string, Promise<Opened | AppError>>();
  const opened: Opened[] = [];
  const failures = new Map<number, AppError>();
  for (const [index, { op, collection }] of operations.entries()) {
    const key = `${op} ${collection}`;
    const opening = known.get(key) ?? open(ctx, op, collection);
    known.set(key, opening);
    const result = await opening;
    if (result instanceof AppError) failures.set(index, result);
    else opened.push(result);
    if (failures.size === MAX_FAILURES) break;
  }
  if (failures.size === 0) return opened;
  throw refusalAt(failures, (index) => {
    const field = `operations.${index}.collection`;
    return { item: field, id: field, field: () => field };
  });
}

async function open(ctx: Ctx, action: BatchOperation['op'], collection: string) {
  try {
    return await openCollection(ctx, collection, {
      permission: 'content:write',
      action,
      writes: true,
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'NOT_FOUND' ? invalid([unknownCollection(collection)]) : error;
  }
}

const unknownCollection = (name: string) => ({
  field: 'collection',
  message: `There is no collection "${name}".`,
  code: 'not_found',
});
