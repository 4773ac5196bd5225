import { type ErrorDetail, type Family, errorTable, statusIn } from '@cms/contracts';
import type { Request, Response } from 'express';
import type { AppError } from '../platform/errors/app-error.ts';

/** The error body, in the spelling of the family that was called. */
export function errorBody(error: AppError, family: Family, requestId: string) {
  const code = codeFor(error, family);
  const details = family === 'models' ? byField(error.details) : detailsFor(error, family);
  const { message } = error;
  return { error: { code, message, details, request_id: requestId }, detail: message, code };
}

/** Document S2 writes codes in lower case; S3 has one code for malformed and invalid requests. */
function codeFor({ code }: AppError, family: Family): string {
  if (family === 'platform') return code.toLowerCase();
  return family === 'models' && code === 'INVALID_INPUT' ? 'VALIDATION_ERROR' : code;
}

/** Document S3 shows details as an object: field to message. */
const byField = (details: readonly ErrorDetail[]): Record<string, string> =>
  Object.fromEntries(details.map(({ field, message }) => [field, message]));

/** Document S1 names a field of the body's data by its own name. */
const detailsFor = ({ details }: AppError, family: Family): readonly ErrorDetail[] =>
  family === 'content'
    ? details.map((detail) => ({ ...detail, field: detail.field.replace(/^data\./, '') }))
    : details;

/** RFC 9457, for clients that ask for it. */
const problem = (error: AppError, family: Family, requestId: string) => ({
  type: 'about:blank',
  title: errorTable[error.code].message,
  status: statusIn(family, error.code),
  detail: error.message,
  code: error.code,
  errors: detailsFor(error, family),
  request_id: requestId,
});

/** Sends a refusal. */
export function sendError(req: Request, res: Response, error: AppError, family: Family): void {
  const requestId = String(res.getHeader('X-Request-Id') ?? '');
  const wantsProblem = /application\/problem\+json/.test(req.headers.accept ?? '');
  const body = wantsProblem
    ? problem(error, family, requestId)
    : errorBody(error, family, requestId);
  for (const [name, value] of Object.entries(error.headers)) res.setHeader(name, value);
  if (error.code === 'UNAUTHORIZED') res.setHeader('WWW-Authenticate', 'Bearer realm="cms"');
  res.setHeader('Cache-Control', 'no-store');
  res.removeHeader('ETag');
  res.statusCode = statusIn(family, error.code);
  const text = JSON.stringify(body);
  res.setHeader(
    'Content-Type',
    wantsProblem ? 'application/problem+json' : 'application/json; charset=utf-8',
  );
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.end(req.method === 'HEAD' ? undefined : text);
}

/** The family of a path that no contract claims. */
export function familyOfPath(path: string): Family {
  if (path.startsWith('/v1/')) return 'platform';
  return path.startsWith('/api/models/') ? 'models' : 'canonical';
}
