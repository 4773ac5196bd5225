import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../platform/log/log.ts';

const traceparent = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/;

/** The trace that a request belongs to, by its W3C `traceparent` header. */
export const traceIdOf = (req: Pick<Request, 'headers'>): string | undefined =>
  traceparent.exec(String(req.headers['traceparent'] ?? ''))?.[1];

/**
 * A line for every request, with its trace: server errors always, the others at level debug. Paths are
 * logged without their query, which may hold what nobody should read.
 */
export const requestLog =
  (log: Log) =>
  (req: Request, res: Response, next: NextFunction): void => {
    const started = performance.now();
    res.once('finish', () => {
      const level = res.statusCode >= 500 ? 'error' : 'debug';
      if (!log.isLevelEnabled(level)) return;
      log[level](
        {
          method: req.method,
          path: req.originalUrl.split('?', 1)[0],
          status: res.statusCode,
          ms: Math.round(performance.now() - started),
          request_id: res.getHeader('X-Request-Id'),
          trace_id: traceIdOf(req),
        },
        'request',
      );
    });
    next();
  };
