import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, startTestServer, type TestServer } from './harness.ts';

/** A collection's rules at every door: what nobody in particular may see, make, change and delete. */
let server: TestServer;
const nobody = { key: null };
const path = (name: string) => `/api/v1/collections/${name}/entries`;
const idOf = (reply: Reply) => String(reply.body['id']);
const code = (reply: Reply) => [reply.status, reply.body['error']?.['code']];
const define = async (name: string, body: object) => {
  const reply = await server.ask('POST', '/api/v1/collections', { body: { name, ...body } });
  expect(reply.status, reply.text).toBe(201);
};
const add = async (name: string, data: object, status = 'published') => {
  const reply = await server.ask('POST', path(name), { body: { data, status } });
  expect(reply.status, reply.text).toBe(201);
  return idOf(reply);
};

const ids: Record<string, string> = {};
const rule = 'author.name = Ann && !(kind = internal)';

beforeAll(async () => {
  server = await startTestServer();
  await define('people', { fields: [{ name: 'name', type: 'text' }] });
  await define('notes', {
    fields: [
      { name: 'title', type: 'text', unique: true },
      { name: 'kind', type: 'text' },
      { name: 'author', type: 'relation', options: { collection: 'people' } },
    ],
    rules: {
      list: rule,
      view: rule,
      create: '@request.data.kind != "internal" && author.name = Ann',
      update: 'kind = open && @request.data.kind = null',
    },
    delete_rule: 'kind = open',
  });
  ids['ann'] = await add('people', { name: 'Ann' });
  ids['bob'] = await add('people', { name: 'Bob' });
  ids['open'] = await add('notes', { title: 'open', kind: 'open', author: ids['ann'] });
  ids['null'] = await add('notes', { title: 'null', author: ids['ann'] });
  ids['internal'] = await add('notes', { title: 'in', kind: 'internal', author: ids['ann'] });
  ids['bobs'] = await add('notes', { title: 'bobs', kind: 'open', author: ids['bob'] });
  ids['draft'] = await add('notes', { title: 'dr', kind: 'open', author: ids['ann'] }, 'draft');
});
afterAll(() => server.close());

