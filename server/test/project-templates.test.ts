import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { makeProject, picking, projects } from './projects.ts';

/** What a new project begins with. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Collection {
  readonly name: string;
  readonly rules: object;
  readonly fields: { name: string; type: string; options?: { collection?: string } }[];
}
const collectionsOf = async (id: string): Promise<Collection[]> => {
  const { body } = await server.ask('GET', '/api/v1/collections', picking(id));
  return body['items'] as unknown as Collection[];
};

describe.each([
  ['blank', []],
  ['blog', ['authors', 'categories', 'posts']],
  ['docs', ['pages', 'sections']],
  ['shop', ['categories', 'customers', 'orders', 'products']],
] as const)('%s', (template, names) => {
  it('makes its collections, closed to the public, with relations among them', async () => {
    const id = await makeProject(server, { template });
    const made = await collectionsOf(id);
    expect(made.map(({ name }) => name)).toEqual(names);
    for (const { rules, fields } of made) {
      expect(Object.values(rules)).toEqual([null, null, null, null, null]);
      for (const { type, options } of fields)
        if (type === 'relation') expect(names).toContain(options?.collection);
    }
  });
});

it('makes collections that work: a post with its author and categories', async () => {
  const own = picking(await makeProject(server, { template: 'blog' }));
  const create = async (collection: string, data: object) => {
    const reply = await server.ask('POST', `/api/v1/collections/${collection}/entries`, {
      ...own,
      body: { data },
    });
    expect(reply.status, reply.text).toBe(201);
    return reply.body;
  };
  const author = await create('authors', { name: 'Ada Lovelace' });
  const category = await create('categories', { name: 'News' });
  const post = await create('posts', {
    title: 'Hello, world',
    author: author['id'],
    categories: [category['id']],
  });
  expect(post).toMatchObject({
    status: 'draft',
    data: { slug: 'hello-world', featured: false, author: author['id'] },
  });
  const path = `/api/v1/collections/authors/entries/${author['id']}`;
  expect((await server.ask('DELETE', path, own)).status).toBe(409);
});

it('makes an order of products', async () => {
  const own = picking(await makeProject(server, { template: 'shop' }));
  const create = async (collection: string, data: object) =>
    server.ask('POST', `/api/v1/collections/${collection}/entries`, { ...own, body: { data } });
  const product = await create('products', { name: 'Cup', sku: 'C1', price: 7.5 });
  const customer = await create('customers', { name: 'Bob', email: 'bob@example.com' });
  const order = await create('orders', {
    number: '1',
    customer: customer.body['id'],
    items: [{ product: product.body['id'], quantity: 2, unit_price: 7.5 }],
    total: 15,
  });
  expect(order.status, order.text).toBe(201);
  expect(order.body['data']).toMatchObject({ state: 'new', currency: 'EUR' });
});

it('refuses a template that there is not, and makes nothing', async () => {
  const before = (await server.ask('GET', projects)).body['pagination']?.['total'];
  const reply = await server.ask('POST', projects, { body: { name: 'x', template: 'wiki' } });
  expect(reply.status).toBe(422);
  expect(reply.body['error']?.['details']?.[0]).toMatchObject({ field: 'template' });
  expect((await server.ask('GET', projects)).body['pagination']?.['total']).toBe(before);
});
