import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from './accounts.ts';
import { type Json, startTestServer, type TestServer } from './harness.ts';

/** What rules forbid for one entry they forbid for it among many. */
let server: TestServer;
const nobody = { key: null };
const path = (name: string) => `/api/v1/collections/${name}/entries`;

const updates = [
  'owner = "ann"',
  'status = "published"',
  '@request.data.title != "bad"',
  'owner = @request.data.owner',
  '@request.method = "PATCH"',
  'boss.owner = "ann"',
];
const views = ['', 'owner = "ann" || owner = "bob"', null];
const cases = updates.flatMap((update) => views.map((view) => ({ update, view })));
const nameOf = (one: { update: string; view: string | null }) =>
  `rules_${updates.indexOf(one.update)}_${views.indexOf(one.view)}`;
let bosses: string[];

beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/collections', {
    body: { name: 'bosses', fields: [{ name: 'owner', type: 'text' }] },
  });
  bosses = await create('bosses', [{ owner: 'ann' }, { owner: 'bob' }]);
  for (const one of cases) {
    const made = await server.ask('POST', '/api/v1/collections', {
      body: {
        name: nameOf(one),
        fields: [
          { name: 'title', type: 'text' },
          { name: 'owner', type: 'text' },
          { name: 'boss', type: 'relation', options: { collection: 'bosses' } },
        ],
        rules: { update: one.update, delete: one.update, view: one.view },
      },
    });
    expect(made.status, made.text).toBe(201);
  }
});
afterAll(() => server.close());

async function create(name: string, entries: object[]): Promise<string[]> {
  const made = await server.ask('POST', `${path(name)}/bulk`, { body: { entries } });
  expect(made.status, made.text).toBe(201);
  return (made.body['items'] as unknown as Json[]).map((item) => String(item['id']));
}

const stored = fc.record({
  owner: fc.constantFrom('ann', 'bob', 'eve', null),
  boss: fc.constantFrom(0, 1, null),
  status: fc.constantFrom('published', 'draft'),
});
const change = fc.record(
  {
    title: fc.constantFrom('good', 'bad', 5),
    owner: fc.constantFrom('ann', 'eve'),
  },
  { requiredKeys: [] },
);

describe('a bulk request does to each entry what a request for it alone would', () => {
  it('for changes and deletes, by every rule', async () => {
    const items = fc.array(fc.tuple(stored, change), { minLength: 1, maxLength: 12 });
    const property = fc.asyncProperty(fc.constantFrom(...cases), items, async (one, pairs) => {
      const name = nameOf(one);
      const rows = pairs.map(([{ owner, boss, status }]) => ({
        data: { title: 'first', owner, boss: boss === null ? null : bosses[boss] },
        status,
      }));
      const [together, alone] = [await create(name, rows), await create(name, rows)];
      const many = await server.ask('PUT', `${path(name)}/bulk?mode=partial`, {
        ...nobody,
        body: { entries: together.map((id, at) => ({ id, ...pairs[at]?.[1] })) },
      });
      const outcomes = many.body['items'] as unknown as Json[];
      for (const [at, id] of alone.entries()) {
        const single = await server.ask('PATCH', `${path(name)}/${id}`, {
          ...nobody,
          body: { ...pairs[at]?.[1] },
        });
        const [outcome, context] = [outcomes[at], `${one.update} ${one.view} ${at}`];
        expect(outcome?.['status'], context).toBe(single.status);
        if (single.status !== 200)
          expect(outcome?.['error']?.['code'], context).toBe(single.body['error']?.['code']);
        const [left, right] = await Promise.all(
          [together[at], id].map((each) => server.ask('GET', `${path(name)}/${each}`)),
        );
        expect(left?.body['data'], context).toEqual(right?.body['data']);
        expect(left?.body['version'], context).toBe(right?.body['version']);
      }
      const gone = await server.ask('DELETE', `${path(name)}/bulk?mode=partial`, {
        ...nobody,
        body: { entry_ids: together },
      });
      for (const [at, id] of alone.entries()) {
        const single = await server.ask('DELETE', `${path(name)}/${id}`, nobody);
        expect(gone.body['items']?.[at]?.['status'], one.update).toBe(single.status);
      }
    });
    await fc.assert(property, { numRuns: 60 });
  }, 120_000);
});

it('writes none where a rule forbids one, and does not tell of what may not be seen', async () => {
  const name = nameOf({ update: updates[0] as string, view: views[1] as string });
  const [ann, bob, eve] = await create(name, [
    { owner: 'ann' },
    { owner: 'bob' },
    { owner: 'eve' },
  ]);
  const put = (ids: (string | undefined)[]) =>
    server.ask('PUT', `${path(name)}/bulk`, {
      ...nobody,
      body: { entries: ids.map((id) => ({ id, title: 'x' })) },
    });
  const seen = await put([ann, bob]);
  expect(seen.status).toBe(401);
  expect(seen.body['error']?.['details']).toMatchObject([{ field: 'entries.1' }]);
  const [hidden, missing] = [await put([ann, eve]), await put([ann, `${eve?.slice(0, -4)}zzzz`])];
  const without = ({ text }: { text: string }) => text.replaceAll(/"request_id":"[^"]*"/g, '');
  expect(hidden.status).toBe(422);
  expect(without(hidden)).toBe(without(missing));
  expect((await server.ask('GET', `${path(name)}/${ann}`)).body['version']).toBe(1);
});

it('creates what a rule lets through, and refuses all to who may create nothing', async () => {
  const fields = [{ name: 'owner', type: 'text', required: true }];
  const collection = (name: string, create: string) =>
    server.ask('POST', '/api/v1/collections', { body: { name, fields, rules: { create } } });
  await collection('own', 'owner = "ann"');
  await collection('known', '@request.auth.id != ""');
  const entries = [{ owner: 'ann' }, { owner: 'bob' }, {}];
  const some = await server.ask('POST', `${path('own')}/bulk?mode=partial`, {
    ...nobody,
    body: { entries },
  });
  expect((some.body['items'] as unknown as Json[]).map(({ status }) => status)).toEqual([
    201, 401, 422,
  ]);
  const none = await server.ask('POST', `${path('known')}/bulk?mode=partial`, {
    ...nobody,
    body: { entries },
  });
  expect(none.status).toBe(401);
});

it('lets an author change and delete its own, and says so of others', async () => {
  await server.ask('POST', '/api/v1/collections', {
    body: { name: 'texts', fields: [{ name: 'title', type: 'text' }] },
  });
  const { access: key } = await register(server, 'author@example.com');
  const mine = await server.ask('POST', path('texts'), { key, body: { title: 'mine' } });
  const [theirs] = await create('texts', [{ title: 'theirs' }]);
  const ids = [String(mine.body['id']), theirs];
  const bulk = `${path('texts')}/bulk`;
  const body = { entries: ids.map((id) => ({ id, title: 'x' })) };
  const all = await server.ask('PUT', bulk, { key, body });
  expect(all.status).toBe(403);
  expect(all.body['error']?.['details']).toMatchObject([{ field: 'entries.1', code: 'forbidden' }]);
  const some = await server.ask('PUT', `${bulk}?mode=partial`, { key, body });
  const gone = await server.ask('DELETE', `${bulk}?mode=partial`, {
    key,
    body: { entry_ids: ids },
  });
  const statuses = [some, gone].map((reply) =>
    (reply.body['items'] as unknown as Json[]).map(({ status }) => status),
  );
  expect(statuses).toEqual([
    [200, 403],
    [204, 403],
  ]);
});
