import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dropIndexes, hasMeilisearch, indexNames, meiliClient, meiliConfig } from './engines.ts';
import { cloneDatabase, type Reply, startTestServer, type TestServer } from './harness.ts';
import { makeProject, picking } from './projects.ts';

/** What can go wrong between the product and a Meilisearch: it is away, behind, or has lost its indexes. */
const collections = '/api/v1/collections';
const entries = `${collections}/posts/entries`;
const titlesOf = ({ body }: Reply) =>
  (body['items'] as unknown as { data: { title: string } }[])?.map(({ data }) => data.title);

/** A way to Meilisearch that can be cut. */
async function cuttable(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let open = true;
  const server = createServer((near) => {
    if (!open) return void near.destroy();
    const far = connect(Number(target.port || 80), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy()).on('close', () => sockets.delete(one));
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => void (open = true),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Asks again until something holds. */
async function until<T>(ask: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const begun = performance.now();
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (performance.now() - begun > 60_000) throw new Error(`Not so: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.runIf(hasMeilisearch())('Meilisearch', () => {
  const prefixes: string[] = [];
  const servers: { close(): Promise<void> }[] = [];
  let way: Awaited<ReturnType<typeof cuttable>>;
  let server: TestServer;

  const start = async (fallback: boolean, own: { databaseUrl?: string; prefix?: string } = {}) => {
    const { prefix, databaseUrl } = own;
    const meili = meiliConfig({ fallback, url: way.url, ...(prefix ? { prefix } : {}) });
    prefixes.push(meili.prefix);
    const started = await startTestServer({
      config: { meili },
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    });
    servers.push(started);
    return { started, prefix: meili.prefix };
  };
  const must = async (status: number, method: string, path: string, body?: unknown) => {
    const reply = await server.ask(method, path, body === undefined ? {} : { body });
    expect(reply.status, reply.text).toBe(status);
    return reply.body;
  };
  const make = async (name: string, more: object = {}) => {
    const fields = [{ name: 'title', type: 'text' }];
    return must(201, 'POST', collections, { name, fields, rules: { list: '' }, ...more });
  };
  const create = async (title: string) =>
    String((await must(201, 'POST', entries, { data: { title } }))['id']);
  const search = (q: string, more = '') =>
    server.ask('GET', `${entries}/search?q=${encodeURIComponent(q)}${more}`);
  const settled = (q: string) => search(q, '&consistency=wait');
  const status = async () => (await server.ask('GET', '/api/v1/search/status')).body;

  beforeAll(async () => {
    way = await cuttable(meiliConfig().url);
  });
  afterEach(async () => {
    way.mend();
    for (const each of servers.splice(0)) await each.close();
    for (const prefix of prefixes.splice(0)) await dropIndexes(prefix);
  });
  afterAll(() => way.close());

  it('away, refuses in words, and loses no write of that time', async () => {
    ({ started: server } = await start(false));
    await make('posts');
    const id = await create('Before');
    expect(titlesOf(await settled('before'))).toEqual(['Before']);
    way.cut();
    await create('Meanwhile');
    await must(200, 'PATCH', `${entries}/${id}`, { data: { title: 'Changed' } });
    for (const reply of [await search('before'), await settled('meanwhile')]) {
      expect([reply.status, reply.body['code']]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      expect(reply.headers.get('retry-after')).toBe('5');
    }
    const late = await until(status, (now) => Number(now['behind']?.['changes']) >= 2);
    expect(late['available']).toBe(false);
    way.mend();
    await until(
      () => settled('meanwhile'),
      (reply) => reply.status === 200,
    );
    expect(titlesOf(await settled('meanwhile'))).toEqual(['Meanwhile']);
    expect(titlesOf(await settled('changed'))).toEqual(['Changed']);
    expect(titlesOf(await settled('before'))).toEqual([]);
    expect(await status()).toMatchObject({ available: true, behind: { changes: 0, seconds: 0 } });
  });

  it('away, leaves the answer to PostgreSQL where that is wanted', async () => {
    ({ started: server } = await start(true));
    await make('posts');
    await create('Before');
    expect(titlesOf(await settled('before'))).toEqual(['Before']);
    way.cut();
    await create('Before and after');
    expect(titlesOf(await search('before'))?.toSorted()).toEqual(['Before', 'Before and after']);
    expect(titlesOf(await settled('after'))).toEqual(['Before and after']);
    const listed = await server.ask('GET', `${entries}?search=after`);
    expect(titlesOf(listed)).toEqual(['Before and after']);
  });

  it('behind, shows nothing that is not so any more', async () => {
    ({ started: server } = await start(false));
    await make('posts', { rules: { list: 'title != "Secret"' } });
    const id = await create('Open');
    expect(titlesOf(await settled('open'))).toEqual(['Open']);
    const { database } = server.app.services;
    // A transaction that does not end holds up the log, and with it the index.
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    try {
      await must(200, 'PATCH', `${entries}/${id}`, { data: { title: 'Secret' } });
      const asNobody = await server.ask('GET', `${entries}/search?q=open`, { key: null });
      expect([asNobody.status, titlesOf(asNobody)]).toEqual([200, []]);
      expect((await status())['behind']).toMatchObject({ changes: 1 });
      expect((await settled('open')).status).toBe(503);
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(titlesOf(await settled('secret'))).toEqual(['Secret']);
  });

  it('is filled with what there was before it came, and rebuilt while it is searched', async () => {
    const databaseUrl = await cloneDatabase();
    const first = await startTestServer({ databaseUrl });
    servers.push(first);
    server = first;
    await make('posts');
    const titles = Array.from({ length: 2500 }, (_, at) => ({ data: { title: `Waffle ${at}` } }));
    for (const at of [0, 1000, 2000])
      await must(201, 'POST', `${entries}/bulk`, { entries: titles.slice(at, at + 1000) });
    const { started, prefix } = await start(false, { databaseUrl });
    server = started;
    const find = () => search('"waffle 2345"');
    await until(find, (reply) => reply.status === 200);
    expect(titlesOf(await find())).toEqual(['Waffle 2345']);
    const before = await indexNames(prefix);
    const begun = await server.ask('POST', '/api/v1/search/rebuild', { body: {} });
    expect([begun.status, begun.body['indexes']]).toEqual([
      202,
      ['building', 'live'].map((state) => ({ collection: 'posts', state, current: true })),
    ]);
    let asked = 0;
    await until(
      async () => {
        asked += 1;
        expect(titlesOf(await find())).toEqual(['Waffle 2345']);
        return status();
      },
      ({ indexes }) => (indexes as unknown as unknown[]).length === 1,
    );
    expect(asked).toBeGreaterThan(1);
    const after = await until(
      () => indexNames(prefix),
      (names) => names.length === 1,
    );
    expect(before).not.toContain(after[0]);
    expect((await search('waffle', '&limit=1')).body['total']).toBe(1000);
  });

  it('having lost an index, gets it again', async () => {
    let prefix: string;
    ({ started: server, prefix } = await start(true));
    await make('posts');
    await create('Before');
    await settled('before');
    for (const name of await indexNames(prefix)) await meiliClient().deleteIndex(name).waitTask();
    await create('After');
    expect(titlesOf(await search('before'))).toEqual(['Before']);
    await until(
      () => indexNames(prefix),
      (names) => names.length === 1,
    );
    await until(status, ({ indexes }) =>
      (indexes as unknown as { state: string }[]).every(({ state }) => state === 'live'),
    );
    const [name = ''] = await indexNames(prefix);
    expect((await meiliClient().index(name).getStats()).numberOfDocuments).toBe(2);
  });

  it('has nothing left of a collection or a project that is gone', async () => {
    let prefix: string;
    ({ started: server, prefix } = await start(false));
    await make('posts');
    await make('pages');
    await create('Here');
    await settled('here');
    expect(
      (
        await until(
          () => indexNames(prefix),
          (names) => names.length === 2,
        )
      ).length,
    ).toBe(2);
    await must(204, 'DELETE', `${collections}/pages`);
    await until(
      () => indexNames(prefix),
      (names) => names.length === 1,
    );
    const project = await makeProject(server, { template: 'blog' });
    await until(
      () => indexNames(prefix),
      (names) => names.length > 1,
    );
    await server.ask('DELETE', `/v1/projects/${project}`, picking(project));
    const { database } = server.app.services;
    for (const text of [
      'delete from collections where project_id = $1',
      'delete from events where project_id = $1',
      'delete from search_feeds where project_id = $1',
    ])
      await database.sql.rows({ text }, [project]);
    await until(
      () => indexNames(prefix),
      (names) => names.length === 1,
    );
    expect(titlesOf(await settled('here'))).toEqual(['Here']);
  });

  it('finds among more hits than it ranks what the caller may see', async () => {
    ({ started: server } = await start(false));
    const fields = [
      { name: 'title', type: 'text' },
      { name: 'kind', type: 'select', options: { values: ['common', 'rare'] } },
      { name: 'note', type: 'text' },
    ];
    await make('posts', { fields });
    const data = (at: number) =>
      at % 400 === 7
        ? { title: `Nail ${at}`, kind: 'rare', note: 'kept' }
        : { title: `Nail ${at}`, kind: 'common' };
    const items = Array.from({ length: 2000 }, (_, at) => ({ data: data(at) }));
    for (const at of [0, 1000])
      await must(201, 'POST', `${entries}/bulk`, { entries: items.slice(at, at + 1000) });
    expect((await settled('nail')).body['total']).toBe(1000);
    // A condition that Meilisearch knows, and one that PostgreSQL alone does.
    for (const condition of ['kind=rare', 'filter=note~"kep"']) {
      const reply = await search('nail', `&${condition.replaceAll('"', '%22')}&limit=50`);
      expect(titlesOf(reply)?.toSorted()).toEqual(
        [7, 407, 807, 1207, 1607].map((at) => `Nail ${at}`).toSorted(),
      );
    }
  });
});
