import type { TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODE_NUMBER } from '@trpc/server/rpc';
import { z } from 'zod';
import type { Family } from './contract.ts';

/**
 * Every code a reply may carry: its HTTP status, tRPC's name for it, and its default sentence.
 * This is the only place with a status number of a refusal; `statusIn` says what a family makes of it.
 */
export const errorTable = {
  INVALID_INPUT: { status: 400, trpc: 'BAD_REQUEST', message: 'The request is malformed.' },
  QUERY_TOO_SLOW: {
    status: 400,
    trpc: 'BAD_REQUEST',
    message:
      'This took the database too long and was stopped; nothing was written. Ask for less, or filter and sort by indexed fields.',
  },
  UNAUTHORIZED: {
    status: 401,
    trpc: 'UNAUTHORIZED',
    message:
      'Send a valid API key or access token: "Authorization: Bearer <key>" or "x-api-key: <key>".',
  },
  FORBIDDEN: { status: 403, trpc: 'FORBIDDEN', message: 'This caller may not do that.' },
  NOT_FOUND: { status: 404, trpc: 'NOT_FOUND', message: 'There is nothing here.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    trpc: 'METHOD_NOT_SUPPORTED',
    message: 'This path does not take that method; see the Allow header.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    trpc: 'BAD_REQUEST',
    message: 'This reply is only available as application/json.',
  },
  CONFLICT: { status: 409, trpc: 'CONFLICT', message: 'This conflicts with what is stored.' },
  CONFIRMATION_REQUIRED: {
    status: 409,
    trpc: 'CONFLICT',
    message: 'This would lose data; repeat it with confirm=true if that is meant.',
  },
  TOO_MANY_AFFECTED: {
    status: 409,
    trpc: 'CONFLICT',
    message: 'More entries match than max_affected lets through; nothing was written.',
  },
  COLLECTION_ARCHIVED: {
    status: 409,
    trpc: 'CONFLICT',
    message: 'The collection is archived and can only be read.',
  },
  PROJECT_ARCHIVED: {
    status: 409,
    trpc: 'CONFLICT',
    message: 'The project is archived and can only be read.',
  },
  PRECONDITION_FAILED: {
    status: 412,
    trpc: 'PRECONDITION_FAILED',
    message: 'It was changed since you read it; read it again and repeat the change.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, trpc: 'PAYLOAD_TOO_LARGE', message: 'The body is too large.' },
  URI_TOO_LONG: { status: 414, trpc: 'BAD_REQUEST', message: 'The URL is too long.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    trpc: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send the body as application/json.',
  },
  VALIDATION_ERROR: {
    status: 422,
    trpc: 'UNPROCESSABLE_CONTENT',
    message: 'Some values are not valid; see details.',
  },
  PRECONDITION_REQUIRED: {
    status: 428,
    trpc: 'PRECONDITION_REQUIRED',
    message: 'Send If-Match with the ETag you read.',
  },
  RATE_LIMITED: {
    status: 429,
    trpc: 'TOO_MANY_REQUESTS',
    message: 'Too many requests; wait as long as Retry-After says.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on our side; tell us the request_id.',
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    trpc: 'SERVICE_UNAVAILABLE',
    message: 'The service cannot answer right now; try again soon.',
  },
} as const satisfies Record<string, { status: number; trpc: string; message: string }>;

export type ErrorCode = keyof typeof errorTable;

/** The HTTP status of a code in a family: document S1's table has no 422. */
export const statusIn = (family: Family, code: ErrorCode): number =>
  errorTable[family === 'content' && code === 'VALIDATION_ERROR' ? 'INVALID_INPUT' : code].status;

export const errorCodes = Object.keys(errorTable) as ErrorCode[];

/** One bad value: where it is, what is wrong with it in words, and a stable code. */
export const ErrorDetail = z
  .object({
    field: z.string().meta({ description: 'Dotted path of the value, from the body or query' }),
    message: z.string(),
    code: z.string().meta({ description: 'Stable code, such as required or max_length' }),
  })
  .meta({
    id: 'ErrorDetail',
    example: { field: 'title', message: 'Title is required.', code: 'required' },
  });
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** The part of every error body, of REST and of tRPC alike, that says what is wrong. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: readonly ErrorDetail[];
  readonly request_id: string;
}

/** The error shape of the tRPC door: tRPC's own keys, and our report in `data.error`. */
export interface ErrorShape {
  message: string;
  code: TRPC_ERROR_CODE_NUMBER;
  data: { code: TRPC_ERROR_CODE_KEY; httpStatus: number; error: ErrorReport };
}
