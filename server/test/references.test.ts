import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** Relations: what the database holds, and what a delete does to those who refer. */
let server: TestServer;
const path = (collection: string, id = '') =>
  `/api/v1/collections/${collection}/entries${id && `/${id}`}`;
const create = async (collection: string, body: object): Promise<string> => {
  const made = await server.ask('POST', path(collection), { body });
  expect(made.status, made.text).toBe(201);
  return String(made.body['id']);
};

beforeAll(async () => {
  server = await startTestServer();
  const collection = (name: string, fields: object[]) =>
    server.ask('POST', '/api/v1/collections', { body: { name, fields } });
  const to = (name: string, on_delete: string, more = {}) => ({
    name,
    type: 'relation',
    options: { collection: 'authors', on_delete, ...more },
  });
  await collection('authors', [{ name: 'name', type: 'text' }]);
  await collection('others', []);
  const made = await collection('posts', [
    { name: 'title', type: 'text' },
    to('restricted', 'restrict'),
    to('cascaded', 'cascade'),
    to('cleared', 'set_null'),
    to('many', 'set_null', { multiple: true }),
    { name: 'box', type: 'component', options: { fields: [to('inner', 'set_null')] } },
  ]);
  expect(made.status, made.text).toBe(201);
  await collection('comments', [
    { name: 'post', type: 'relation', options: { collection: 'posts', on_delete: 'cascade' } },
  ]);
});
afterAll(() => server.close());

it('refuses a reference to nothing, to another collection and to a deleted entry, on its field', async () => {
  const gone = await create('authors', {});
  await server.ask('DELETE', path('authors', gone));
  const stranger = await create('others', {});
  for (const id of ['ent_01kaj5cz5rf4q9t2jw2hq5m8e3', stranger, gone]) {
    const refused = await server.ask('POST', path('posts'), {
      body: { restricted: id, box: { inner: id } },
    });
    expect(refused.status).toBe(422);
    expect(refused.body['error']?.['details']).toMatchObject([
      { field: 'restricted', code: 'reference' },
      { field: 'box.inner', code: 'reference' },
    ]);
  }
});

it('restricts: 409 that names who refers, until that is gone', async () => {
  const author = await create('authors', {});
  const post = await create('posts', { restricted: author });
  const refused = await server.ask('DELETE', path('authors', author));
  expect(refused.status).toBe(409);
  expect(refused.body['error']?.['details']).toMatchObject([
    { field: 'restricted', message: expect.stringContaining(`posts: entry ${post}`) },
  ]);
  await server.ask('PATCH', path('posts', post), { body: { restricted: null } });
  expect((await server.ask('DELETE', path('authors', author))).status).toBe(204);
});

it('cascades through levels, with an event for each', async () => {
  const author = await create('authors', {});
  const post = await create('posts', { cascaded: author });
  const comment = await create('comments', { post });
  expect((await server.ask('DELETE', path('authors', author))).status).toBe(204);
  expect((await server.ask('GET', path('posts', post))).status).toBe(404);
  expect((await server.ask('GET', path('comments', comment))).status).toBe(404);
  const events = await server.app.services.database.sql.rows<{ entry_id: string }>(
    { text: `select entry_id from events where type = 'entry.deleted' and entry_id = any($1)` },
    [[author, post, comment]],
  );
  expect(events).toHaveLength(3);
});

it('clears single, listed and nested references, as a new version', async () => {
  const [author, other] = [await create('authors', {}), await create('authors', {})];
  const post = await create('posts', {
    title: 'kept',
    cleared: author,
    many: [other, author],
    box: { inner: author },
  });
  expect((await server.ask('DELETE', path('authors', author))).status).toBe(204);
  expect((await server.ask('GET', path('posts', post))).body).toMatchObject({
    version: 2,
    data: { title: 'kept', cleared: null, many: [other], box: { inner: null } },
  });
  expect((await server.ask('DELETE', path('authors', other))).status).toBe(204);
});

it('restricts nothing from who is deleted along', async () => {
  const author = await create('authors', {});
  await create('posts', { cascaded: author, restricted: author });
  expect((await server.ask('DELETE', path('authors', author))).status).toBe(204);
});

it('writes identity, state, version and event together, or nothing', async () => {
  const { sql } = server.app.services.database;
  const count = async () =>
    (
      await sql.rows<Record<string, number>>(
        {
          text: `select (select count(*)::int from entries) as entries, (select count(*)::int from entry_states) as states,
            (select count(*)::int from entry_versions) as versions, (select count(*)::int from events) as events`,
        },
        [],
      )
    )[0];
  const before = await count();
  await server.ask('POST', `${path('posts')}/bulk`, {
    body: {
      entries: [{ title: 'a' }, { title: 'b', restricted: 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3' }],
    },
  });
  expect(await count()).toEqual(before);
  await create('posts', { title: 'a' });
  const after = await count();
  for (const key of ['entries', 'states', 'versions', 'events'])
    expect(after?.[key]).toBe((before?.[key] ?? 0) + 1);
});
