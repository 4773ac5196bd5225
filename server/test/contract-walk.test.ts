import { permissionOf, routesOf, statusIn } from '@cms/contracts';
import type { Contract } from '@cms/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import {
  account,
  bodyOf,
  callRest as restOf,
  callTrpc as trpcOf,
  fullUrl,
  missing,
  particularOf,
  procedures,
  trpcCode,
  type Values as AllValues,
  withoutId,
} from './walk.ts';

/**
 * Every procedure of the contracts, over REST and over tRPC: who is nobody learns nothing, who asks
 * for what is missing or foreign gets one and the same answer, what is malformed is refused with a
 * code that the contract names. A new contract joins by existing.
 */
let server: TestServer;
let entryId: string;
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

/** What is there for the `{id}` of paths that begin so. */
const homes = new Map<string, string>();
const existing = ({ path }: Contract): string =>
  [...homes].find(([start]) => path.startsWith(start))?.[1] ?? entryId;

/** The root key, or an account's token where only accounts may ask. */
const keyFor = ({ access }: Contract, key: string | null | undefined) => {
  if (key !== undefined) return { key };
  return access !== 'public' && 'signedIn' in access ? { key: userToken } : {};
};

type Values = Omit<AllValues, 'entryId'>;
const callRest = (contract: Contract, values: Values, key?: string | null) =>
  restOf(server, contract, { ...values, entryId }, keyFor(contract, key));
const callTrpc = (name: string, contract: Contract, values: Values, key?: string | null) =>
  trpcOf(server, [name, contract], { ...values, entryId }, keyFor(contract, key));

describe.each(procedures)('%s', (name, contract) => {
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
      entryId,
    };
    const body = bodyOf(contract, values);
    const [route] = routesOf(contract);
    const urlWith = (more?: Record<string, string>) =>
      fullUrl(contract, route?.path ?? '', values, more);
    const inQuery = await server.ask(contract.method, urlWith({ nonsense: '1' }), {
      body,
      ...keyFor(contract, undefined),
    });
    expect(inQuery.status).toBe(400);
    if (body === undefined) return;
    const inBody = await server.ask(contract.method, urlWith(), {
      body: { ...body, nonsense: 1 },
      ...keyFor(contract, undefined),
    });
    expect(inBody.status).toBe(statusIn(contract.family ?? 'canonical', 'VALIDATION_ERROR'));
    expect(JSON.stringify(inBody.body['error']?.['details'])).toContain('nonsense');
  });
});

it('has no operation beside the contracts', async () => {
  expect(procedures.length).toBeGreaterThan(20);
  const unknown = await server.ask('POST', '/trpc/entries.destroy', { body: {} });
  expect(unknown.status).toBe(404);
});
