import {
  type Contract,
  contracts,
  contractsOf,
  permissionOf,
  placeOf,
  routesOf,
  statusIn,
  takesBody,
} from '@cms/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, startTestServer, type TestServer } from './harness.ts';

/**
 * Every procedure of the contracts, over REST and over tRPC: who is nobody learns nothing, who asks
 * for what is missing or foreign gets one and the same answer, what is malformed is refused with a
 * code that the contract names. A new contract joins by existing.
 */
let server: TestServer;
let entryId: string;
/** A project, for what asks for one. */
/** The access token of an account, for what asks for one. */
let userToken: string;
beforeAll(async () => {
  server = await startTestServer();
  for (const name of ['things', 'closed'])
    await server.ask('POST', '/api/v1/collections', {
      body: { name, fields: [{ name: 'title', type: 'text' }] },
    });
  await server.ask('POST', '/api/v1/collections', { body: { name: 'single', type: 'singleton' } });
  const made = await server.ask('POST', '/api/v1/collections/things/entries', {
    body: { title: 'x' },
  });
  entryId = String(made.body['id']);
  const team = await server.ask('POST', '/v1/teams', { body: { name: 'Walkers' } });
  homes.set('/v1/teams/{id}', String(team.body['data']?.['id']));
  const project = await server.app.services.projects.find(undefined);
  homes.set('/v1/projects/{id}', String(project?.id));
  const user = await server.ask('POST', '/api/v1/auth/register', { body: account });
  userToken = String(user.body['access_token']);
});
afterAll(() => server.close());

const all = [...contractsOf(contracts)];
const missing = 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3';

/** What is there for the `{id}` of paths that begin so. */
const homes = new Map<string, string>();
const existing = ({ path }: Contract): string =>
  [...homes].find(([start]) => path.startsWith(start))?.[1] ?? entryId;

const account = { email: 'walk@example.com', password: 'SecurePass123' };

/**
 * What public operations that want something in particular are sent, and what they answer nobody in
 * particular with: over REST its status, over tRPC its code.
 */
const particular: Record<string, { body: object; refusal?: [number, string] }> = {
  'auth.register': { body: account, refusal: [409, 'CONFLICT'] },
  'auth.login': { body: account },
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
};
/** What the data of users holds. */
for (const name of ['users.create', 'users.update'])
  particular[name] = { body: { data: { email: 'walked@example.com' } } };
const nameOf = new Map(all.map(([name, contract]) => [contract, name]));
const particularOf = (contract: Contract) => particular[nameOf.get(contract) ?? ''];

/** The root key, or an account's token where only accounts may ask. */
const keyFor = ({ access }: Contract, key: string | null | undefined) => {
  if (key !== undefined) return { key };
  return access !== 'public' && 'signedIn' in access ? { key: userToken } : {};
};

interface Values {
  readonly collection: string;
  readonly id: string;
}

/** A body that the contract takes. */
const bodyOf = (contract: Contract): object | undefined => {
  if (!takesBody(contract)) return undefined;
  const own = particularOf(contract)?.body;
  if (own) return own;
  const keys = Object.keys(contract.input.shape).filter((key) => placeOf(contract, key) === 'body');
  if (keys.includes('entries')) return { entries: [{ id: entryId, title: 'x' }] };
  if (keys.includes('entry_ids')) return { entry_ids: [entryId] };
  if (keys.includes('record_ids')) return { record_ids: [entryId] };
  if (keys.includes('operations'))
    return { operations: [{ op: 'create', collection: 'things', data: { title: 'x' } }] };
  if (keys.includes('name') && !contract.path.includes('{')) return { name: `made_${Date.now()}` };
  return keys.includes('data') ? { data: { title: 'x' } } : {};
};

const urlOf = (path: string, values: Values): string =>
  path
    .replace('{collection}', values.collection)
    .replace('{modelKey}', values.collection)
    .replace('{id}', values.id);

const callRest = (contract: Contract, values: Values, key?: string | null): Promise<Reply[]> =>
  Promise.all(
    routesOf(contract).map((route) =>
      server.ask(route.method, urlOf(route.path, values), {
        body: bodyOf(contract),
        ...keyFor(contract, key),
      }),
    ),
  );

