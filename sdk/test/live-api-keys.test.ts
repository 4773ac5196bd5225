import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '../src/index.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

/** Keys through the client, against a started server. */
let server: RunningServer;
const as = (key: string) => createClient({ url: server.url, apiKey: key, retries: 0 });

beforeAll(async () => {
  server = await startServer();
}, 120_000);
afterAll(() => server?.stop());

it('makes, changes, rotates and revokes a key', async () => {
  const { apiKeys, collections } = as(apiKey);
  await collections.create({ name: 'notes' });
  const { id, key } = await apiKeys.create({ name: 'Reader', scopes: ['content:read:notes'] });
  expect((await as(key).entries('notes').list()).items).toEqual([]);
  await expect(as(key).entries('notes').create({})).rejects.toMatchObject({ code: 'FORBIDDEN' });

  const changed = await apiKeys.update(id, { scopes: ['write'], limits: { per_minute: 100 } });
  expect(changed).toMatchObject({ access_level: 'write', limits: { per_minute: 100 } });
  expect(await apiKeys.get(id)).toMatchObject({ name: 'Reader', active: true });

  const rotated = await apiKeys.rotate(id, { overlapSeconds: 0 });
  await expect(as(key).entries('notes').list()).rejects.toMatchObject({ status: 401 });
  await as(rotated.key).entries('notes').create({});
  expect(await apiKeys.usage(id)).toMatchObject({ limits: [{ name: 'per_minute', used: 1 }] });

  await apiKeys.revoke(id);
  await expect(as(rotated.key).entries('notes').list()).rejects.toMatchObject({ status: 401 });
  expect((await apiKeys.list({ active: false })).items).toMatchObject([{ id, active: false }]);
  const all: string[] = [];
  for await (const each of apiKeys.iterate()) all.push(each.id);
  expect(all).toEqual([id]);
});
