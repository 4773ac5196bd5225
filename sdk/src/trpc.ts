import type { AppRouter } from '@cms/contracts';
import {
  createTRPCClientProxy,
  httpBatchLink,
  type TRPCClient,
  TRPCClientError,
  type TRPCRequestOptions,
  TRPCUntypedClient,
} from '@trpc/client';
import { ApiError, NetworkError } from './errors.ts';
import type { Send } from './http/resilient-fetch.ts';

/** The same operations as procedures; calls of one moment travel as one request. */
export type TrpcClient = TRPCClient<AppRouter>;

/** tRPC's own error as the client's: what the server refused, or that it was not reached. */
export function unwrapError(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const { shape, cause } = error as TRPCClientError<AppRouter>;
  if (cause instanceof NetworkError || cause?.name === 'AbortError') return cause;
  const report = shape?.data?.error;
  if (!report) return error;
  return new ApiError(
    {
      status: shape.data.httpStatus,
      code: report.code,
      message: report.message,
      details: report.details,
      requestId: report.request_id,
    },
    { cause: error },
  );
}

/** tRPC turns whatever its links throw into its own error, so ours are brought back out here. */
class ThrowingOurErrors extends TRPCUntypedClient<AppRouter> {
  override query(path: string, input?: unknown, options?: TRPCRequestOptions): Promise<unknown> {
    return super.query(path, input, options).catch(rethrow);
  }

  override mutation(path: string, input?: unknown, options?: TRPCRequestOptions): Promise<unknown> {
    return super.mutation(path, input, options).catch(rethrow);
  }
}

const rethrow = (error: unknown): never => {
  throw unwrapError(error);
};

/** The tRPC client of a server at `url`. Calls throw ApiError or NetworkError. */
export function createTrpc(
  url: string,
  headers: Readonly<Record<string, string>>,
  send: Send,
): TrpcClient {
  const link = httpBatchLink({
    url: `${url}/trpc`,
    headers: { ...headers },
    fetch: (target, init) => send(new Request(target, init as RequestInit)),
    maxURLLength: 8_000,
  });
  return createTRPCClientProxy<AppRouter>(new ThrowingOurErrors({ links: [link] }));
}
