import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTeam } from './teams.ts';
import { type Ask, startTestServer, type TestServer } from './harness.ts';

/**
 * What asks for a second connection within a transaction works until as many do so at once as there are
 * connections: then all wait for each other. With one connection it never works.
 */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ config: { poolSize: 1 } });
});
afterAll(() => server.close());

const api = '/api/v1';
async function done(method: string, path: string, ask: Ask = {}) {
  const reply = await server.ask(method, path, ask);
  expect(`${method} ${path}: ${reply.status} ${reply.text}`).toMatch(/: 2\d\d /);
  return reply.body;
}
const person = { email: 'ada@example.com', password: 'a long passphrase' };

it('is enough for accounts, teams, projects and keys', async () => {
  await done('POST', `${api}/auth/register`, { body: person });
  const { access_token: token } = await done('POST', `${api}/auth/login`, { body: person });
  const key = String(token);
  const team = await makeTeam(server, key);
  const invited = { email: 'bob@example.com', role: 'editor' };
  await done('POST', `/v1/teams/${team}/members`, { key, body: invited });
  await done('POST', '/v1/projects', { body: { name: 'Site', template: 'blog' } });
  await done('POST', `${api}/api-keys`, { body: { name: 'Reader', scopes: ['read'] } });
  const me = { data: { email: 'ada@example.org' } };
  await done('PUT', `${api}/users/me`, { key, body: me });
  await done('GET', `${api}/audit`);
});

it('is enough for collections and everything that is written to them', async () => {
  const slug = { name: 'slug', type: 'text', unique: true };
  const authors = { name: 'authors', fields: [slug] };
  await done('POST', `${api}/collections`, { body: authors });
  const author = { name: 'author', type: 'relation', options: { collection: 'authors' } };
  const posts = { name: 'posts', fields: [slug, author] };
  await done('POST', `${api}/collections`, { body: posts });
  const of = (name: string) => `${api}/collections/${name}`;
  const ada = await done('POST', `${of('authors')}/entries`, { body: { slug: 'ada' } });
  const headers = { 'idempotency-key': 'once' };
  const post = { slug: 'one', author: String(ada['id']) };
  await done('POST', `${of('posts')}/entries`, { headers, body: post });
  const twice = { headers: { 'idempotency-key': 'twice' }, body: post };
  expect((await server.ask('POST', `${of('posts')}/entries`, twice)).status).toBe(409);
  const entries = [{ slug: 'one' }, { slug: 'two' }];
  await done('POST', `${of('posts')}/entries/bulk?mode=partial`, { body: { entries } });
  const operations = [
    { op: 'create', collection: 'authors', ref: 'bob', data: { slug: 'bob' } },
    { op: 'create', collection: 'posts', data: { slug: 'three', author: { $ref: 'bob' } } },
  ];
  await done('POST', `${api}/batch`, { body: { operations } });
  const file = 'slug,author.slug\nfour,bob\none,ada\n';
  for (const query of ['upsert=slug', 'upsert=slug&mode=all'])
    await done('POST', `${of('posts')}/entries/import?${query}`, {
      headers: { 'content-type': 'text/csv' },
      body: file,
    });
  await done('GET', `${of('posts')}/entries?include=author&author.slug=bob&sort=-slug`);
  await done('PATCH', `${of('posts')}/entries?slug=two&max_affected=1`, { body: { slug: '2' } });
  expect((await server.ask('DELETE', `${of('authors')}/entries/${ada['id']}`)).status).toBe(409);
  await done('PATCH', of('posts'), { body: { label: 'Posts' } });
  const exported = await server.ask('GET', `${of('posts')}/entries/export?relations=slug`);
  expect(exported.text).toContain('four,bob');
  expect((await server.ask('DELETE', of('authors'))).status).toBe(409);
  await done('DELETE', of('posts'));
});
