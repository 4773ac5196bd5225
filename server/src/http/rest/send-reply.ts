import { hash } from 'node:crypto';
import { type Contract, pathParameters } from '@cms/contracts';
import type { Request, Response } from 'express';
import { RawJson } from '../../platform/json/raw-json.ts';
import { linkHeader } from './link-header.ts';

type Values = Readonly<Record<string, unknown>>;

/** Sends a procedure's result as its contract says: status, Location, ETag, Link, 304. */
export function sendReply(
  req: Request,
  res: Response,
  contract: Contract,
  input: Values,
  result: unknown,
): void {
  const isPartial = contract.partial !== undefined && input['mode'] === 'partial';
  res.statusCode = isPartial ? 200 : contract.status;
  if (contract.secret) res.setHeader('Cache-Control', 'no-store');
  if (contract.status === 204) return void res.end();
  const text = result instanceof RawJson ? result.text : JSON.stringify(result);
  const etag = `"${result instanceof RawJson && result.head.etag ? result.head.etag : hash('sha1', text, 'base64url')}"`;
  if (!contract.secret) res.setHeader('ETag', etag);
  if (contract.location)
    res.setHeader('Location', locationOf(contract, contract.location, input, idOf(result)));
  if (contract.paged) {
    const link = linkHeader(req.originalUrl, result);
    if (link) res.setHeader('Link', link);
  }
  if (!contract.secret) res.setHeader('Cache-Control', 'private, no-cache');
  if (contract.method === 'GET' && matches(req.headers['if-none-match'], etag)) {
    res.statusCode = 304;
    return void res.end();
  }
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  const bytes = Buffer.byteLength(text);
  res.setHeader('Content-Length', bytes);
  if (req.method === 'HEAD') return void res.end();
  // ASCII is the same in both; as Latin-1 it is written without being converted or counted again.
  res.end(text, bytes === text.length ? 'latin1' : 'utf8');
}

const idOf = (result: unknown): string =>
  (result instanceof RawJson ? result.head.id : (result as { id?: string }).id) ?? '';

/** The parameters of the request's own path, and the new id for the one that is left. */
function locationOf(contract: Contract, template: string, input: Values, id: string): string {
  const known = pathParameters(contract.path);
  let path = template;
  for (const name of pathParameters(template)) {
    const value = known.includes(name) ? String(input[name]) : id;
    path = path.replace(`{${name}}`, encodeURIComponent(value));
  }
  return path;
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2). */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}
