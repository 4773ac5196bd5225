import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
// Types only: the router's type is computed from the contracts, so clients never see server code.
import type { BuiltRouter, CreateRootTypes } from '@trpc/server/unstable-core-do-not-import';
import type { z } from 'zod';
import type { ErrorCode, ErrorShape } from './errors.ts';
import type { Permission, RuleAction } from './permissions.ts';

export type Kind = 'query' | 'mutation';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Path = `/${string}`;

/**
 * Who may call. `'public'` is everyone; `signedIn` is any account and `known` anybody with a good
 * credential, whatever they may do; `perOperation` is decided for each operation that the request
 * holds, as if it had been sent alone. Otherwise the caller needs the permission: in the project of
 * the request, in the one that the input's key `project` names, or in the team that its key `team`
 * names. A collection named in the input may have a row rule for `rule` that lets the caller in
 * without it; an account that the key `self` names by its id, or as `me`, needs no permission for
 * what is its own.
 */
export type Access =
  | 'public'
  | { readonly signedIn: true }
  | { readonly perOperation: true }
  | { readonly known: true }
  | {
      readonly permission: Permission;
      readonly rule?: RuleAction;
      /** Key of the input with the id of the project that the operation is about. */
      readonly project?: string;
      /** Key of the input with the id of the team that the operation is about. */
      readonly team?: string;
      /** Key of the input with the id of the account that the operation is about. */
      readonly self?: string;
    };

/** Media types by the names that the input's `format` knows them by. */
export type Formats = Readonly<Record<string, string>>;

/** The spelling of paths, bodies and errors that a reply follows (see the families of the wire). */
export type Family = 'canonical' | 'content' | 'records' | 'models' | 'platform';

/** The permission that an access asks for; undefined where it asks for none. */
export const permissionOf = (access: Access): Permission | undefined =>
  access !== 'public' && 'permission' in access ? access.permission : undefined;

/** The row rule that may open an access; undefined where none may. */
export const ruleOf = (access: Access): RuleAction | undefined =>
  access !== 'public' && 'permission' in access ? access.rule : undefined;

/** The key of the input with the account that may do it to itself; undefined where none may. */
export const selfOf = (access: Access): string | undefined =>
  access !== 'public' && 'permission' in access ? access.self : undefined;

/** True for what an Idempotency-Key keeps from being done twice: POSTs that change something, uploads of entries too. */
export const answersOnce = ({ kind, method, secret, upload, bodyLimit }: Contract): boolean =>
  kind === 'mutation' && method === 'POST' && !secret && (!upload || bodyLimit === 'bulk');

/**
 * True for what an archived project refuses: changes of its content and its collections. Its members
 * and keys can still be managed, and the project itself taken back or deleted.
 */
export const changesContent = ({ kind, access }: Pick<Contract, 'kind' | 'access'>): boolean =>
  kind === 'mutation' && /^(content|schema):/.test(permissionOf(access) ?? '');

/** One way to reach a procedure over REST. */
export interface Route {
  readonly method: Method;
  readonly path: Path;
}

/** One operation, as plain data: what it takes, gives and refuses, and where REST finds it. */
export interface Contract<
  K extends Kind = Kind,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
  A extends Access = Access,
