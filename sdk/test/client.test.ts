import { describe, expect, it } from 'vitest';
import { ApiError, createClient, NetworkError } from '../src/index.ts';
import { answering, entry, lost, refusal, reply } from './fake-server.fixture.ts';

const page = (items: unknown[]) =>
  reply(200, {
    items,
    total: 0,
    page: 1,
    per_page: 30,
    total_pages: 0,
    next_cursor: null,
    prev_cursor: null,
  });

describe('requests', () => {
  it('carries the key, the project and further headers', async () => {
    const options = { apiKey: 'secret', project: 'proj_1', headers: { 'x-extra': 'yes' } };
    const { client, seen } = answering([page([])], options);
    await client.entries('posts').list();
    expect(Object.fromEntries(seen[0]?.headers ?? [])).toMatchObject({
      authorization: 'Bearer secret',
      'x-project-id': 'proj_1',
      'x-extra': 'yes',
    });
  });

  it('writes sorts and encodes names', async () => {
    const { client, seen } = answering([page([])]);
    await client.entries('a/b').list({ sort: ['-created_at', 'title'], per_page: 5 });
    expect(seen[0]?.path).toBe(
      '/api/v1/collections/a%2Fb/entries?per_page=5&sort=-created_at%2Ctitle',
    );
  });

  it('puts fields into data, whatever they are called', async () => {
    const { client, seen } = answering([reply(200, entry({}))]);
    await client
      .entries('posts')
      .update('ent_1', { status: 'mine' }, { status: 'draft', ifMatch: 3 });
    expect(seen[0]).toMatchObject({
      method: 'PATCH',
      path: '/api/v1/collections/posts/entries/ent_1',
      body: { data: { status: 'mine' }, status: 'draft' },
    });
    expect(seen[0]?.headers.get('if-match')).toBe('"3"');
  });

  it('reads and writes a singleton', async () => {
    const { client, seen } = answering([reply(200, entry({ headline: 'Hi' }))]);
    expect((await client.singleton('home').put({ headline: 'Hi' })).data).toEqual({
      headline: 'Hi',
    });
    expect(seen[0]).toMatchObject({ method: 'PUT', path: '/api/v1/collections/home/entry' });
  });

  it('sends confirm with a change of a collection', async () => {
    const { client, seen } = answering([reply(200, {})]);
    await client.collections.update('posts', { fields: [] }, { confirm: true, ifMatch: 2 });
    expect(seen[0]?.path).toBe('/api/v1/collections/posts?confirm=true');
  });

  it('gives nothing for a delete', async () => {
    const { client } = answering([new Response(null, { status: 204 })]);
    expect(await client.entries('posts').delete('ent_1')).toBeUndefined();
  });

  it('walks by cursors where there are any', async () => {
    const page = (n: number, next_cursor: string | null) =>
      reply(200, { items: [entry({ n })], next_cursor });
    const { client, seen } = answering([page(1, 'a.b'), page(2, null)]);
    const found = [];
    for await (const { data } of client.entries('posts').iterate({ limit: 1, offset: 5 }))
      found.push(data['n']);
    expect(found).toEqual([1, 2]);
    expect(seen.map(({ path }) => path.split('?')[1])).toEqual([
      'limit=1&offset=5',
      'limit=1&cursor=a.b',
    ]);
  });

  it('follows the next links to the end of a list', async () => {
    const linked = (items: unknown[], next?: string) =>
      reply(
        200,
        { items },
        next === undefined ? {} : { link: `</x?page=1>; rel="first", <${next}>; rel="next"` },
      );
    const { client, seen } = answering([
      linked([entry({ n: 1 })], '/api/v1/x?per_page=100&sort=n&page=2'),
      linked([entry({ n: 2 })], 'https://elsewhere.test/x?cursor=abc%3D'),
      linked([entry({ n: 3 })]),
    ]);
    const found = [];
    for await (const { data } of client.entries('posts').iterate({ sort: 'n' }))
      found.push(data['n']);
    expect(found).toEqual([1, 2, 3]);
    expect(seen.map(({ path }) => path.split('?')[1])).toEqual([
      'sort=n&per_page=100',
      'sort=n&per_page=100&page=2',
      'sort=n&per_page=100&cursor=abc%3D',
    ]);
  });
});

describe('refusals', () => {
  it('throws what the server says', async () => {
    const details = [{ field: 'title', message: 'Title is required.', code: 'required' }];
    const { client } = answering([refusal(422, 'VALIDATION_ERROR', {}, details)]);
    const error: unknown = await client
      .entries('posts')
      .create({})
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 422,
      code: 'VALIDATION_ERROR',
      message: 'VALIDATION_ERROR it is.',
      details,
      requestId: 'req_1',
    });
  });

  it('makes something of a body that is not the server’s', async () => {
    const { client } = answering([
      new Response('<h1>Nope</h1>', { status: 404, statusText: 'Not Found' }),
    ]);
    await expect(client.health()).rejects.toMatchObject({
      status: 404,
      code: 'HTTP_404',
      details: [],
    });
  });

  it('says where it went and why nothing came back', async () => {
    const { client } = answering([lost('ECONNREFUSED')], { retries: 0 });
    await expect(client.health()).rejects.toThrow(
      'Could not reach http://cms.test: nothing listens there, start the server.',
    );
  });

  it('names the timeout, of the client or of the call', async () => {
    const never = (request: Request) =>
      new Promise<Response>((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
      });
    const { client } = answering([never], { timeout: 20, retries: 0 });
    const error: unknown = await client.health().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: 'TIMEOUT', message: expect.stringContaining('20 ms') });
    await expect(client.health({ timeout: 5 })).rejects.toThrow('5 ms');
  });

  it('refuses a url that is none', () => {
    expect(() => createClient({ url: 'localhost:3000' })).toThrow('no URL of a server');
  });
});

describe('tRPC', () => {
  it('throws an ApiError too', async () => {
    const report = { code: 'NOT_FOUND', message: 'Nothing.', details: [], request_id: 'req_2' };
    const failed = {
      error: {
        message: 'Nothing.',
        code: -32_004,
        data: { code: 'NOT_FOUND', httpStatus: 404, error: report },
      },
    };
    const { client, seen } = answering([reply(404, [failed])], { apiKey: 'secret' });
    const call = client.trpc.entries.get.query({ collection: 'posts', id: 'x' });
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 404, code: 'NOT_FOUND', requestId: 'req_2' });
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer secret');
  });

  it('sends the calls of one moment together and gives their results', async () => {
    const done = (data: unknown) => ({ result: { data } });
    const { client, seen } = answering([
      reply(200, [done({ status: 'alive' }), done({ status: 'alive' })]),
    ]);
    const both = await Promise.all([
      client.trpc.system.live.query({}),
      client.trpc.system.live.query({}),
    ]);
    expect(both).toEqual([{ status: 'alive' }, { status: 'alive' }]);
    expect(seen).toHaveLength(1);
  });

  it('throws a NetworkError as it is', async () => {
    const { client } = answering([lost('ECONNREFUSED')], { retries: 0 });
    await expect(client.trpc.system.live.query({})).rejects.toBeInstanceOf(NetworkError);
  });
});
