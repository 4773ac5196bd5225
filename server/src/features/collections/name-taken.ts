import { AppError } from '../../platform/errors/app-error.ts';

/** CONFLICT on the name where the database says it is taken; any other error stays as it is. */
export function nameTaken(error: unknown, name: string): unknown {
  if ((error as { constraint?: string }).constraint !== 'collections_name') return error;
  const message = `There is a collection "${name}" already (case does not matter).`;
  return new AppError('CONFLICT', message, {
    details: [{ field: 'name', message, code: 'unique' }],
  });
}
