import type { Contract } from '@cms/contracts';
import type { z } from 'zod';
import type { AccountCtx, CollectionCtx, Ctx } from './context.ts';
import type { RawJson } from '../platform/json/raw-json.ts';
import type { TextStream } from '../platform/stream/text-stream.ts';

/** The context that a contract's access gives its handler. */
type CtxOf<C extends Contract> = C['access'] extends { readonly rule: string }
  ? CollectionCtx
  : C['access'] extends { readonly signedIn: true }
    ? AccountCtx
    : Ctx;

/** A 204 has no reply; others may be JSON text that was never parsed, and text may be a stream. */
type Reply<O extends z.ZodType> = O extends z.ZodUndefined
  ? void
  : O extends z.ZodString
    ? TextStream
    : z.input<O> | RawJson<z.input<O>>;

/** The one shape of a handler: context and checked input in, what the contract promises out. */
export type HandlerOf<C> =
  C extends Contract<'query' | 'mutation', infer I, infer O>
    ? (ctx: CtxOf<C>, input: z.output<I>) => Promise<Reply<O>>
    : never;

/** Handlers for a branch of the contracts: one missing, one too many or an ill-typed one does not compile. */
export type HandlersOf<T> = {
  readonly [K in keyof T]: T[K] extends Contract ? HandlerOf<T[K]> : HandlersOf<T[K]>;
};
