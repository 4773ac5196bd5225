import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from './accounts.ts';
import { type Json, startTestServer, type TestServer } from './harness.ts';
import { type Filled, replay } from './replay-printed.ts';

/** Document S4 (FastCMS, "API Reference"), "Records API": lists, search, bulk and CSV, as printed. */
let server: TestServer;
let token: string;
const send = (printed: string, { names, ...filled }: Filled = {}) =>
  replay(server, printed, {
    ...filled,
    names: { '{collection_name}': 'products', USER_TOKEN: token, ...names },
  });

const status = { name: 'status', type: 'select', options: { values: ['draft', 'published'] } };
const records = (collection: string) => `/api/v1/collections/${collection}/records`;

beforeAll(async () => {
  server = await startTestServer();
  ({ access: token } = await register(server, 'user@example.com'));
  const make = async (name: string, schema: object[], items: object[]): Promise<void> => {
    await server.ask('POST', '/api/v1/collections', { body: { name, type: 'base', schema } });
    for (const data of items)
      expect((await server.ask('POST', records(name), { key: token, body: { data } })).status).toBe(
        201,
      );
  };
  await make(
    'products',
    [
      { name: 'title', type: 'text', validation: { required: true } },
      { name: 'active', type: 'bool' },
      { name: 'featured', type: 'bool' },
      status,
    ],
    Array.from({ length: 45 }, (_, at) => ({
      title: `Product ${at + 1}`,
      active: at % 2 === 0,
      featured: at === 4,
      status: at % 4 === 0 ? 'published' : 'draft',
    })),
  );
  await make(
    'posts',
    [
      { name: 'title', type: 'text' },
      { name: 'content', type: 'editor' },
      { name: 'contact', type: 'email' },
      { name: 'link', type: 'url' },
      { name: 'notes', type: 'json' },
      status,
    ],
    [
      { title: 'About FastCMS', status: 'published' },
      { title: 'Inside', content: '<p>How <b>fastcms</b> works</p>', status: 'draft' },
      { title: 'Write to us', contact: 'hello@fastcms.dev', status: 'published' },
      { title: 'Links', link: 'https://fastcms.dev/docs', status: 'draft' },
      { title: 'Elsewhere', notes: { about: 'fastcms' }, status: 'published' },
    ],
  );
});
afterAll(() => server.close());

interface Item {
  readonly id: string;
  readonly data: { readonly title: string; readonly status: string };
}
const itemsOf = (body: Json) => body['items'] as unknown as Item[];
const titles = (body: Json) => itemsOf(body).map(({ data }) => data.title);

describe('List Records', () => {
  it('has the defaults and the keys of the success response', async () => {
    const reply = await send(`GET /api/v1/collections/{collection_name}/records`);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ total: 45, page: 1, per_page: 30 });
    expect(reply.body['items']).toHaveLength(30);
    const { per_page: most } = (await server.ask('GET', `${records('products')}?per_page=100`))
      .body;
    expect(most).toBe(100);
    expect((await server.ask('GET', `${records('products')}?per_page=101`)).status).toBe(400);
  });

  it('the example of the filter parameter', async () => {
    const filter = `status=published&&featured=true`;
    const { body } = await send(`GET ${records('products')}?filter=${filter}`);
    expect(titles(body)).toEqual(['Product 5']);
  });

  it('Example', async () => {
    const { status: code, body } = await send(
      `GET /api/v1/collections/products/records?page=1&per_page=20&sort=-created&filter=active=true`,
    );
    expect(code).toBe(200);
    expect(body).toMatchObject({ total: 23, page: 1, per_page: 20, total_pages: 2 });
    expect(titles(body).slice(0, 3)).toEqual(['Product 45', 'Product 43', 'Product 41']);
    expect(body['items']).toHaveLength(20);
  });

  it('takes parentheses, leaves the total out, and says which character it does not understand', async () => {
    const { body } = await send(
      `GET ${records('products')}?sort=created&filter=(title~"t%204"||featured=true)&&active=true&per_page=3&skipTotal=true`,
    );
    expect([titles(body), body['total']]).toEqual([
      ['Product 5', 'Product 41', 'Product 43'],
      null,
    ]);
    const refused = await send(`GET ${records('products')}?filter=active==true`);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      code: 'INVALID_INPUT',
      detail: expect.stringContaining('At character 8'),
    });
  });
});