const trpc = (name: string, input: object) =>
  server.ask('GET', `/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, nobody);

describe('reading', () => {
  it('lists, counts and shows what the rule holds for, through every family', async () => {
    const entries = await server.ask('GET', `${path('notes')}?sort=title`, nobody);
    expect(entries.body).toMatchObject({
      total: 2,
      items: [{ data: { title: 'null' } }, { data: { title: 'open' } }],
    });
    const records = await server.ask('GET', '/api/v1/collections/notes/records', nobody);
    expect(records.body).toMatchObject({ total: 2 });
    const models = await server.ask('GET', '/api/models/notes/entries', nobody);
    expect(models.body['meta']).toMatchObject({ total: 2 });
    const procedure = await trpc('entries.list', { collection: 'notes' });
    expect(procedure.body['result']).toMatchObject({ data: { total: 2 } });
    expect((await server.ask('GET', path('notes'))).body['total']).toBe(5);
  });

  it('answers for a hidden entry as for a missing one, through every family', async () => {
    const missing = 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3';
    for (const base of [
      path('notes'),
      '/api/v1/collections/notes/records',
      '/api/models/notes/entries',
    ]) {
      expect((await server.ask('GET', `${base}/${ids['open']}`, nobody)).status).toBe(200);
      const { body } = await server.ask('GET', `${base}/${missing}`, nobody);
      for (const each of ['internal', 'bobs', 'draft']) {
        const reply = await server.ask('GET', `${base}/${ids[each]}`, nobody);
        expect(code(reply)).toEqual([404, 'NOT_FOUND']);
        expect(reply.body['error']?.['message']).toBe(body['error']?.['message']);
      }
    }
    const shown = await trpc('entries.get', { collection: 'notes', id: ids['open'] });
    expect(shown.status).toBe(200);
    const hidden = await trpc('entries.get', { collection: 'notes', id: ids['bobs'] });
    expect(hidden.status).toBe(404);
  });

  it('takes a link cut off, or a person renamed, at once', async () => {
    const person = `${path('people')}/${ids['ann']}`;
    await server.ask('PATCH', person, { body: { name: 'Anna' } });
    expect((await server.ask('GET', path('notes'), nobody)).body['total']).toBe(0);
    await server.ask('PATCH', person, { body: { name: 'Ann' } });
    expect((await server.ask('GET', path('notes'), nobody)).body['total']).toBe(2);
  });
});

describe('creating', () => {
  const total = async () => (await server.ask('GET', path('notes'))).body['total'];
  const events = () => server.app.services.database.sql.rows({ text: 'select id from events' }, []);
  const make = (data: object) => server.ask('POST', path('notes'), { ...nobody, body: { data } });

  it('writes what the rule holds for', async () => {
    const made = await make({ title: 'mine', kind: 'x', author: ids['ann'] });
    expect(made.status, made.text).toBe(201);
    const got = await server.ask('GET', `${path('notes')}/${idOf(made)}`, nobody);
    expect(got.body['data']).toEqual({ title: 'mine', kind: 'x', author: ids['ann'] });
    expect((await server.ask('DELETE', `${path('notes')}/${idOf(made)}`)).status).toBe(204);
  });

  it('writes nothing at all of what it refuses, and tells nothing of what is taken', async () => {
    const before = [await total(), (await events()).length];
    const refusals = [
      await make({ title: 'a', author: ids['bob'] }),
      await make({ title: 'a', kind: 'internal', author: ids['ann'] }),
      await make({ title: 'open', author: ids['bob'] }),
      await make({ title: 'a', author: 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3' }),
      await make({ title: 'a' }),
      await server.ask('POST', '/trpc/entries.create', {
        ...nobody,
        body: { collection: 'notes', data: { title: 'a', author: ids['bob'] } },
      }),
      await server.ask('POST', '/api/models/notes/entries', {
        ...nobody,
        body: { data: { title: 'a', author: ids['bob'] } },
      }),
      await server.ask('POST', `${path('notes')}/bulk`, {
        ...nobody,
        body: {
          entries: [
            { title: 'a', author: ids['ann'] },
            { title: 'b', author: ids['bob'] },
          ],
        },
      }),
    ];
    expect(refusals.map((reply) => reply.status)).toEqual(refusals.map(() => 401));
    expect([await total(), (await events()).length]).toEqual(before);
  });

  it('asks of each entry what was sent with it', async () => {
    const reply = await server.ask('POST', `${path('notes')}/bulk`, {
      ...nobody,
      body: {
        entries: [
          { title: 'b1', author: ids['ann'] },
          { title: 'b2', author: ids['ann'] },
        ],
      },
    });
    expect(reply.status, reply.text).toBe(201);
    for (const { id } of reply.body['items'] as unknown as { id: string }[])
      await server.ask('DELETE', `${path('notes')}/${id}`);
    const conflict = await make({ title: 'open', author: ids['ann'] });
    expect(code(conflict)).toEqual([409, 'CONFLICT']);
  });
});

describe('changing and deleting', () => {
  const patch = (id: string | undefined, body: object) =>
    server.ask('PATCH', `${path('notes')}/${id}`, { ...nobody, body });

  it('lets through what the rule holds for, and who no rule binds', async () => {
    expect((await patch(ids['open'], { title: 'opened' })).body['data']).toMatchObject({
      title: 'opened',
    });
    const root = await server.ask('PATCH', `${path('notes')}/${ids['internal']}`, {
      body: { title: 'in2' },
    });
    expect(root.status).toBe(200);
  });

  it('refuses plainly what can be seen, and says nothing of what cannot', async () => {
    expect(code(await patch(ids['null'], { title: 'x' }))).toEqual([401, 'UNAUTHORIZED']);
    expect(code(await patch(ids['open'], { kind: 'shut' }))).toEqual([401, 'UNAUTHORIZED']);
    expect(code(await patch(ids['internal'], { title: 'x' }))).toEqual([404, 'NOT_FOUND']);
    expect(code(await patch(ids['draft'], { title: 'x' }))).toEqual([404, 'NOT_FOUND']);
    const records = await server.ask('PATCH', `/api/v1/collections/notes/records/${ids['null']}`, {
      ...nobody,
      body: { data: { title: 'x' } },
    });
    expect(records.status).toBe(401);
    const gone = await server.ask('DELETE', `/api/models/notes/entries/${ids['null']}`, nobody);
    expect(gone.status).toBe(401);
    expect((await server.ask('DELETE', `${path('notes')}/${ids['internal']}`, nobody)).status).toBe(
      404,
    );
    expect((await server.ask('GET', path('notes'))).body['total']).toBe(5);
  });

  it('asks of the state that it locks, not of the one that it found', async () => {
    const id = await add('notes', { title: 'race', kind: 'open', author: ids['ann'] });
    const rival = new pg.Client(server.databaseUrl);
    await rival.connect();
    await rival.query('begin');
    await rival.query(
      `update entry_states set data = data || '{"kind":"shut"}' where entry_id = $1`,
      [id],
    );
    const late = patch(id, { title: 'raced' });
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await rival.query(waiting)).rowCount === 0);
    await rival.query('commit');
    await rival.end();
    expect(code(await late)).toEqual([401, 'UNAUTHORIZED']);
    expect((await server.ask('DELETE', `${path('notes')}/${id}`)).status).toBe(204);
  });

  it('deletes what the rule holds for', async () => {
    const id = await add('notes', { title: 'bye', kind: 'open', author: ids['ann'] });
    expect((await server.ask('DELETE', `${path('notes')}/${id}`, nobody)).status).toBe(204);
  });
});

it('looks into the same collection for a row that is not there yet', async () => {
  await define('nodes', { fields: [{ name: 'title', type: 'text' }] });
  const fields = [
    { name: 'title', type: 'text' },
    { name: 'parent', type: 'relation', options: { collection: 'nodes' } },
  ];
  const rules = { create: 'parent.title = root && title != root', list: 'parent.parent = null' };
  const changed = await server.ask('PATCH', '/api/v1/collections/nodes', {
    body: { fields, rules },
  });
  expect(changed.status, changed.text).toBe(200);
  const parent = await add('nodes', { title: 'root' });
  const make = (data: object) => server.ask('POST', path('nodes'), { ...nobody, body: { data } });
  const child = await make({ title: 'child', parent });
  expect(child.status, child.text).toBe(201);
  expect((await make({ title: 'root', parent })).status).toBe(401);
  expect((await make({ title: 'grandchild', parent: idOf(child) })).status).toBe(401);
  expect((await make({ title: 'orphan' })).status).toBe(401);
  await add('nodes', { title: 'grandchild', parent: idOf(child) });
  expect((await server.ask('GET', path('nodes'), nobody)).body['total']).toBe(2);
});

it('closes to anonymous callers what asks for an account', async () => {
  const known = '@request.auth.id != ""';
  const rules = { list: known, view: known, create: known, update: known, delete: known };
  await define('members', { fields: [{ name: 'title', type: 'text' }], rules });
  const id = await add('members', { title: 'x' });
  expect((await server.ask('GET', path('members'), nobody)).body['total']).toBe(0);
  const asks = [
    await server.ask('GET', `${path('members')}/${id}`, nobody),
    await server.ask('PATCH', `${path('members')}/${id}`, { ...nobody, body: { title: 'y' } }),
    await server.ask('DELETE', `${path('members')}/${id}`, nobody),
    await server.ask('POST', path('members'), { ...nobody, body: { title: 'y' } }),
    await server.ask('POST', path('members'), { ...nobody, body: { unknown: 'y' } }),
  ];
  expect(asks.map((reply) => reply.status)).toEqual([404, 404, 404, 401, 401]);
});

it('holds for the entry of a singleton too', async () => {
  await define('site', {
    type: 'singleton',
    fields: [{ name: 'title', type: 'text' }],
    rules: { view: 'title != secret', update: 'title = open' },
  });
  const entry = '/api/v1/collections/site/entry';
  const put = (title: string, key = {}) => server.ask('PUT', entry, { ...key, body: { title } });
  expect((await put('shut', nobody)).status).toBe(401);
  expect((await put('open', nobody)).status).toBe(200);
  expect((await put('secret', nobody)).status).toBe(200);
  expect((await server.ask('GET', entry, nobody)).status).toBe(404);
  expect((await put('open', nobody)).status).toBe(404);
  expect((await put('plain')).status).toBe(200);
  expect((await put('open', nobody)).status).toBe(401);
});

it('takes texts as texts, whatever they hold', async () => {
  const text = `'; drop table entries; --$1 \\ " %_ ${'x'.repeat(200)}`;
  const quoted = text.replaceAll(/[\\'"]/g, (each) => `\\${each}`);
  await define('quotes', {
    fields: [{ name: 'title', type: 'text' }],
    rules: { list: `title = "${quoted}"`, view: `title ~ '${quoted}'` },
  });
  const id = await add('quotes', { title: text });
  await add('quotes', { title: 'other' });
  expect((await server.ask('GET', path('quotes'), nobody)).body['total']).toBe(1);
  expect((await server.ask('GET', `${path('quotes')}/${id}`, nobody)).status).toBe(200);
});

it('uses the index of the field that a rule compares', async () => {
  await define('pages', {
    fields: [{ name: 'slug', type: 'slug', indexed: true }],
    rules: { list: "slug = 'page-7'" },
  });
  const entries = Array.from({ length: 1000 }, (_, index) => ({ slug: `page-${index}` }));
  await server.ask('POST', `${path('pages')}/bulk`, { body: { entries } });
  expect((await server.ask('GET', path('pages'), nobody)).body['total']).toBe(1);
  const { schemas, database } = server.app.services;
  const [project] = await database.sql.rows<{ id: string }>(
    { text: 'select id from projects' },
    [],
  );
  const pages = await schemas.find(String(project?.id), 'pages');
  const predicate = pages?.policy.ruleOf('list');
  if (!pages || typeof predicate !== 'object' || !predicate) throw new Error('There is no rule.');
  const { table } = pages.statements;
  await database.sql.rows({ text: `analyze ${table}` }, []);
  const plan = await database.sql.rows(
    {
      text: `explain select * from ${table} where stage = 'current' and project_id = $1 and ${predicate.where(2)}`,
    },
    [
      project?.id,
      ...predicate.values({
        auth: { id: '', email: '', role: '' },
        method: 'GET',
        now: new Date(),
      }),
    ],
  );
  const index = `ix_${pages.fields[0]?.id.slice(4)}`;
  expect(JSON.stringify(plan)).toMatch(new RegExp(`Index Scan using ${index}`));
  expect(JSON.stringify(plan)).toMatch(/Index Cond: [^"]*stage[^"]*slug/);
});
