import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Reply, startTestServer, type TestServer } from './harness.ts';

/** A cursor that is not, letter for letter, one of this very list is a 400 at every door that takes one. */
let server: TestServer;
let other: TestServer;
let cursor: string;
const families = ['entries', 'records'] as const;
const fields = [{ name: 'n', type: 'integer', indexed: true }];
const pathOf = (family: string, collection = 'notes') =>
  `/api/v1/collections/${collection}/${family}`;
const question = 'per_page=2&sort=-n&filter[n][gte]=0';

const fill = async (at: TestServer, collection: string, headers: Record<string, string> = {}) => {
  const body = { name: collection, fields };
  expect((await at.ask('POST', '/api/v1/collections', { body, headers })).status).toBe(201);
  const entries = [0, 1, 2, 3, 4].map((n) => ({ n }));
  const path = `${pathOf('entries', collection)}/bulk`;
  expect((await at.ask('POST', path, { body: { entries }, headers })).status).toBe(201);
};

beforeAll(async () => {
  [server, other] = await Promise.all([startTestServer(), startTestServer()]);
  await fill(server, 'notes');
  await fill(server, 'others');
  await fill(other, 'notes');
  const { body } = await server.ask('GET', `${pathOf('entries')}?${question}`);
  cursor = String(body['next_cursor']);
});
afterAll(() => Promise.all([server.close(), other.close()]));

const isRefusal = ({ status, body }: Reply): boolean =>
  status === 400 && body['error']?.['details']?.[0]?.['field'] === 'cursor';

/** Those that are not refused as cursors. */
async function taken(changed: readonly string[], family: string): Promise<string[]> {
  const found: string[] = [];
  for (const each of changed) {
    const path = `${pathOf(family)}?${question}&cursor=${encodeURIComponent(each)}`;
    if (!isRefusal(await server.ask('GET', path))) found.push(each);
  }
  return found;
}

it.each(families)('is good as it is in %s', async (family) => {
  expect(await taken([cursor], family)).toEqual([cursor]);
});

it.each(families)('is refused when cut anywhere in %s', async (family) => {
  const cut = Array.from(cursor, (_, at) => cursor.slice(0, at)).filter((each) => each !== '');
  expect(await taken(cut, family)).toEqual([]);
});

it.each(families)('is refused with another letter anywhere in %s', async (family) => {
  // The next letter of base64 differs in one bit, which at the end of a text may mean nothing.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const next = (letter: string) => alphabet[(alphabet.indexOf(letter) + 1) % alphabet.length];
  const changed = Array.from(
    cursor,
    (letter, at) => cursor.slice(0, at) + next(letter) + cursor.slice(at + 1),
  );
  expect(await taken(changed, family)).toEqual([]);
});

it('is refused with anything in front or behind', async () => {
  const added = ['.', '=', '==', '.x', 'A', ' ', '%00', '\u0000', `.${cursor}`, cursor];
  const changed = added.flatMap((each) => [each + cursor, cursor + each]);
  expect(await taken(changed, 'entries')).toEqual([]);
});

it('is refused by every other list', async () => {
  const made = await server.ask('POST', '/v1/projects', { body: { name: 'Other' } });
  const project = { 'x-project-id': String(made.body['data']?.['id'] ?? made.body['id']) };
  await fill(server, 'notes', project);
  const ask = (to: TestServer, path: string, headers = {}) =>
    to.ask('GET', `${path}&cursor=${cursor}`, { headers });
  const notes = pathOf('entries');
  const same = `${notes}?${question}`;
  const replies = {
    collection: await ask(server, `${pathOf('entries', 'others')}?${question}`),
    sort: await ask(server, `${notes}?per_page=2&sort=n&filter[n][gte]=0`),
    'no sort': await ask(server, `${notes}?per_page=2&filter[n][gte]=0`),
    'another key behind': await ask(server, `${notes}?per_page=2&sort=-n,id&filter[n][gte]=0`),
    filter: await ask(server, `${notes}?per_page=2&sort=-n&filter[n][gte]=1`),
    'no filter': await ask(server, `${notes}?per_page=2&sort=-n`),
    search: await ask(server, `${same}&search=x`),
    project: await ask(server, same, project),
    'secret and database': await ask(other, same),
  };
  for (const [name, reply] of Object.entries(replies))
    expect([name, reply.status, isRefusal(reply)]).toEqual([name, 400, true]);
  // The same question is the same list at the other door, and in another size.
  expect((await ask(server, `${pathOf('records')}?${question}`)).status).toBe(200);
  expect((await ask(server, same.replace('per_page=2', 'limit=1'))).status).toBe(200);
});
