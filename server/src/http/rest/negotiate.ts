import accepts from 'accepts';
import type { Request } from 'express';
import { AppError } from '../../platform/errors/app-error.ts';

/** Throws NOT_ACCEPTABLE for a client that would take neither JSON nor our problem details. */
export function assertAcceptsJson(req: Request): void {
  const { accept } = req.headers;
  // Nearly every client says one of these; the others are worth a parse.
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return;
  if (!accepts(req).type(['application/json', 'application/problem+json']))
    throw new AppError('NOT_ACCEPTABLE');
}
