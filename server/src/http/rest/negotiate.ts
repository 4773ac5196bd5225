import type { Contract, Formats } from '@cms/contracts';
import accepts from 'accepts';
import type { Request } from 'express';
import { AppError } from '../../platform/errors/app-error.ts';

/** Throws NOT_ACCEPTABLE for a client that would take neither what the contract replies nor our problem details. */
export function assertAccepts(req: Request, { reply }: Contract): void {
  if (!reply) return assertAcceptsJson(req);
  const types = Object.values(reply);
  if (!accepts(req).type(types))
    throw new AppError('NOT_ACCEPTABLE', `This reply is only available as ${types.join(' or ')}.`);
}

function assertAcceptsJson(req: Request): void {
  const { accept } = req.headers;
  // Nearly every client says one of these; the others are worth a parse.
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return;
  if (!accepts(req).type(['application/json', 'application/problem+json']))
    throw new AppError('NOT_ACCEPTABLE');
}

/** The format that a client likes best, by its name; the first where it does not say. */
export function acceptedFormat(req: Request, formats: Formats): string | undefined {
  const type = accepts(req).type(Object.values(formats));
  return Object.keys(formats).find((name) => formats[name] === type);
}
