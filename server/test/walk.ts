import {
  type Contract,
  contracts,
  contractsOf,
  placeOf,
  routesOf,
  takesBody,
} from '@cms/contracts';
import type { Ask, Reply, TestServer } from './harness.ts';

// How a test calls any procedure of the contracts, over REST and over tRPC.

/** Every procedure with its dotted name. */
export const procedures = [...contractsOf(contracts)];

/** An id that nothing has. */
export const missing = 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3';

export const account = { email: 'walk@example.com', password: 'SecurePass123' };

/**
 * What operations that want something in particular are sent, and what public ones answer nobody in
 * particular with: over REST its status, over tRPC its code.
 */
const particular: Record<string, { body: object; refusal?: [number, string] }> = {
  'auth.register': { body: account, refusal: [409, 'CONFLICT'] },
  'auth.login': { body: account },
  'search.all': { body: {}, refusal: [400, 'INVALID_INPUT'] },
  'auth.refresh': { body: { refresh_token: 'unknown' }, refusal: [401, 'UNAUTHORIZED'] },
  'auth.forgotPassword': { body: { email: 'nobody@example.com' } },
  'auth.resetPassword': {
    body: { token: 'unknown', new_password: 'NewSecurePass123' },
    refusal: [422, 'VALIDATION_ERROR'],
  },
  'auth.verifyEmail': { body: { token: 'unknown' }, refusal: [422, 'VALIDATION_ERROR'] },
  'permissions.explain': { body: { action: 'list' } },
  'auth.changePassword': {
    body: { current_password: account.password, new_password: 'NewSecurePass123' },
  },
  'apiKeys.create': { body: { name: 'walk', scopes: ['keys:manage_own'] } },
};
// What the data of users holds.
for (const name of ['users.create', 'users.update'])
  particular[name] = { body: { data: { email: 'walked@example.com' } } };
const nameOf = new Map(procedures.map(([name, contract]) => [contract, name]));
export const particularOf = (contract: Contract) => particular[nameOf.get(contract) ?? ''];

/** What a call's path and body name. */
export interface Values {
  readonly collection: string;
  readonly id: string;
  /** An entry, for bodies that name one. */
  readonly entryId: string;
}

let made = 0;

/** A body that the contract takes. */
export const bodyOf = (contract: Contract, { entryId }: Values): object | undefined => {
  if (!takesBody(contract)) return undefined;
  const own = particularOf(contract)?.body;
  if (own) return own;
  const keys = Object.keys(contract.input.shape).filter((key) => placeOf(contract, key) === 'body');
  if (keys.includes('file')) return { file: 'title\nx\n' };
  if (keys.includes('entries')) return { entries: [{ id: entryId, title: 'x' }] };
  if (keys.includes('entry_ids')) return { entry_ids: [entryId] };
  if (keys.includes('record_ids')) return { record_ids: [entryId] };
  if (keys.includes('operations'))
    return { operations: [{ op: 'create', collection: 'things', data: { title: 'x' } }] };
  if (keys.includes('name') && !contract.path.includes('{')) return { name: `made_${(made += 1)}` };
  return keys.includes('data') ? { data: { title: 'x' } } : {};
};

/** A path with its values; what is neither collection nor id of the first thing is missing. */
export const urlOf = (path: string, values: Values): string =>
  path
    .replace('{collection}', values.collection)
    .replace('{modelKey}', values.collection)
    .replace('{id}', values.id)
    .replaceAll(/\{\w+\}/g, missing);

/** What a contract must be told beside path and body: it is about nothing. */
const requiredOf = ({ input }: Contract): Record<string, string | number> =>
  'max_affected' in input.shape ? { filter: `sys.id = "${missing}"`, max_affected: 1 } : {};

/** The URL of a path with what the contract wants in the query string, and more. */
export const fullUrl = (
  contract: Contract,
  path: string,
  values: Values,
  more: Record<string, string> = {},
): string => {
  const query = new URLSearchParams(
    Object.entries({ ...requiredOf(contract), ...more }).map(([key, value]) => [key, `${value}`]),
  );
  return `${urlOf(path, values)}${query.size > 0 ? `?${query}` : ''}`;
};

/** Calls a procedure by each of its routes. */
export const callRest = (
  server: TestServer,
  contract: Contract,
  values: Values,
  ask: Ask = {},
): Promise<Reply[]> =>
  Promise.all(
    routesOf(contract).map((route) =>
      server.ask(route.method, fullUrl(contract, route.path, values), {
        ...ask,
        body: bodyOf(contract, values),
      }),
    ),
  );

const inputOf = (contract: Contract, values: Values, more: object): object => {
  const input: Record<string, unknown> = { ...bodyOf(contract, values), ...requiredOf(contract) };
  for (const key of Object.keys(contract.input.shape)) {
    if (key === 'collection' || key === 'modelKey') input[key] = values.collection;
    else if (key === 'id') input[key] = values.id;
    else if (contract.path.includes(`{${key}}`)) input[key] = missing;
  }
  return { ...input, ...more };
};

/** Calls a procedure over tRPC, with further keys of its input. */
export const callTrpc = (
  server: TestServer,
  [name, contract]: readonly [string, Contract],
  values: Values,
  ask: Ask = {},
  more: object = {},
): Promise<Reply> => {
  const input = JSON.stringify(inputOf(contract, values, more));
  return contract.kind === 'query'
    ? server.ask('GET', `/trpc/${name}?input=${encodeURIComponent(input)}`, ask)
    : server.ask('POST', `/trpc/${name}`, { ...ask, body: input });
};

/** The code of a refusal over tRPC. */
export const trpcCode = (reply: Reply): unknown =>
  (reply.body as unknown as { error?: { data?: { error?: { code?: string } } } }).error?.data?.error
    ?.code;

/** Status and body but for the request's id. */
export const withoutId = ({ body, status }: Reply): string =>
  JSON.stringify([status, body]).replaceAll(/"request_id":"[^"]*"/g, '');
