import type { Contract, ContractTree } from '@cms/contracts';
import type { AnyRouter } from '@trpc/server';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import compression from 'compression';
import cors from 'cors';
import express, {
  type Express,
  type NextFunction,
  type Request,
  type Response,
  type Router,
} from 'express';
import { AppError } from '../platform/errors/app-error.ts';
import type { Log } from '../platform/log/log.ts';
import type { NewId } from '../platform/ids/ids.ts';
import { appErrorOf } from '../rpc/errors.ts';
import type { Operation } from '../rpc/operation.ts';
import { bodyDeadline } from './body-deadline.ts';
import { familyOfPath, sendError } from './error-reply.ts';
import type { MakeRequestContext } from './request-context.ts';
import { type RestLimits, restAdapter } from './rest/rest-adapter.ts';
import { requestLog } from './request-log.ts';
import { standardHeaders } from './standard-headers.ts';

/** What a Node HTTP server calls for each request. */
export type HttpApp = Express;

export interface HttpParts {
  readonly contracts: ContractTree;
  readonly router: AnyRouter;
  readonly operations: ReadonlyMap<Contract, Operation>;
  readonly makeContext: MakeRequestContext;
  readonly pages: Router;
  readonly newId: NewId;
  readonly log: Log;
  readonly corsOrigins: '*' | readonly string[];
  readonly limits: RestLimits;
  /** Proxies whose word on a client's address is taken: how many, or which (Express "trust proxy"). */
  readonly trustProxy: number | string;
}

/** The Express app: headers for every reply, the REST door, the tRPC door, the pages, and errors. */
export function expressApp(parts: HttpParts): HttpApp {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', false);
  app.set('trust proxy', parts.trustProxy);
  app.use(standardHeaders(parts.newId));
  app.use(requestLog(parts.log));
  app.use(crossOrigin(parts.corsOrigins));
  app.use(compressed());
  app.use(restAdapter(parts.contracts, parts.operations, parts.makeContext, parts.limits));
  app.use('/trpc', neverStored, bodyDeadline);
  app.use(
    '/trpc',
    createExpressMiddleware({
      router: parts.router,
      createContext: ({ req, res }) => parts.makeContext(req, res),
      maxBodySize: parts.limits.bulkBody,
      allowBatching: true,
    }),
  );
  app.use(parts.pages);
  app.use((req: Request, res: Response) =>
    sendError(req, res, new AppError('NOT_FOUND'), familyOfPath(req.path)),
  );
  app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const refusal = appErrorOf(error);
    if (refusal.status >= 500) parts.log.error({ err: refusal.cause }, 'unexpected');
    sendError(req, res, refusal, familyOfPath(req.path));
  });
  return app;
}

/** A batch may hold tokens. */
const neverStored = (_req: Request, res: Response, next: NextFunction): void => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};

/** Compresses replies for clients that can read them so; others need not pay for the wrapping. */
function compressed() {
  const compress = compression();
  return (req: Request, res: Response, next: NextFunction): void => {
    if (req.headers['accept-encoding'] === undefined) next();
    else compress(req, res, next);
  };
}

/** Callers are known by headers, never by cookies, so any origin may be let in. */
function crossOrigin(origins: '*' | readonly string[]) {
  const handle = cors({
    origin: origins === '*' ? '*' : [...origins],
    exposedHeaders: [
      'ETag',
      'Link',
      'Location',
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
      'X-Request-Id',
      'Idempotent-Replayed',
    ],
    maxAge: 86_400,
  });
  return (req: Request, res: Response, next: NextFunction): void => {
    if (req.headers.origin === undefined) next();
    else handle(req, res, next);
  };
}
