import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CmsClient, createClient } from '../src/index.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

describe('the client and a real server', () => {
  let server: RunningServer;
  let client: CmsClient;
  const rank = (data: Record<string, unknown>) => data['rank'];

  beforeAll(async () => {
    server = await startServer();
    client = createClient({ url: server.url, apiKey });
    const fields = [
      { name: 'title', type: 'text' as const, required: true, unique: true },
      { name: 'rank', type: 'integer' as const, indexed: true },
    ];
    await client.collections.create({ name: 'posts', fields });
    await client.collections.create({ name: 'home', type: 'singleton', fields });
  }, 120_000);
  afterAll(() => server?.stop());

  it('creates, reads, changes and deletes', async () => {
    const posts = client.entries('posts');
    const created = await posts.create({ title: 'A' }, { status: 'draft' });
    expect(created).toMatchObject({ status: 'draft', version: 1, data: { title: 'A' } });
    const changed = await posts.update(created.id, { rank: 1 }, { ifMatch: 1 });
    expect(changed).toMatchObject({ version: 2, data: { title: 'A', rank: 1 } });
    expect(await posts.get(created.id)).toEqual(changed);
    await expect(posts.update(created.id, { rank: 2 }, { ifMatch: 1 })).rejects.toMatchObject({
      status: 412,
      code: 'PRECONDITION_FAILED',
    });
    await posts.delete(created.id, { ifMatch: 2 });
    await expect(posts.get(created.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('creates once for one idempotency key', async () => {
    const posts = client.entries('posts');
    const first = await posts.create({ title: 'once' }, { idempotencyKey: 'key-1' });
    const again = await posts.create({ title: 'once' }, { idempotencyKey: 'key-1' });
    expect(again).toEqual(first);
    await expect(posts.create({ title: 'once' })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: [expect.objectContaining({ field: 'title', code: 'unique' })],
    });
    await posts.delete(first.id);
  });

  it('searches a collection and the project', async () => {
    const posts = client.entries('posts');
    const made = await posts.create({ title: 'Crème brûlée', rank: 7 });
    const found = await posts.search('brulee', { facets: ['status'] });
    expect(found.items).toMatchObject([
      { id: made.id, highlights: { title: 'Crème <mark>brûlée</mark>' }, data: { rank: 7 } },
    ]);
    expect(found.facets).toEqual({ status: { published: 1 } });
    const clauses = { must: [{ range: { rank: { gte: 7 } } }] };
    const sorted = await posts.search(null, { query: clauses, sort: '-rank', limit: 5 });
    expect(sorted.items.map(({ id }) => id)).toEqual([made.id]);
    const status = await client.search.status();
    expect(status).toMatchObject({ engine: 'postgres', available: true });
    expect(await client.search.rebuild(['posts'])).toEqual(status);
    const cut = await posts.search('creme', { fields: ['rank'] });
    expect(cut.items[0]?.data).toEqual({ rank: 7 });
    const everywhere = await client.search('creme', { collections: ['posts', 'home'] });
    expect(everywhere.items.map(({ collection }) => collection)).toEqual(['posts']);
    await posts.delete(made.id);
  });

  it('cuts entries down and includes related ones', async () => {
    const relation = (name: string, multiple: boolean) => ({
      name,
      type: 'relation' as const,
      options: { collection: 'posts', multiple },
    });
    await client.collections.create({
      name: 'lists',
      fields: [{ name: 'name', type: 'text' }, relation('top', false), relation('all', true)],
    });
    const made = await client
      .entries('posts')
      .createMany([1, 2, 3].map((at) => ({ data: { title: `i${at}`, rank: at } })));
    const ids = made.map(({ id }) => id);
    const lists = client.entries('lists');
    const list = await lists.create({ name: 'best', top: ids[0], all: ids });
    const whole = await lists.get(list.id, { include: ['top'], fields: ['top', 'name'] });
    expect(whole.data).toEqual({ name: 'best', top: made[0] });
    const chosen = { sort: ['-rank'], limit: 1, filter: { rank: { lt: 3 } }, fields: ['title'] };
    const { items } = await lists.list({ fields: ['top'], include: { top: {}, all: chosen } });
    expect(items[0]?.data).toMatchObject({
      top: made[0],
      all: [{ id: ids[1], data: { title: 'i2' } }],
    });
    const back = { lists_via_all: { fields: ['name'], limit: 1 } };
    const pointed = await client.entries('posts').get(String(ids[1]), { include: back });
    expect(pointed.data['lists_via_all']).toMatchObject([{ id: list.id, data: { name: 'best' } }]);
    const filter = { 'lists_via_top.name': 'best' };
    const tops = await client.entries('posts').list({ filter });
    expect(tops.items.map(({ id }) => id)).toEqual([ids[0]]);
    await lists.delete(list.id);
    await client.entries('posts').deleteMany(ids);
  });

  it('counts and sums', async () => {
    const posts = client.entries('posts');
    const made = await posts.createMany(
      [1, 2, 3].map((at) => ({ data: { title: `n${at}`, rank: at % 2 } })),
    );
    const groups = await posts.aggregate({
      aggregate: { count: '*', sum: ['rank'], min: ['title'] },
      groupBy: ['rank'],
      having: { count: { gt: 1 } },
      filter: { title: { startsWith: 'n' } },
    });
    expect(groups).toEqual([
      { group: { rank: 1 }, count: 2, sum: { rank: 2 }, min: { title: 'n1' } },
    ]);
    await posts.deleteMany(made.map(({ id }) => id));
  });

  it('changes and deletes all that a filter finds', async () => {
    const posts = client.entries('posts');
    const made = await posts.createMany(
      [1, 2, 3].map((at) => ({ data: { title: `w${at}`, rank: at } })),
    );
    const ids = made.map(({ id }) => id);
    const filter = { title: { startsWith: 'w' }, _not: { rank: 2 } };
    const tried = await posts.updateWhere(filter, { rank: 9 }, { maxAffected: 2, dryRun: true });
    expect(tried).toEqual({ affected: 2, ids: [ids[0], ids[2]], dry_run: true });
    await posts.updateWhere(filter, {}, { maxAffected: 2, status: 'draft' });
    expect(await posts.get(String(ids[2]))).toMatchObject({ status: 'draft', data: { rank: 3 } });
    await expect(posts.deleteWhere('rank > 0', { maxAffected: 2 })).rejects.toMatchObject({
      status: 409,
      code: 'TOO_MANY_AFFECTED',
    });
    expect(await posts.deleteWhere("title ~ 'w'", { maxAffected: 3 })).toMatchObject({ ids });
  });

  it('changes and deletes many, all of them or those that it can', async () => {
    const posts = client.entries('posts');
    const [a, b] = await posts.createMany([{ data: { title: 'm1' } }, { data: { title: 'm2' } }]);
    const ids = [String(a?.id), String(b?.id)] as const;
    const changed = await posts.updateMany([
      { id: ids[0], data: { rank: 1 }, expectedVersion: 1 },
      { id: ids[1], data: {}, status: 'draft' },
    ]);
    expect(changed).toMatchObject([{ data: { title: 'm1', rank: 1 } }, { status: 'draft' }]);
    const stale = posts.updateMany([{ id: ids[0], data: { rank: 2 }, expectedVersion: 1 }]);
    await expect(stale).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      details: [expect.objectContaining({ field: 'entries.0.expected_version' })],
    });
    const some = await posts.updatePartly([
      { id: ids[0], data: { title: 'm2' } },
      { id: ids[1], data: { rank: 5 } },
    ]);
    expect(some).toMatchObject({
      succeeded: 1,
      failed: 1,
      items: [{ status: 409, error: { code: 'CONFLICT' } }, { entry: { data: { rank: 5 } } }],
    });
    const made = await posts.createPartly([{ data: { title: 'm1' } }, { data: { title: 'm3' } }]);
    expect(made.items.map(({ status }) => status)).toEqual([409, 201]);
    await posts.deleteMany(ids);
    const gone = await posts.deletePartly([ids[0], String(made.items[1]?.entry?.id)]);
    expect(gone.items.map(({ status }) => status)).toEqual([404, 204]);
  });

  it('runs a batch, and tries one', async () => {
    const operations = [
      { ref: 'b', op: 'create', collection: 'posts', data: { title: 'batched' } },
      { op: 'update', collection: 'posts', id: { $ref: 'b' }, data: { rank: 9 } },
    ] as const;
    expect(await client.batch(operations, { dryRun: true })).toMatchObject({ dry_run: true });
    const { results } = await client.batch(operations);
    expect(results).toMatchObject([{ ref: 'b', entry: { version: 1 } }, { entry: { version: 2 } }]);
    await client.batch([{ op: 'delete', collection: 'posts', id: String(results[0]?.id) }]);
  });

  it('walks a list of several pages in its order', async () => {
    const posts = client.entries('posts');
    const entries = Array.from({ length: 250 }, (_, n) => ({ data: { title: `t${n}`, rank: n } }));
    expect(await posts.createMany(entries)).toHaveLength(250);
    const found: unknown[] = [];
    for await (const { data } of posts.iterate({ sort: '-rank', count: 'none' }))
      found.push(rank(data));
    expect(found).toEqual(Array.from({ length: 250 }, (_, n) => 249 - n));
    const where = {
      rank: { gte: 10 },
      _or: [
        { title: ['t9', 't10', 'a,b'] },
        'rank = 248',
        { _not: { rank: { lt: 249 } } },
        { rank: null },
      ],
    };
    const filtered: unknown[] = [];
    for await (const { data } of posts.iterate({ sort: ['-rank'], filter: where, limit: 1 }))
      filtered.push(rank(data));
    expect(filtered).toEqual([249, 248, 10]);
    const first = await posts.list({ limit: 2, filter: { rank: { in: [1, 2, 3] } } });
    const second = await posts.list({
      limit: 2,
      filter: { rank: { in: [1, 2, 3] } },
      cursor: first.next_cursor ?? '',
    });
    expect([first.total, second.total, second.items.length]).toEqual([3, null, 1]);
    expect((await posts.list({ filter: { rank: { ne: null } }, limit: 1 })).total).toBe(250);
    const some: unknown[] = [];
    for await (const { data } of posts.iterate({ sort: 'rank', limit: 7, offset: 240 }))
      some.push(rank(data));
    expect(some).toEqual([240, 241, 242, 243, 244, 245, 246, 247, 248, 249]);
  });

  it('writes a singleton', async () => {
    const home = client.singleton('home');
    await expect(home.get()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await home.put({ title: 'Hello' });
    expect((await home.put({ rank: 1 })).data).toEqual({ title: 'Hello', rank: 1 });
    expect((await home.get({ fields: ['rank'] })).data).toEqual({ rank: 1 });
  });

  it('speaks tRPC, in queries, changes and errors', async () => {
    const { trpc } = client;
    const entry = await trpc.entries.create.mutate({ collection: 'posts', data: { title: 'rpc' } });
    const [page, health] = await Promise.all([
      trpc.entries.list.query({ collection: 'posts', limit: 1 }),
      trpc.system.health.query({}),
    ]);
    expect([page.items[0]?.id, health.status]).toEqual([entry.id, 'healthy']);
    await expect(
      trpc.entries.create.mutate({ collection: 'posts', data: {} }),
    ).rejects.toMatchObject({
      name: 'ApiError',
      status: 422,
      details: [expect.objectContaining({ field: 'title' })],
    });
  });

  it('is the public without a key', async () => {
    const stranger = createClient({ url: server.url });
    expect(await stranger.health()).toMatchObject({ status: 'healthy' });
    await expect(stranger.collections.list()).rejects.toMatchObject({ status: 401 });
  });
});
