import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyRows } from '../src/cli/audit/verify-rows.ts';
import { type AuditRow, type CmsClient, createClient } from '../src/index.ts';
import { cms } from './command.fixture.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

let server: RunningServer;
let client: CmsClient;
const verify = (...options: string[]) =>
  cms(['audit', 'verify', ...options, '--url', server.url, '--api-key', apiKey]);

beforeAll(async () => {
  server = await startServer();
  client = createClient({ url: server.url, apiKey });
  const fields = [{ name: 'title', type: 'text' as const }];
  await client.collections.create({ name: 'notes', fields });
  const notes = client.entries('notes');
  for (let index = 0; index < 120; index += 1) await notes.create({ title: `ünïcode ${index}` });
  const [first] = (await notes.list({ limit: 1 })).items;
  await notes.update(String(first?.id), { title: 'changed' });
}, 120_000);
afterAll(() => server?.stop());

async function* edited(change: (rows: AuditRow[]) => void): AsyncGenerator<AuditRow> {
  const rows: AuditRow[] = [];
  for await (const row of client.audit.follow()) rows.push(row);
  change(rows);
  yield* rows;
}

it('computes the chain itself, over more than a page, and from where it was', async () => {
  const { code, out } = await verify();
  expect([code, out]).toEqual([0, expect.stringContaining('The audit log is whole: 122 rows')]);
  const kept = /\d+:[0-9a-f]{64}/.exec(out)?.[0] ?? '';
  await client.entries('notes').create({ title: 'more' });
  expect((await verify('--expect', kept)).code).toBe(0);
  const [seq] = kept.split(':');
  const forged = await verify('--expect', `${seq}:${'0'.repeat(64)}`);
  expect([forged.code, forged.out]).toEqual([1, expect.stringContaining('was made anew')]);
  const cut = await verify('--expect', `9999:${'0'.repeat(64)}`);
  expect([cut.code, cut.out]).toEqual([1, expect.stringContaining('ends at row 123')]);
  expect((await verify('--expect', 'nonsense')).code).toBe(2);
});

it.each([
  ['a changed word', (rows: AuditRow[]) => void (rows[7] && (rows[7].event_type = 'x')), 8],
  ['a missing row', (rows: AuditRow[]) => void rows.splice(4, 1), 5],
  ['a changed definition', (rows: AuditRow[]) => void (rows[0] && (rows[0].after = {})), 1],
  ['another author', (rows: AuditRow[]) => void (rows[2] && (rows[2].user_id = 'user_x')), 3],
])('finds %s', async (_what, change, seq) => {
  expect(await verifyRows(edited(change), undefined)).toMatchObject({ good: false, seq });
});

it('reads and counts', async () => {
  const { items } = await client.audit.list({ event_type: 'entry.updated' });
  expect(items).toHaveLength(1);
  const [row] = items;
  expect(row).toMatchObject({ after: { title: 'changed' }, resource: { type: 'entry' } });
  expect(await client.audit.get(String(row?.id))).toEqual(row);
  expect((await client.audit.security()).items).toEqual([]);
  const { by_type } = await client.audit.statistics();
  expect(by_type).toMatchObject({ 'entry.created': 121, 'entry.updated': 1 });
  expect(await client.audit.verify()).toMatchObject({ valid: true, problem: null });
});
