import { type AppRouter, contracts, mutation, query } from '@cms/contracts';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { z } from 'zod';
import type { CollectionCtx, Ctx } from './context.ts';
import type { HandlerOf, HandlersOf } from './handlers.ts';

/**
 * What the compiler holds, checked by compiling: each line below an expectation must not compile. A
 * contract without its handler, a handler without a contract, and one of another type cannot ship.
 */
const tree = {
  count: query({
    method: 'GET',
    path: '/count',
    tag: 'Things',
    summary: 'Count',
    description: 'Counts things.',
    access: 'public',
    input: z.strictObject({ from: z.int().default(0) }),
    output: z.object({ n: z.int() }),
    errors: [],
    status: 200,
  }),
  drop: mutation({
    method: 'DELETE',
    path: '/things/{collection}',
    tag: 'Things',
    summary: 'Drop',
    description: 'Drops a thing.',
    access: { permission: 'content:write', rule: 'delete' },
    input: z.strictObject({ collection: z.string() }),
    output: z.undefined(),
    errors: [],
    status: 204,
  }),
};
type Handlers = HandlersOf<typeof tree>;
const count = async (_ctx: Ctx, { from }: { from: number }) => ({ n: from });
const drop = async (_ctx: CollectionCtx) => undefined;

export const complete: Handlers = { count, drop };

// @ts-expect-error a handler is missing
export const missing: Handlers = { count };

// @ts-expect-error a handler has no contract
export const extra: Handlers = { count, drop, more: count };

// @ts-expect-error the reply is not the contract's
export const illTyped: Handlers = { count: async () => ({ n: 'one' }), drop };

// @ts-expect-error the input has no such key
export const wrongInput: Handlers = { count: async (_ctx, { to }) => ({ n: to }), drop };

export const noCollection: HandlerOf<typeof tree.count> = async (ctx) => ({
  // @ts-expect-error without a rule there is no collection in the context
  n: ctx.collection.revision,
});

export const withCollection: HandlerOf<typeof tree.drop> = async (ctx) =>
  void ctx.collection.revision;

// @ts-expect-error access is never left out
export const open = query({ ...tree.count, access: undefined });

// The client's side: inputs and outputs come from the contracts alone.
type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;
export const input: Inputs['entries']['get'] = { collection: 'posts', id: 'ent_' };
// @ts-expect-error an id is a text
export const badInput: Inputs['entries']['get'] = { collection: 'posts', id: 5 };
export const status: Outputs['entries']['get']['status'] = 'draft';
// @ts-expect-error there is no such status
export const badStatus: Outputs['entries']['get']['status'] = 'gone';
export const all = contracts;
