import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';

/** Changing collections that hold entries: what is kept, what is refused, what is lost. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

let count = 0;
async function collectionWith(fields: object[], entries: object[] = [], more: object = {}) {
  const name = `c${(count += 1)}`;
  const made = await server.ask('POST', '/api/v1/collections', { body: { name, fields, ...more } });
  expect(made.status, made.text).toBe(201);
  const path = `/api/v1/collections/${name}`;
  if (entries.length > 0)
    expect((await server.ask('POST', `${path}/entries/bulk`, { body: { entries } })).status).toBe(
      201,
    );
  const change = (body: object, query = '') => server.ask('PATCH', path + query, { body });
  const values = async () =>
    (
      (await server.ask('GET', `${path}/entries?sort=created_at`)).body['items'] as unknown as {
        data: Json;
      }[]
    ).map((item) => item.data);
  return { name, path, fields: made.body['fields'] as unknown as { id: string }[], change, values };
}

describe('renaming', () => {
  it('keeps the data of a field, at every level, and frees the old name for another one', async () => {
    const c = await collectionWith(
      [
        { name: 'a', type: 'text', unique: true },
        { name: 'seo', type: 'component', options: { fields: [{ name: 'x', type: 'text' }] } },
      ],
      [{ a: 'one', seo: { x: 'deep' } }],
    );
    const [a, seo] = (await server.ask('GET', c.path)).body['fields'] as unknown as [
      { id: string },
      { id: string; options: { fields: [{ id: string }] } },
    ];
    const renamed = await c.change({
      fields: [
        { id: a.id, name: 'b', type: 'text', unique: true },
        {
          id: seo.id,
          name: 'seo',
          type: 'component',
          options: { fields: [{ id: seo.options.fields[0].id, name: 'y', type: 'text' }] },
        },
        { name: 'a', type: 'integer' },
      ],
    });
    expect(renamed.status, renamed.text).toBe(200);
    expect(await c.values()).toEqual([{ b: 'one', seo: { y: 'deep' } }]);
    const made = await server.ask('POST', `${c.path}/entries`, { body: { a: 5, b: 'two' } });
    expect(made.body['data']).toEqual({ a: 5, b: 'two' });
    const taken = await server.ask('POST', `${c.path}/entries`, { body: { b: 'one' } });
    expect([taken.status, taken.body['error']?.['details']]).toMatchObject([409, [{ field: 'b' }]]);
  });

  it('renames a collection; its id and relations to it go on', async () => {
    const target = await collectionWith([{ name: 't', type: 'text' }], [{ t: 'x' }]);
    const from = await collectionWith([
      { name: 'to', type: 'relation', options: { collection: target.name } },
    ]);
    const renamed = await server.ask('PATCH', target.path, { body: { name: 'renamed_target' } });
    expect(renamed.status).toBe(200);
    expect((await server.ask('GET', target.path)).status).toBe(404);
    expect(
      (await server.ask('GET', '/api/v1/collections/renamed_target/entries')).body['total'],
    ).toBe(1);
    const reply = await server.ask('GET', from.path);
    expect(reply.body['fields']?.[0]).toMatchObject({ options: { collection: 'renamed_target' } });
  });
});

describe('losing data', () => {
  it('refuses to drop a field with values until it is confirmed, and says what would be lost', async () => {
    const c = await collectionWith(
      [
        { name: 'a', type: 'text' },
        { name: 'b', type: 'text' },
      ],
      [{ a: '1', b: '1' }, { a: '2' }],
    );
    const keep = { fields: [{ name: 'a', type: 'text' }] };
    const refused = await c.change(keep);
    expect([refused.status, refused.body['error']?.['code']]).toEqual([
      409,
      'CONFIRMATION_REQUIRED',
    ]);
    expect(refused.body['error']?.['details']).toEqual([
      { field: 'b', message: 'The values of 1 entry would be lost.', code: 'data_loss' },
    ]);
    expect(await c.values()).toEqual([{ a: '1', b: '1' }, { a: '2' }]);
    expect((await c.change(keep, '?confirm=true')).status).toBe(200);
    expect(await c.values()).toEqual([{ a: '1' }, { a: '2' }]);
    // A new field of the old name does not bring the old values back.
    await c.change({ fields: [...keep.fields, { name: 'b', type: 'text' }] });
    expect(await c.values()).toEqual([{ a: '1' }, { a: '2' }]);
  });

  it('drops an empty field without asking', async () => {
    const c = await collectionWith(
      [
        { name: 'a', type: 'text' },
        { name: 'b', type: 'text' },
      ],
      [{ a: '1' }],
    );
    expect((await c.change({ fields: [{ name: 'a', type: 'text' }] })).status).toBe(200);
  });

  it('converts what can be converted, and asks before it loses the rest', async () => {
    const c = await collectionWith([{ name: 'n', type: 'text' }], [{ n: '12' }, { n: 'twelve' }]);
    const [field] = c.fields;
    const number = { fields: [{ id: field?.id, name: 'n', type: 'number', indexed: true }] };
    const refused = await c.change(number);
    expect(refused.body['error']?.['details']).toMatchObject([{ field: 'n', code: 'data_loss' }]);
    expect((await c.change(number, '?confirm=true')).status).toBe(200);
    expect(await c.values()).toEqual([{ n: 12 }, { n: null }]);
    const back = await c.change({ fields: [{ id: field?.id, name: 'n', type: 'text' }] });
    expect(back.status, 'numbers are texts without loss').toBe(200);
    expect(await c.values()).toEqual([{ n: '12' }, { n: null }]);
  });

  it('looks into components and blocks', async () => {
    const block = (fields: object[]) => [
      {
        name: 'page',
        type: 'blocks',
        options: { blocks: { hero: fields, quote: [{ name: 'by', type: 'text' }] } },
      },
    ];
    const c = await collectionWith(
      block([
        { name: 'x', type: 'text' },
        { name: 'y', type: 'text' },
      ]),
      [{ page: [{ type: 'hero', x: '1', y: '2' }, { type: 'quote' }] }],
    );
    const refused = await c.change({ fields: block([{ name: 'x', type: 'text' }]) });
    expect(refused.body['error']?.['details']).toMatchObject([
      { field: 'page', code: 'data_loss' },
    ]);
    await c.change({ fields: block([{ name: 'x', type: 'text' }]) }, '?confirm=true');
    expect(await c.values()).toEqual([{ page: [{ type: 'hero', x: '1' }, { type: 'quote' }] }]);
  });
});

describe('indexes', () => {
  it('are real, made and dropped with the flags', async () => {
    const c = await collectionWith([{ name: 'a', type: 'integer' }], [{ a: 1 }, { a: 2 }]);
    await c.change({ fields: [{ name: 'a', type: 'integer', indexed: true }] });
    const sorted = await server.ask('GET', `${c.path}/entries?sort=-a`);
    expect(
      (sorted.body['items'] as unknown as { data: object }[]).map((item) => item.data),
    ).toEqual([{ a: 2 }, { a: 1 }]);
    const indexes = () =>
      server.app.services.database.sql.rows<{ n: number }>(
        { text: `select count(*)::int as n from pg_indexes where indexname ~ $1` },
        [`^(uq|ix)_${c.fields[0]?.id.slice(4)}$`],
      );
    expect(await indexes()).toEqual([{ n: 1 }]);
    await c.change({ fields: [{ name: 'a', type: 'integer' }] });
    expect(await indexes()).toEqual([{ n: 0 }]);
  });

  it('refuses unique while values repeat, and changes nothing then', async () => {
    const c = await collectionWith([{ name: 'a', type: 'text' }], [{ a: 'same' }, { a: 'same' }]);
    const refused = await c.change({
      label: 'New',
      fields: [{ name: 'a', type: 'text', unique: true }],
    });
    expect([refused.status, refused.body['error']?.['details']]).toMatchObject([
      409,
      [{ field: 'a', code: 'unique' }],
    ]);
    expect((await server.ask('GET', c.path)).body).toMatchObject({ label: null, revision: 1 });
  });

  it('hold uniqueness of every type, with null free any number of times', async () => {
    const c = await collectionWith([
      { name: 't', type: 'text', unique: true },
      { name: 'n', type: 'number', unique: true },
      { name: 'd', type: 'datetime', unique: true },
      { name: 'b', type: 'bool', unique: true },
    ]);
    const entries = `${c.path}/entries`;
    const first = { t: '', n: 1.5, d: '2026-01-01T00:00:00Z', b: true };
    expect((await server.ask('POST', entries, { body: first })).status).toBe(201);
    for (const body of [{ t: null, n: null, d: null, b: null }, {}, { t: null }])
      expect((await server.ask('POST', entries, { body })).status).toBe(201);
    for (const [field, value] of Object.entries({ ...first, d: '2026-01-01T02:00:00+02:00' })) {
      const taken = await server.ask('POST', entries, { body: { [field]: value } });
      expect([taken.status, taken.body['error']?.['details']]).toMatchObject([
        409,
        [{ field, code: 'unique' }],
      ]);
    }
  });
});

describe('refusals', () => {
  it('names every problem of every field', async () => {
    const refused = await server.ask('POST', '/api/v1/collections', {
      body: {
        name: 'bad',
        fields: [
          { name: 'data', type: 'text' },
          { name: 'a', type: 'text', options: { min_length: 5, max_length: 1 } },
          { name: 'A', type: 'number' },
          { name: 'r', type: 'relation', options: { collection: 'nowhere' } },
        ],
      },
    });
    expect(refused.status).toBe(422);
    expect(refused.body['error']?.['details']?.[0]).toMatchObject({ field: 'fields.0.name' });
    expect((await server.ask('GET', '/api/v1/collections/bad')).status).toBe(404);
  });

  it('refuses to delete a collection that others point to, and names the fields', async () => {
    const target = await collectionWith([]);
    const from = await collectionWith([
      { name: 'to', type: 'relation', options: { collection: target.name } },
    ]);
    const refused = await server.ask('DELETE', target.path);
    expect(refused.status).toBe(409);
    expect(refused.body['error']?.['message']).toContain(`${from.name}.to`);
    expect((await server.ask('DELETE', from.path)).status).toBe(204);
    expect((await server.ask('DELETE', target.path)).status).toBe(204);
  });

  it('keeps an archived collection readable only', async () => {
    const c = await collectionWith([{ name: 'a', type: 'text' }], [{ a: '1' }]);
    await c.change({ status: 'archived' });
    expect(await c.values()).toEqual([{ a: '1' }]);
    const refused = await server.ask('POST', `${c.path}/entries`, { body: { a: '2' } });
    expect([refused.status, refused.body['error']?.['code']]).toEqual([409, 'COLLECTION_ARCHIVED']);
  });

  it('refuses an update of another revision', async () => {
    const c = await collectionWith([]);
    const refused = await server.ask('PATCH', c.path, {
      body: { label: 'x' },
      headers: { 'if-match': '"7"' },
    });
    expect(refused.status).toBe(412);
  });
});