> extends Route {
  readonly kind: K;
  /** Further routes to the same procedure (PUT beside PATCH). */
  readonly also?: readonly Route[];
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly access: A;
  /** Keys named in the path travel there, `query` keys in the query string, the rest in the body
   * (of GET and DELETE: in the query string). */
  readonly input: I;
  readonly output: O;
  /** What it may refuse beside what every operation of its kind may. */
  readonly errors: readonly ErrorCode[];
  readonly status: 200 | 201 | 202 | 204;
  readonly family?: Family;
  /** Keys of a body method's input that travel in the query string. */
  readonly query?: readonly string[];
  /** Keys of the body that may stand in the query string as well. */
  readonly anywhere?: readonly string[];
  /** `'data-or-bare'`: a body without a `data` object is read as the data itself (document S0). */
  readonly body?: 'data-or-bare';
  /** A DELETE whose keys travel in a body (document S0's bulk delete); others have none. */
  readonly bodied?: true;
  /** `'bulk'`: the body holds many entries and may be as large as that takes. */
  readonly bodyLimit?: 'bulk';
  /**
   * The body's `file` may be of any length: sent raw in one of these media types, or as the part `file`
   * of multipart/form-data, it is a stream. In JSON and over tRPC it is a text. With an Idempotency-Key,
   * which only a bulk one takes, it is read whole first and bounded: what the key stands for is known then.
   */
  readonly upload?: Formats;
  /**
   * The reply is text of any length, sent as it is made, in the media type that `format` or the Accept
   * header asks for (the first where neither does). Over tRPC it is one text, bounded as bodies are.
   */
  readonly reply?: Formats;
  /**
   * With `mode=partial` it answers 200 with `outcome`, else as usual with `whole`. The output is either.
   */
  readonly partial?: { readonly whole: z.ZodType; readonly outcome: z.ZodType };
  /**
   * `'bare'`: names in the query string that are no parameters are fields to filter by (document S0);
   * they join the input's `filter`.
   */
  readonly filters?: 'bare';
  /** Where a 201 points: a path template filled from the input and the reply's id. */
  readonly location?: Path;
  /** The reply carries a version: it becomes the ETag, and `If-Match` becomes `expected_version`. */
  readonly versioned?: true;
  /** The reply is a page: it gets a `Link` header. */
  readonly paged?: true;
  /**
   * Passwords or tokens travel in it: the reply is kept nowhere, neither by caches nor for an
   * Idempotency-Key, which is ignored.
   */
  readonly secret?: true;
  readonly examples?: { readonly body?: unknown; readonly output?: unknown };
}

export type ContractTree = { readonly [name: string]: Contract | ContractTree };

type Draft<I extends z.ZodObject, O extends z.ZodType, A extends Access> = Omit<
  Contract<Kind, I, O, A>,
  'kind'
>;

/** A contract that only reads. */
export const query = <I extends z.ZodObject, O extends z.ZodType, const A extends Access>(
  draft: Draft<I, O, A>,
): Contract<'query', I, O, A> => ({ kind: 'query', ...draft });

/** A contract that changes something. */
export const mutation = <I extends z.ZodObject, O extends z.ZodType, const A extends Access>(
  draft: Draft<I, O, A>,
): Contract<'mutation', I, O, A> => ({ kind: 'mutation', ...draft });

/** True for a leaf of a contract tree. */
export const isContract = (node: Contract | ContractTree): node is Contract =>
  typeof (node as { kind?: unknown }).kind === 'string';

/** Every contract of a tree with its dotted name, in order. */
export function* contractsOf(tree: ContractTree, prefix = ''): Generator<[string, Contract]> {
  for (const [name, node] of Object.entries(tree)) {
    if (isContract(node)) yield [prefix + name, node];
    else yield* contractsOf(node, `${prefix}${name}.`);
  }
}

/** Every REST route of a contract, the main one first. */
export const routesOf = (contract: Contract): readonly Route[] => [
  { method: contract.method, path: contract.path },
  ...(contract.also ?? []),
];

/** Names of the `{parameters}` of a path. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);

/** True where the request carries a body. */
export const takesBody = ({ method, bodied }: Contract): boolean =>
  method !== 'GET' && (method !== 'DELETE' || bodied === true);

export type Place = 'path' | 'query' | 'body' | 'header';

/** Where a key of the input travels over REST; it also decides how a bad value is refused. */
export function placeOf(contract: Contract, key: string): Place {
  if (contract.path.includes(`{${key}}`)) return 'path';
  if (key === 'expected_version') return 'header';
  if (!takesBody(contract)) return 'query';
  return contract.query?.includes(key) ? 'query' : 'body';
}

type Definition<I extends z.ZodType, O extends z.ZodType> = {
  input: z.input<I>;
  output: z.output<O>;
  meta: unknown;
};

type ProcedureOf<C> =
  C extends Contract<'query', infer I, infer O>
    ? TRPCQueryProcedure<Definition<I, O>>
    : C extends Contract<'mutation', infer I, infer O>
      ? TRPCMutationProcedure<Definition<I, O>>
      : never;

type RecordOf<T> = {
  [K in keyof T]: T[K] extends Contract ? ProcedureOf<T[K]> : RecordOf<T[K]>;
};

/** The tRPC router that serves a contract tree, as a type. */
export type RouterOf<T, Context extends object = object> = BuiltRouter<
  CreateRootTypes<{
    ctx: Context;
    meta: Record<string, unknown>;
    errorShape: ErrorShape;
    transformer: false;
  }>,
  RecordOf<T> & {}
>;