describe('Search Records', () => {
  it('looks into text, editor, email and URL fields', async () => {
    const { status: code, body } = await send(
      `GET /api/v1/collections/posts/records?search=fastcms`,
    );
    expect(code).toBe(200);
    expect(titles(body)).toEqual(['Links', 'Write to us', 'Inside', 'About FastCMS']);
  });

  it('beside a filter', async () => {
    const { body } = await send(
      `GET /api/v1/collections/posts/records?search=fastcms&filter=status=published`,
    );
    expect(titles(body)).toEqual(['Write to us', 'About FastCMS']);
  });
});

describe('Bulk', () => {
  const idsOf = async (names: readonly string[]) => {
    const { body } = await server.ask('GET', `${records('products')}?per_page=100&sort=created`);
    const ids = itemsOf(body).flatMap(({ id, data }) => (names.includes(data.title) ? [id] : []));
    return { id1: ids[0] ?? '', id2: ids[1] ?? '', id3: ids[2] ?? '' };
  };
  const done = (success: number) => [200, { success, failed: 0, errors: null }];

  it('Bulk Update', async () => {
    const names = await idsOf(['Product 2', 'Product 3']);
    const reply = await send(
      `POST /api/v1/collections/{collection_name}/records/bulk-update
Authorization: Bearer USER_TOKEN
Content-Type: application/json
{
"record_ids": ["id1", "id2"],
"data": {"status": "published"}
}`,
      { names },
    );
    expect([reply.status, reply.body]).toEqual(done(2));
    const { body } = await server.ask('GET', `${records('products')}/${names.id1}`);
    expect(body).toMatchObject({
      version: 2,
      data: { title: 'Product 2', active: false, status: 'published' },
    });
  });

  it('Bulk Delete', async () => {
    const names = await idsOf(['Product 10', 'Product 11', 'Product 12']);
    const printed = `POST /api/v1/collections/{collection_name}/records/bulk-delete
Authorization: Bearer USER_TOKEN
Content-Type: application/json
{"record_ids": ["id1", "id2", "id3"]}`;
    const reply = await send(printed, { names });
    expect([reply.status, reply.body]).toEqual(done(3));
    const { body } = await server.ask('GET', records('products'));
    expect(body['total']).toBe(42);
    const again = await send(printed, { names });
    expect([again.status, again.body['code']]).toEqual([422, 'VALIDATION_ERROR']);
  });
});

describe('CSV', () => {
  it('Export to CSV', async () => {
    const {
      status: code,
      headers,
      text,
    } = await send(`GET /api/v1/collections/{collection_name}/records/export/csv
Authorization: Bearer USER_TOKEN`);
    expect([code, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const [header, ...rows] = text.trimEnd().split('\r\n');
    // The collection's own status is the shorter name, as it is in filters.
    expect(header).toBe('id,sys.status,created_at,updated_at,title,active,featured,status');
    expect(rows).toHaveLength(42);
    expect(rows[0]).toMatch(/^ent_\w+,published,.*Z,.*Z,Product 1,true,false,published$/);
  });

  it('Import from CSV', async () => {
    const printed = `POST /api/v1/collections/{collection_name}/records/import/csv
Authorization: Bearer USER_TOKEN
Content-Type: multipart/form-data
file=@records.csv`;
    const reply = await send(printed, { file: 'title,active\nImported,true\n,false\n' });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      imported: 1,
      updated: 0,
      skipped: 1,
      total: 2,
      errors: [{ row: 2, field: 'title', message: expect.any(String), code: 'required' }],
    });
  });
});
