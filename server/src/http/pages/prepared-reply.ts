import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import accepts from 'accepts';
import type { Request, Response } from 'express';

const compress = promisify(gzip);

/** A reply that is made once and sent often: its bytes, plain and compressed. */
export interface PreparedReply {
  readonly type: string;
  readonly plain: Buffer;
  readonly zipped: Buffer;
  readonly hash: string;
}

/** Compresses and names a body once. */
export async function prepareReply(body: string | Buffer, type: string): Promise<PreparedReply> {
  const plain = Buffer.from(body);
  const hash = createHash('sha1').update(plain).digest('base64url');
  return { type, plain, zipped: await compress(plain), hash };
}

/** Sends a prepared body, or 304 to who holds it. Each encoding has an ETag of its own (RFC 9110). */
export function sendPrepared(
  req: Request,
  res: Response,
  reply: PreparedReply,
  cacheControl: string,
): void {
  const zipped = accepts(req).encoding(['gzip', 'identity']) === 'gzip';
  const plainTag = `"${reply.hash}"`;
  const zippedTag = `"${reply.hash}-gzip"`;
  res.setHeader('ETag', zipped ? zippedTag : plainTag);
  res.setHeader('Cache-Control', cacheControl);
  const held = (req.headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (held.includes('*') || held.includes(plainTag) || held.includes(zippedTag)) {
    res.statusCode = 304;
    return void res.end();
  }
  const body = zipped ? reply.zipped : reply.plain;
  res.setHeader('Content-Type', reply.type);
  if (zipped) res.setHeader('Content-Encoding', 'gzip');
  res.setHeader('Content-Length', body.length);
  res.end(req.method === 'HEAD' ? undefined : body);
}
