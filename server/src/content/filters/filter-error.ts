import type { ErrorDetail } from '@cms/contracts';
import { AppError } from '../../platform/errors/app-error.ts';

/** Names and values that were sent stand in refusals: no more than somebody reads. */
const MAX_MESSAGE = 500;

/** A refusal of a filter: the field, or the key, that is wrong and why. */
export function badFilter(field: string, reason: string, code = 'filter'): AppError {
  const message = reason.length > MAX_MESSAGE ? `${reason.slice(0, MAX_MESSAGE)}…` : reason;
  const detail: ErrorDetail = { field: field.slice(0, 200), message, code };
  return new AppError('INVALID_INPUT', message, { details: [detail] });
}
