import type { ErrorDetail } from '@cms/contracts';
import { AppError } from '../../platform/errors/app-error.ts';

/** A refusal of a filter: the field, or the key, that is wrong and why. */
export function badFilter(field: string, message: string, code = 'filter'): AppError {
  const detail: ErrorDetail = { field: field.slice(0, 200), message, code };
  return new AppError('INVALID_INPUT', message, { details: [detail] });
}
