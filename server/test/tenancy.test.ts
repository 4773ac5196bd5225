import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { makeProject, picking } from './projects.ts';

/** Two projects with collections of the same names: neither ever sees anything of the other. */
let server: TestServer;
let second: TestServer;
let one: string;
let other: string;
const collections = '/api/v1/collections';
const posts = `${collections}/posts/entries`;
const people = `${collections}/people/entries`;

beforeAll(async () => {
  server = await startTestServer();
  second = await startTestServer({ databaseUrl: server.databaseUrl });
  [one, other] = [
    await makeProject(server, { visibility: 'public' }),
    await makeProject(server, { visibility: 'public' }),
  ];
  for (const id of [one, other]) {
    const make = (body: object) => server.ask('POST', collections, { ...picking(id), body });
    await make({ name: 'people', fields: [{ name: 'name', type: 'text' }] });
    const fields = [
      { name: 'slug', type: 'slug', unique: true },
      { name: 'author', type: 'relation', options: { collection: 'people' } },
    ];
    const rules = { list: 'author.name = "Ann"', view: '' };
    expect((await make({ name: 'posts', fields, rules })).status).toBe(201);
  }
});
afterAll(async () => {
  await second.close();
  await server.close();
});

const create = (id: string, path: string, body: object, headers: object = {}) =>
  server.ask('POST', path, { body, headers: { ...picking(id).headers, ...headers } });
const list = (id: string, path = posts, key?: null) =>
  second.ask('GET', path, { ...picking(id), ...(key === null ? { key } : {}) });

it('keeps entries apart in every reply, whatever they are called', async () => {
  const ann = await create(one, people, { name: 'Ann' });
  const theirs = await create(other, people, { name: 'Ann' });
  const first = await create(one, posts, { slug: 'same', author: ann.body['id'] });
  const twin = await create(other, posts, { slug: 'same', author: theirs.body['id'] });
  // Unique in each project, not between them.
  expect([first.status, twin.status]).toEqual([201, 201]);
  for (const [id, entry] of [
    [one, first],
    [other, twin],
  ] as const) {
    for (const path of [posts, `${collections}/posts/records`])
      expect((await list(id, path)).body).toMatchObject({
        total: 1,
        items: [{ id: entry.body['id'] }],
      });
    const models = await list(id, '/api/models/posts/entries');
    expect(models.body['meta']).toMatchObject({ tenantId: id, total: 1 });
    // By the rule, which looks into the project's own people.
    expect((await list(id, posts, null)).body).toMatchObject({
      total: 1,
      items: [{ id: entry.body['id'] }],
    });
  }
  const foreign = `${posts}/${twin.body['id']}`;
  for (const [method, body] of [['GET'], ['PATCH', { slug: 'taken' }], ['DELETE']] as const)
    expect((await server.ask(method, foreign, { ...picking(one), body })).status).toBe(404);
});

it("refuses a relation to another project's entry as one to nothing", async () => {
  const theirs = await create(other, people, { name: 'Eve' });
  const problems = [];
  for (const author of [theirs.body['id'], 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3']) {
    const reply = await create(one, posts, { slug: 'foreign', author });
    expect(reply.status).toBe(422);
    const details = JSON.stringify(reply.body['error']?.['details']);
    expect(details).toContain('author');
    problems.push(details.replaceAll(String(author), '…'));
  }
  expect(new Set(problems).size).toBe(1);
});

it("neither finds nor points to another project's collections", async () => {
  const { body } = await server.ask('GET', `${collections}/people`, picking(other));
  const foreign = String(body['id']);
  expect((await server.ask('GET', `${collections}/${foreign}`, picking(one))).status).toBe(404);
  const field = { name: 'x', type: 'relation', options: { collection: foreign } };
  const refused = await create(one, collections, { name: 'spies', fields: [field] });
  expect(refused.status).toBe(422);
});

it('keeps the schemas of projects apart, also in memory', async () => {
  const field = { name: 'nick', type: 'text' };
  const fields = [{ name: 'name', type: 'text' }, field];
  await server.ask('PATCH', `${collections}/people`, { ...picking(one), body: { fields } });
  expect((await create(one, people, { nick: 'A' })).status).toBe(201);
  expect((await create(other, people, { nick: 'A' })).status).toBe(422);
  const shown = await list(other, `${collections}/people`);
  expect(shown.body['fields']).toHaveLength(1);
});

it('knows an Idempotency-Key in one project only', async () => {
  const key = { 'idempotency-key': 'shared' };
  const [mine, theirs] = [
    await create(one, people, { name: 'Key' }, key),
    await create(other, people, { name: 'Key' }, key),
  ];
  expect([mine.status, theirs.status]).toEqual([201, 201]);
  expect(theirs.headers.get('idempotent-replayed')).toBeNull();
  expect(mine.body['id']).not.toBe(theirs.body['id']);
});
