import type { NextFunction, Request, Response } from 'express';
import type { NewId } from '../platform/ids/ids.ts';

const fixed: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Vary', 'Accept-Encoding, Authorization, x-api-key, X-Project-Id, Origin'],
];

/**
 * Headers of every reply: the request's id (the caller's, where it is a sane one) and what keeps
 * browsers from doing anything with a reply but reading it. Pages set a wider policy of their own.
 */
export const standardHeaders =
  (newId: NewId) =>
  (req: Request, res: Response, next: NextFunction): void => {
    const given = req.headers['x-request-id'];
    const sane = typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given);
    res.setHeader('X-Request-Id', sane ? given : newId('req'));
    for (const [name, value] of fixed) res.setHeader(name, value);
    next();
  };
