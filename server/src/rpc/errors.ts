import {
  type Contract,
  type ErrorCode,
  type ErrorDetail,
  errorTable,
  placeOf,
} from '@cms/contracts';
import { TRPCError } from '@trpc/server';
import type { z } from 'zod';
import { isPoolTimeout, LOCKED, STOPPED } from '../platform/db/time-limits.ts';
import { AppError, notFound } from '../platform/errors/app-error.ts';

/** Issues of a zod error as details, with dotted paths. */
export const detailsOf = (error: z.core.$ZodError): ErrorDetail[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        field: path ? `${path}.${key}` : key,
        ...unknownKey(key),
      }));
    return [{ field: path, message: `${issue.message}.`.replace(/\.\.$/, '.'), code: issue.code }];
  });

/** An input that its contract refuses: 404 in the path, 400 in the query string, 422 in the body. */
export const refusedInput = (contract: Contract, error: z.core.$ZodError): AppError =>
  refusedFields(contract, detailsOf(error));

/** The same for a key that no contract can have. */
export const refusedKey = (contract: Contract, field: string): AppError =>
  refusedFields(contract, [{ field, ...unknownKey('__proto__') }]);

/** The same for a text with NUL in it, which is only found out when it is to be stored. */
export const refusedText = (contract: Contract, field: string): AppError =>
  refusedFields(contract, [
    { field, message: 'This text holds NUL, which cannot be stored.', code: 'invalid_text' },
  ]);

const unknownKey = (key: string) => ({
  message: `There is no "${key}" here; remove it or check its spelling.`,
  code: 'unknown_field',
});

function refusedFields(contract: Contract, details: readonly ErrorDetail[]): AppError {
  const places = details.map((detail) => placeOf(contract, detail.field.split('.')[0] ?? ''));
  if (places.includes('path')) return notFound();
  const code: ErrorCode = places.includes('query') ? 'INVALID_INPUT' : 'VALIDATION_ERROR';
  return new AppError(code, code === 'INVALID_INPUT' ? details[0]?.message : undefined, {
    details,
  });
}

/** The refusal in any error that was thrown; what is unexpected is masked, with its cause for the log. */
export function appErrorOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TRPCError) {
    if (error.cause instanceof AppError) return error.cause;
    const known = fromTransport(error);
    if (known) return known;
  }
  const code = String((error as { code?: string }).code);
  if (code === STOPPED) return new AppError('QUERY_TOO_SLOW', undefined, { cause: error });
  if (code === LOCKED)
    return new AppError('SERVICE_UNAVAILABLE', 'Others are changing this; try again soon.', {
      cause: error,
      headers: { 'Retry-After': '2' },
    });
  if (unavailable.has(code) || isPoolTimeout(error))
    return new AppError('SERVICE_UNAVAILABLE', undefined, { cause: error });
  return new AppError('INTERNAL_SERVER_ERROR', undefined, {
    cause: error instanceof TRPCError ? (error.cause ?? error) : error,
  });
}

/** The database is gone, starting, stopping or full of connections. */
const unavailable = new Set(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03', '53300']);

/** Refusals of tRPC's own HTTP layer, in our words. */
function fromTransport(error: TRPCError): AppError | undefined {
  if (error.code === 'INTERNAL_SERVER_ERROR') return undefined;
  const code = (Object.keys(errorTable) as ErrorCode[]).find(
    (each) => errorTable[each].trpc === error.code,
  );
  if (!code) return undefined;
  return new AppError(code, code === 'NOT_FOUND' ? undefined : error.message);
}

/** The error that tRPC understands, with ours as its cause. */
export const toTRPCError = (error: AppError): TRPCError =>
  new TRPCError({ code: errorTable[error.code].trpc, message: error.message, cause: error });
