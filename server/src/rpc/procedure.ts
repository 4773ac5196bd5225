import { type Contract, type ErrorShape, errorTable, permissionOf } from '@cms/contracts';
import { initTRPC } from '@trpc/server';
import { appErrorOf, toTRPCError } from './errors.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { TextStream } from '../platform/stream/text-stream.ts';
import type { Operation } from './operation.ts';
import type { RequestContext } from './request-context.ts';

export const t = initTRPC
  .context<RequestContext>()
  .meta<Record<string, unknown>>()
  .create({
    // Stacks are for the log alone.
    isDev: false,
    errorFormatter: ({ shape, error, ctx }): ErrorShape => {
      const { code, message, details, status } = appErrorOf(error);
      return {
        message,
        code: shape.code,
        data: {
          code: errorTable[code].trpc,
          httpStatus: status,
          error: { code, message, details, request_id: ctx?.requestId ?? '' },
        },
      };
    },
  });

/** The tRPC procedure of an operation. The operation checks its input itself, after the caller. */
export function procedureOf(contract: Contract, operation: Operation, textLimit: number) {
  const base = t.procedure
    .meta({ permission: permissionOf(contract.access) ?? null })
    .input((input: unknown) => input);
  const resolve = async ({ ctx, input }: { ctx: RequestContext; input: unknown }) => {
    try {
      const reply = await operation(ctx, input);
      return reply instanceof TextStream ? await wholeText(reply, textLimit) : reply;
    } catch (error) {
      throw toTRPCError(appErrorOf(error));
    }
  };
  return contract.kind === 'query' ? base.query(resolve) : base.mutation(resolve);
}

/** A file as one text. Throws PAYLOAD_TOO_LARGE past so many characters: REST has no such limit. */
async function wholeText({ chunks }: TextStream, limit: number): Promise<string> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length > limit)
      throw new AppError(
        'PAYLOAD_TOO_LARGE',
        `The file is larger than ${limit} characters; ask for it over REST.`,
      );
  }
  return text;
}
