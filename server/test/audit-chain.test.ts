import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { register } from './accounts.ts';
import { cloneDatabase, rootKey, startTestServer, type TestServer } from './harness.ts';
import { startServerProcess } from './server-process.ts';

/** The audit log is a chain: whoever changes it without making all of it anew is found out. */
const entries = '/api/v1/collections/notes/entries';
let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
  await fill(server);
});
afterEach(() => server.close());

async function fill(of: TestServer): Promise<void> {
  const fields = [{ name: 'title', type: 'text' }];
  await of.ask('POST', '/api/v1/collections', { body: { name: 'notes', fields } });
  for (let index = 0; index < 5; index += 1)
    await of.ask('POST', entries, { body: { title: `note ${index}` } });
  await register(of, `someone${Math.random()}@example.com`);
}

const verify = async (of = server) => (await of.ask('GET', '/api/v1/audit/verify')).body;
const tamper = (text: string) => server.app.services.database.sql.rows({ text }, []);

describe('finds', () => {
  it('nothing where nothing was done to it', async () => {
    const { valid, checked, problem, head } = await verify();
    expect({ valid, problem }).toEqual({ valid: true, problem: null });
    expect(Number(checked)).toBe(Number(head?.['seq']));
    expect(Number(checked)).toBe(7);
  });

  it.each([
    ['a changed row', `update audit_log set outcome = 'failure' where seq = 3`, 'changed', 3],
    ['a changed detail', `update audit_log set details = '{}' where seq = 3`, 'changed', 3],
    [
      'a changed time',
      `update audit_log set at = at - interval '1 ms' where seq = 2`,
      'changed',
      2,
    ],
    ['a changed author', `update audit_log set actor_id = 'user_x' where seq = 4`, 'changed', 4],
    [
      'a hash that was made to fit',
      `update audit_log set hash = md5('x') where seq = 1`,
      'changed',
      1,
    ],
    ['a missing row', `delete from audit_log where seq = 4`, 'missing', 4],
    ['a missing first row', `delete from audit_log where seq = 1`, 'missing', 1],
    ['a missing end', `delete from audit_log where seq >= 6`, 'missing', 6],
    [
      'rows that changed places',
      `update audit_log a set id = b.id, at = b.at, resource_id = b.resource_id,
        details = b.details from audit_log b where a.seq = 3 and b.seq = 4`,
      'changed',
      3,
    ],
    [
      'a row that was put between',
      `with moved as (update audit_log set seq = seq + 100 where seq > 3 returning *)
        insert into audit_log select 4, project_id, 'aud_x', at, type, severity, outcome, actor_id, actor_kind, ip_address,
        user_agent, request_id, resource_type, resource_id, before, after, details, hash from moved where seq = 104`,
      'changed',
      4,
    ],
    ['another end', `update audit_heads set hash = md5('x')`, 'head', 7],
    [
      'content that was changed behind it',
      `update entry_versions set data = '{"title":"forged"}'
        where entry_id = (select resource_id from audit_log where seq = 5)`,
      'content_changed',
      5,
    ],
  ])('%s', async (_what, sql, kind, seq) => {
    expect(await verify()).toMatchObject({ valid: true });
    await tamper(sql);
    const { valid, checked, problem } = await verify();
    expect({ valid, problem }).toMatchObject({ valid: false, problem: { kind, seq } });
    expect(Number(checked)).toBe(kind === 'head' ? 7 : seq - 1);
  });
});

it('stays one chain when two servers write and seal at once', async () => {
  const other = await startTestServer({ databaseUrl: server.databaseUrl });
  const write = (of: TestServer, index: number) =>
    index % 10 === 0
      ? of.ask('GET', '/api/v1/audit?limit=1')
      : of.ask('POST', entries, { body: { title: `t${index}` } });
  const replies = await Promise.all(
    Array.from({ length: 300 }, (_, index) => write(index % 2 ? server : other, index)),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 201]));
  const { valid, checked } = await verify(other);
  expect({ valid, checked }).toEqual({ valid: true, checked: 7 + 270 });
  // In the order of commits, which is that of transactions below any that still ran.
  const order = await tamper(`
    select count(*)::int as wrong from audit_log a join events e on e.entry_id = a.resource_id and a.type = e.type
    join audit_log b on b.seq = a.seq + 1 join events f on f.entry_id = b.resource_id and b.type = f.type
    where (f.xid, f.id) < (e.xid, e.id)`);
  expect(order).toEqual([{ wrong: 0 }]);
  await other.close();
});

it('seals by itself, and what a transaction still holds back later', async () => {
  const { database } = server.app.services;
  const late = await database.pool.connect();
  await late.query('begin');
  await late.query('select pg_current_xact_id()');
  await server.ask('POST', entries, { body: { title: 'after the late one' } });
  const held = Number((await verify())['checked']);
  await late.query('commit');
  late.release();
  const begun = performance.now();
  for (;;) {
    const [row] = await database.sql.rows<{ seq: string }>(
      { text: 'select seq from audit_heads' },
      [],
    );
    if (Number(row?.seq) > held) break;
    if (performance.now() - begun > 15_000) throw new Error('Nothing was sealed.');
  }
  expect(await verify()).toMatchObject({ valid: true });
});

it(
  'loses nothing and doubles nothing when a server is killed while it seals',
  { timeout: 120_000 },
  async () => {
    const databaseUrl = await cloneDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'cms-audit-'));
    const headers = { authorization: `Bearer ${rootKey}`, 'content-type': 'application/json' };
    let acknowledged = 0;
    for (let round = 0; round < 3; round += 1) {
      const child = await startServerProcess(dataDir, { DATABASE_URL: databaseUrl });
      const post = async (path: string, body: object) =>
        fetch(child.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (round === 0)
        await post('/api/v1/collections', {
          name: 'notes',
          fields: [{ name: 'title', type: 'text' }],
        });
      const many = Array.from({ length: 500 }, (_, index) => ({ title: `r${round} ${index}` }));
      for (let batch = 0; batch < 4; batch += 1) {
        const reply = await post(`${entries}/bulk`, { entries: many });
        expect(reply.status).toBe(201);
        acknowledged += 500;
      }
      // Sealing two thousand rows takes several transactions; one of them is cut.
      const sealing = fetch(`${child.url}/api/v1/audit?limit=1`, { headers }).catch(
        () => undefined,
      );
      await child.kill('SIGKILL');
      await sealing;
    }
    const next = await startTestServer({ databaseUrl });
    expect(await verify(next)).toMatchObject({ valid: true });
    const created = await next.ask('GET', '/api/v1/audit?event_type=entry.created&limit=1');
    expect(created.body['total']).toBe(acknowledged);
    await next.close();
    rmSync(dataDir, { recursive: true, force: true });
  },
);
