import { type Contract, type ContractTree, type Family, takesBody } from '@cms/contracts';
import type { NextFunction, Request, Response } from 'express';
import { appErrorOf } from '../../rpc/errors.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Operation } from '../../rpc/operation.ts';
import { sendError } from '../error-reply.ts';
import type { MakeRequestContext } from '../request-context.ts';
import { TextStream } from '../../platform/stream/text-stream.ts';
import { acceptedFormat, assertAccepts } from './negotiate.ts';
import { bodyReader, type ReadBody } from './read-body.ts';
import { inputReader, type ReadInput } from './read-input.ts';
import { type Match, type RestRoute, RouteTree } from './route-tree.ts';
import { sendReply } from './send-reply.ts';
import { sendStream } from './send-stream.ts';
import { uploadReader } from './read-upload.ts';

export interface RestLimits {
  /** Bytes of a JSON body. */
  readonly body: number;
  /** Bytes of the body of a bulk operation. */
  readonly bulkBody: number;
  /** Characters of a URL. */
  readonly url: number;
}

interface Bound {
  readonly route: RestRoute;
  readonly operation: Operation;
  readonly readInput: ReadInput;
  readonly readBody: ReadBody;
}

/**
 * The REST door: finds the operation, reads its input, runs it as tRPC does, and sends the reply. A
 * path that no contract claims goes on to the next handler.
 */
export function restAdapter(
  contracts: ContractTree,
  operations: ReadonlyMap<Contract, Operation>,
  makeContext: MakeRequestContext,
  limits: RestLimits,
) {
  const tree = new RouteTree(contracts);
  const readSmall = bodyReader(limits.body);
  const readLarge = bodyReader(limits.bulkBody);
  const bindings = new Map<RestRoute, Bound>();
  const bind = (route: RestRoute): Bound => {
    const known = bindings.get(route);
    if (known) return known;
    const operation = operations.get(route.contract);
    if (!operation) throw new Error(`There is no operation for ${route.name}`);
    const { bodyLimit, upload } = route.contract;
    const readJson = bodyLimit === 'bulk' ? readLarge : readSmall;
    const readBody = upload ? uploadReader(upload, readJson) : readJson;
    const bound = { route, operation, readBody, readInput: inputReader(route.contract) };
    bindings.set(route, bound);
    return bound;
  };

  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    let family: Family = 'canonical';
    try {
      const [pathname, search] = splitUrl(req.url);
      // The words of a path are few: what is too long is its query, or no path of ours.
      const match = matchPath(tree, pathname.slice(0, limits.url));
      if (match) family = familyOf(match);
      assertLength(req.url, limits.url);
      if (!match) return next();
      if (req.method === 'OPTIONS') {
        res.setHeader('Allow', allowed(match));
        return void res.writeHead(204).end();
      }
      const bound = bind(routeFor(match, req.method));
      family = bound.route.contract.family ?? 'canonical';
      assertAccepts(req, bound.route.contract);
      await serve(bound, makeContext, req, res, search, match.values);
    } catch (error) {
      // A file that broke off: the connection is cut, nothing can be said any more.
      if (res.headersSent) return void res.destroy();
      sendError(req, res, appErrorOf(error), family);
    }
  };
}

async function serve(
  { route, operation, readInput, readBody }: Bound,
  makeContext: MakeRequestContext,
  req: Request,
  res: Response,
  search: string,
  values: readonly string[],
): Promise<void> {
  const { contract } = route;
  const context = await makeContext(req, res);
  const body = takesBody(contract) ? await readBody(req, res) : undefined;
  const path = Object.fromEntries(route.parameters.map((name, index) => [name, values[index]]));
  const input = readInput(req, search, path, body);
  if (contract.reply && Object.hasOwn(contract.input.shape, 'format'))
    input['format'] ??= acceptedFormat(req, contract.reply);
  const result = await operation(context, input);
  if (result instanceof TextStream) return sendStream(req, res, result);
  if (context.replayed) res.setHeader('Idempotent-Replayed', 'true');
  sendReply(req, res, contract, input, result);
}

function assertLength(url: string, limit: number): void {
  if (url.length > limit) throw new AppError('URI_TOO_LONG', `URLs end at ${limit} characters.`);
}

function splitUrl(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function matchPath(tree: RouteTree, pathname: string): Match | undefined {
  try {
    return tree.match(pathname);
  } catch (error) {
    throw new AppError('INVALID_INPUT', 'The path holds an escape that is no UTF-8.', {
      cause: error,
    });
  }
}

const familyOf = (match: Match): Family =>
  match.routes.values().next().value?.contract.family ?? 'canonical';

const allowed = ({ routes }: Match): string =>
  [...routes.keys(), ...(routes.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');

/** The route for a method; HEAD is GET without its body. */
function routeFor(match: Match, method: string): RestRoute {
  const wanted = method === 'HEAD' ? 'GET' : method;
  for (const [name, route] of match.routes) if (name === wanted) return route;
  throw new AppError('METHOD_NOT_ALLOWED', undefined, { headers: { Allow: allowed(match) } });
}
