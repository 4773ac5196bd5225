import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { register } from './accounts.ts';
import { askFor, type Reply, startTestServer, type TestServer } from './harness.ts';
import { makeKey } from './keys.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { withinASecond } from './projects.ts';

/** A second process on the database, as a user starts it, knows within a second what was changed at the first. */
const dataDir = mkdtempSync(join(tmpdir(), 'cms-second-'));
let server: TestServer;
let second: ServerProcess;
const entries = '/api/v1/collections/notes/entries';

beforeAll(async () => {
  server = await startTestServer();
  const fields = [
    { name: 'title', type: 'text' },
    { name: 'price', type: 'integer' },
  ];
  await server.ask('POST', '/api/v1/collections', { body: { name: 'notes', fields } });
  await server.ask('POST', entries, { body: { title: 'a', price: 1 } });
  second = await startServerProcess(dataDir, { DATABASE_URL: server.databaseUrl });
}, 60_000);
afterAll(async () => {
  await second.kill('SIGTERM');
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const there = (path: string, key: string | null, method = 'GET', body?: object): Promise<Reply> =>
  askFor(second.url, method, path, { key, ...(body ? { body } : {}) });
const change = (body: object) => server.ask('PATCH', '/api/v1/collections/notes', { body });

it('a rule of a collection, and of a field', async () => {
  expect((await there(entries, null)).status).toBe(401);
  await change({ rules: { list: '' } });
  await withinASecond(200, () => there(entries, null));
  await change({ rules: { list: 'price > 1' } });
  await withinASecond(0, async () => ({
    status: Number((await there(entries, null)).body['total']),
  }));
  await change({ rules: { list: null } });
  await withinASecond(401, () => there(entries, null));

  const reader = await register(server, 'reader@example.com');
  const shown = async () => {
    const [item] = (await there(entries, reader.access)).body['items'] as unknown as {
      data: object;
    }[];
    return { status: Number('price' in (item?.data ?? {})) };
  };
  await withinASecond(1, shown);
  const { body } = await server.ask('GET', '/api/v1/collections/notes');
  const fields = (body['fields'] as unknown as { name: string }[]).map((field) =>
    field.name === 'price' ? { ...field, rules: { read: '@request.auth.role = "admin"' } } : field,
  );
  expect((await change({ fields })).status).toBe(200);
  await withinASecond(0, shown);
});

it('a key that is revoked, a session that ends, an account that is shut out', async () => {
  const { id, key } = await makeKey(server, { scopes: ['read'] });
  await withinASecond(200, () => there(entries, key));
  await server.ask('DELETE', `/api/v1/api-keys/${id}`);
  await withinASecond(401, () => there(entries, key));

  const first = await register(server, 'first@example.com');
  await withinASecond(200, () => there('/api/v1/auth/me', first.access));
  await server.ask('POST', '/api/v1/auth/logout', { key: first.access, body: {} });
  await withinASecond(401, () => there('/api/v1/auth/me', first.access));

  const other = await register(server, 'other@example.com');
  await withinASecond(200, () => there('/api/v1/auth/me', other.access));
  const shut = { data: { active: false } };
  expect((await server.ask('PUT', `/api/v1/users/${other.id}`, { body: shut })).status).toBe(200);
  await withinASecond(401, () => there('/api/v1/auth/me', other.access));
});

it('a role in the project', async () => {
  const { id, access } = await register(server, 'member@example.com');
  const write = () => there('/api/v1/collections/nothing', access, 'PATCH', {});
  await withinASecond(403, write);
  const project = await server.app.services.projects.find(undefined);
  const members = `/v1/projects/${project?.id}/members/${id}`;
  expect((await server.ask('PUT', members, { body: { role: 'admin' } })).status).toBe(200);
  await withinASecond(404, write);
  await server.ask('DELETE', members);
  await withinASecond(403, write);
});
