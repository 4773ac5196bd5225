import { z } from 'zod';
import type { Family } from '../contract.ts';
import { type ErrorCode, ErrorDetail, errorCodes, errorTable, statusIn } from '../errors.ts';

const requestId = z.string().meta({ description: 'Tell us this when you ask for help' });
const message = z.string().meta({ description: 'What is wrong and what to do, in a sentence' });

const Code = z
  .enum(errorCodes as [ErrorCode, ...ErrorCode[]])
  .meta({ id: 'ErrorCode', description: 'Stable code; programs decide by it' });
const LowerCode = z
  .enum(errorCodes.map((code) => code.toLowerCase()) as [string, ...string[]])
  .meta({ id: 'PlatformErrorCode', description: 'Stable code; programs decide by it' });

const bodyOf = (code: z.ZodType, details: z.ZodType) =>
  z.object({
    error: z.object({ code, message, details, request_id: requestId }),
    detail: message,
    code,
  });

const details = z
  .array(ErrorDetail)
  .meta({ description: 'Every bad value; empty where none is to blame' });

const bodies = {
  Error: bodyOf(Code, details).meta({ id: 'Error', description: 'Why a request was refused' }),
  ModelError: bodyOf(
    Code,
    z.record(z.string(), z.string()).meta({ description: 'Message of every bad value, by field' }),
  ).meta({ id: 'ModelError', description: 'Why a request was refused' }),
  PlatformError: bodyOf(LowerCode, details).meta({
    id: 'PlatformError',
    description: 'Why a request was refused',
  }),
};

export const Problem = z
  .object({
    type: z.string().meta({ format: 'uri-reference' }),
    title: z.string(),
    status: z.int(),
    detail: message,
    code: Code,
    errors: details,
    request_id: requestId,
  })
  .meta({ id: 'Problem', description: 'The same as RFC 9457 problem details' });

/** The schema of a family's error body. */
export function errorBodyOf(family: Family): z.ZodType {
  if (family === 'models') return bodies.ModelError;
  return family === 'platform' ? bodies.PlatformError : bodies.Error;
}

const sampleId = 'req_01kaj5cz5rf4q9t2jw2hq5m8e3';
const detail = { field: 'title', message: 'Title is required.', code: 'required' };
const hasDetails: ReadonlySet<ErrorCode> = new Set(['VALIDATION_ERROR', 'CONFLICT']);

/** An error body as a family would send it for a code. */
export function sampleError(code: ErrorCode, family: Family) {
  const { message: text } = errorTable[code];
  const shown = family === 'platform' ? code.toLowerCase() : code;
  const list = hasDetails.has(code) ? [detail] : [];
  const listed =
    family === 'models' ? Object.fromEntries(list.map((each) => [each.field, each.message])) : list;
  return {
    error: { code: shown, message: text, details: listed, request_id: sampleId },
    detail: text,
    code: shown,
  };
}

/** The same as problem details. */
export function sampleProblem(code: ErrorCode, family: Family) {
  const { message: title } = errorTable[code];
  const status = statusIn(family, code);
  const errors = hasDetails.has(code) ? [detail] : [];
  return { type: 'about:blank', title, status, detail: title, code, errors, request_id: sampleId };
}