const inputOf = (contract: Contract, values: Values): object => {
  const input: Record<string, unknown> = { ...bodyOf(contract) };
  for (const key of Object.keys(contract.input.shape)) {
    if (key === 'collection' || key === 'modelKey') input[key] = values.collection;
    if (key === 'id') input[key] = values.id;
  }
  return input;
};

const callTrpc = (name: string, contract: Contract, values: Values, key?: string | null) => {
  const input = JSON.stringify(inputOf(contract, values));
  const with_key = keyFor(contract, key);
  return contract.kind === 'query'
    ? server.ask('GET', `/trpc/${name}?input=${encodeURIComponent(input)}`, with_key)
    : server.ask('POST', `/trpc/${name}`, { body: input, ...with_key });
};

/** The code of a refusal over tRPC. */
const trpcCode = (reply: Reply): unknown =>
  (reply.body as unknown as { error?: { data?: { error?: { code?: string } } } }).error?.data?.error
    ?.code;

const withoutId = ({ body, status }: Reply) =>
  JSON.stringify([status, body]).replaceAll(/"request_id":"[^"]*"/g, '');

describe.each(all)('%s', (name, contract) => {
  it('says who may call, and describes itself', () => {
    const { access } = contract;
    const said = typeof access === 'string' || !('permission' in access) || permissionOf(access);
    expect(said).toBeTruthy();
    expect(contract.summary.length).toBeGreaterThan(5);
    expect(contract.description.length).toBeGreaterThan(10);
  });

  it('tells nobody anything, whether it exists or not', async () => {
    const open = { collection: 'things', id: existing(contract) };
    const gone = { collection: 'nothing', id: missing };
    for (const values of [open, gone]) {
      const replies = [...(await callRest(contract, values, null))];
      const viaTrpc = await callTrpc(name, contract, values, null);
      if (contract.access === 'public') {
        const [status, code] = particularOf(contract)?.refusal ?? [contract.status];
        for (const reply of replies) expect(reply.status).toBe(status);
        if (code === undefined) expect(viaTrpc.status).toBe(200);
        else expect(trpcCode(viaTrpc)).toBe(code);
      } else {
        for (const reply of replies) expect(reply.status).toBe(401);
        expect(trpcCode(viaTrpc)).toBe('UNAUTHORIZED');
      }
    }
    const [one] = await callRest(contract, open, null);
    const [other] = await callRest(contract, gone, null);
    if (contract.access !== 'public')
      expect(withoutId(one as Reply)).toBe(withoutId(other as Reply));
  });

  it('answers a missing, a malformed and a foreign id with the same 404', async () => {
    if (!contract.path.includes('{')) return expect(contract.path).not.toContain('{');
    const values: Values[] = [{ collection: 'nothing', id: missing }];
    // An id of another collection is as good as missing.
    if (contract.path.includes('{id}'))
      values.push(
        { collection: 'things', id: missing },
        { collection: 'things', id: 'malformed' },
        { collection: 'closed', id: entryId },
      );
    const bodies = new Set<string>();
    for (const each of values) {
      for (const reply of await callRest(contract, each)) {
        expect(reply.status).toBe(404);
        bodies.add(withoutId(reply));
      }
      expect(trpcCode(await callTrpc(name, contract, each))).toBe('NOT_FOUND');
    }
    expect(bodies.size).toBe(1);
  });

  it('refuses an unknown key: 400 in the query, VALIDATION_ERROR in the body', async () => {
    const values = {
      collection: name.startsWith('singleton') ? 'single' : 'things',
      id: existing(contract),
    };
    const [route] = routesOf(contract);
    const url = urlOf(route?.path ?? '', values);
    const inQuery = await server.ask(contract.method, `${url}?nonsense=1`, {
      body: bodyOf(contract),
      ...keyFor(contract, undefined),
    });
    expect(inQuery.status).toBe(400);
    if (bodyOf(contract) === undefined) return;
    const inBody = await server.ask(contract.method, url, {
      body: { ...bodyOf(contract), nonsense: 1 },
      ...keyFor(contract, undefined),
    });
    expect(inBody.status).toBe(statusIn(contract.family ?? 'canonical', 'VALIDATION_ERROR'));
    expect(JSON.stringify(inBody.body['error']?.['details'])).toContain('nonsense');
  });
});

it('has no operation beside the contracts', async () => {
  expect(all.length).toBeGreaterThan(20);
  const unknown = await server.ask('POST', '/trpc/entries.destroy', { body: {} });
  expect(unknown.status).toBe(404);
});
