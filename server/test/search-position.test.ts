import { afterAll, beforeAll, expect, it } from 'vitest';
import { caughtUp } from '../src/features/search/feed/caught-up.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { makeProject } from './projects.ts';

/** Where an index is in the log of changes: transactions are numbers, and 10 comes after 9. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('is not past a change of a transaction whose number has a digit more', async () => {
  const { sql } = server.app.services.database;
  const project = await makeProject(server);
  const run = (text: string) => sql.rows({ text }, [project]);
  await run('delete from events where project_id = $1');
  for (const xid of ['9', '10'])
    await run(
      `insert into events (project_id, type, at, xid) values ($1, 'entry.created', now(), '${xid}')`,
    );
  const ids = await sql.rows<{ id: string }>(
    { text: 'select id from events where project_id = $1 order by id' },
    [project],
  );
  await run(
    `insert into search_feeds (project_id, event_xid, event_id) values ($1, '9', ${ids[0]?.id})`,
  );
  expect(await caughtUp(sql, project, 1)).toBe(false);
  await run(
    `update search_feeds set event_xid = '10', event_id = ${ids[1]?.id} where project_id = $1`,
  );
  expect(await caughtUp(sql, project, 1)).toBe(true);
});
