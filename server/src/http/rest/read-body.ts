import express, { type Request, type Response } from 'express';
import { AppError } from '../../platform/errors/app-error.ts';
import { limitBody } from '../body-deadline.ts';

const MAX_DEPTH = 64;

interface BodyError {
  readonly type?: string;
  readonly status?: number;
}

export type ReadBody = (req: Request, res: Response) => Promise<unknown>;

/**
 * A reader of JSON bodies up to `limit` bytes. Throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, or
 * INVALID_INPUT for what is no JSON or nests too deep. No body at all reads as undefined.
 */
export function bodyReader(limit: number): ReadBody {
  const parse = express.json({
    limit,
    strict: false,
    type: ['application/json', 'application/merge-patch+json'],
  });
  return async (req, res) => {
    if (!hasBody(req)) return undefined;
    limitBody(req);
    if (!req.is(['application/json', 'application/merge-patch+json']))
      throw new AppError('UNSUPPORTED_MEDIA_TYPE');
    await new Promise<void>((resolve, reject) => {
      parse(req, res, (error?: unknown) =>
        error ? reject(refusalOf(error as BodyError, limit)) : resolve(),
      );
    });
    const body: unknown = req.body;
    if (isDeeper(body, MAX_DEPTH))
      throw new AppError('INVALID_INPUT', `The body nests deeper than ${MAX_DEPTH} levels.`);
    return body;
  };
}

const hasBody = (req: Request): boolean =>
  req.headers['transfer-encoding'] !== undefined ||
  (req.headers['content-length'] !== undefined && req.headers['content-length'] !== '0');

function refusalOf(error: BodyError, limit: number): AppError {
  if (error.type === 'entity.too.large')
    return new AppError('PAYLOAD_TOO_LARGE', `The body is larger than ${limit} bytes.`);
  if (error.type === 'charset.unsupported' || error.type === 'encoding.unsupported')
    return new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as UTF-8, plain or gzip.');
  return new AppError('INVALID_INPUT', 'The body is not valid JSON.', { cause: error });
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const item of Array.isArray(value) ? value : Object.values(value))
    if (isDeeper(item, levels - 1)) return true;
  return false;
}
