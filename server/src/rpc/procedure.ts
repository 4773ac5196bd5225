import { type Contract, type ErrorShape, errorTable } from '@cms/contracts';
import { initTRPC } from '@trpc/server';
import { transaction } from '../content/context.ts';
import { StaleSchemaError } from '../content/schema/stale-schema.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { RawJson } from '../platform/json/raw-json.ts';
import { authorise } from './authorise.ts';
import { appErrorOf, toTRPCError } from './errors.ts';
import { answerOnce } from './idempotency.ts';
import { type AnyCtx, procedureContext, type RequestContext } from './request-context.ts';

export const t = initTRPC
  .context<RequestContext>()
  .meta<Record<string, unknown>>()
  .create({
    // Stacks are for the log alone.
    isDev: false,
    errorFormatter: ({ shape, error, ctx }): ErrorShape => {
      const refusal = appErrorOf(error, undefined);
      return {
        message: refusal.message,
        code: shape.code,
        data: {
          code: errorTable[refusal.code].trpc,
          httpStatus: refusal.status,
          error: {
            code: refusal.code,
            message: refusal.message,
            details: refusal.details,
            request_id: ctx?.requestId ?? '',
          },
        },
      };
    },
  });

export type AnyHandler = (ctx: AnyCtx, input: never) => Promise<unknown>;

/** What a running procedure may meet and get over by doing it all again. */
const MAX_ATTEMPTS = 4;
const transient = new Set(['40001', '40P01']);

/**
 * A procedure from its contract: access first, then the input, then the handler; POSTs with an
 * idempotency key answer once. Every error leaves as one of ours.
 */
export function procedureOf(contract: Contract, handler: AnyHandler, checkOutput: boolean) {
  const base = t.procedure
    .meta({ permission: contract.access === 'public' ? null : contract.access.permission })
    .use(async ({ ctx, getRawInput, next }) => {
      try {
        const own = await authorise(contract, procedureContext(ctx), await getRawInput());
        const result = await next({ ctx: { request: ctx, own } });
        if (!result.ok) throw result.error;
        return result;
      } catch (error) {
        const refusal = appErrorOf(error, contract);
        if (refusal.code === 'INTERNAL_SERVER_ERROR')
          ctx.services.log.error({ err: refusal.cause, request_id: ctx.requestId }, 'unexpected');
        throw toTRPCError(refusal);
      }
    })
    .input(contract.input);

  const resolve = async (options: {
    ctx: { request: RequestContext; own: AnyCtx };
    input: unknown;
  }): Promise<unknown> => {
    const { request } = options.ctx;
    const run = (ctx: AnyCtx) => handler(ctx, options.input as never);
    const result = await withRetries(contract, request, options.ctx.own, options.input, (ctx) =>
      contract.method === 'POST' && request.idempotencyKey !== undefined
        ? transaction(ctx, (tx) => answerOnce(contract, tx, request, options.input, run))
        : run(ctx),
    );
    if (checkOutput) contract.output.parse(result instanceof RawJson ? result.toJSON() : result);
    return result;
  };
  return contract.kind === 'query' ? base.query(resolve) : base.mutation(resolve);
}

/** Again, with the collection as it is now, where it changed meanwhile; or after a deadlock. */
async function withRetries(
  contract: Contract,
  request: RequestContext,
  first: AnyCtx,
  input: unknown,
  work: (ctx: AnyCtx) => Promise<unknown>,
): Promise<unknown> {
  let ctx = first;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(ctx);
    } catch (error) {
      const stale = error instanceof StaleSchemaError;
      if (!stale && !transient.has(String((error as { code?: string }).code))) throw error;
      if (attempt === MAX_ATTEMPTS)
        throw new AppError('SERVICE_UNAVAILABLE', undefined, { cause: error });
      if (stale) ctx.schemas.forget(ctx.project.id);
      ctx = await authorise(contract, procedureContext(request), input);
    }
  }
}
