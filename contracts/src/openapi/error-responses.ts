import type { ZodOpenApiResponseObject } from 'zod-openapi';
import type { Family } from '../contract.ts';
import { type ErrorCode, errorCodes, errorTable, statusIn } from '../errors.ts';
import { errorBodyOf, Problem, sampleError, sampleProblem } from './error-bodies.ts';
import { headerRef } from './shared-headers.ts';

/** What a refusal is called, by status: the first code of the status, as a type name. */
const nameOfStatus = (status: number): string =>
  (errorCodes.find((code) => errorTable[code].status === status) as ErrorCode)
    .toLowerCase()
    .replaceAll(/(^|_)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase());

const prefixes: Readonly<Record<Family, string>> = {
  canonical: '',
  content: 'Content',
  records: '',
  models: 'Models',
  platform: 'Platform',
};

/** The component of a refusal; the families that refuse alike share theirs. */
export const errorResponseName = (status: number, family: Family): string =>
  prefixes[family] + nameOfStatus(status);

/** They come with every reply to a key that has limits. */
const quotaHeaders = {
  'X-RateLimit-Limit': headerRef('RateLimitLimit'),
  'X-RateLimit-Remaining': headerRef('RateLimitRemaining'),
  'X-RateLimit-Reset': headerRef('RateLimitReset'),
};

/** A refusal as a reusable response: every code of its status, in both media types. */
export function errorResponse(status: number, family: Family): ZodOpenApiResponseObject {
  const codes = errorCodes.filter((code) => statusIn(family, code) === status);
  const [first] = codes as [ErrorCode];
  const examples = (sample: (code: ErrorCode) => unknown) =>
    codes.length === 1
      ? { example: sample(first) }
      : { examples: Object.fromEntries(codes.map((code) => [code, { value: sample(code) }])) };
  return {
    description: codes.map((code) => `${code}: ${errorTable[code].message}`).join('\n\n'),
    headers: {
      'X-Request-Id': headerRef('RequestId'),
      ...(status === 401 ? { 'WWW-Authenticate': headerRef('WWWAuthenticate') } : {}),
      ...(status === 429 ? quotaHeaders : {}),
      ...([409, 429, 503].includes(status) ? { 'Retry-After': headerRef('RetryAfter') } : {}),
    },
    content: {
      'application/json': {
        schema: errorBodyOf(family),
        ...examples((code) => sampleError(code, family)),
      },
      'application/problem+json': {
        schema: Problem,
        ...examples((code) => sampleProblem(code, family)),
      },
    },
  };
}
