import { ApiError, createClient } from '@cms/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../support/start-server.ts';

// A program that uses the SDK against a server that it knows the address of, and nothing else.
let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const refusalOf = (call: Promise<unknown>): Promise<ApiError> =>
  call.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ApiError);
      return error as ApiError;
    },
  );

test('model content, write it, read it back, change it together, take it away', async () => {
  const cms = createClient({ url: server.url, apiKey: server.apiKey });
  await cms.collections.create({
    name: 'posts',
    fields: [
      { name: 'title', type: 'text', required: true },
      { name: 'slug', type: 'slug', unique: true, options: { from: 'title' } },
    ],
  });
  const posts = cms.entries('posts');
  const first = await posts.create({ title: 'Hello world' });
  expect(first).toMatchObject({ version: 1, data: { slug: 'hello-world' } });

  const taken = await refusalOf(posts.create({ title: 'Other', slug: 'hello-world' }));
  expect(taken).toMatchObject({ status: 409, code: 'CONFLICT', details: [{ field: 'slug' }] });

  const many = Array.from({ length: 60 }, (_, index) => ({ data: { title: `Post ${index}` } }));
  await posts.createMany(many);
  const titles = [];
  for await (const { data } of posts.iterate()) titles.push(data['title']);
  expect(new Set(titles).size).toBe(61);

  // Two people opened the same entry; the second to save is told.
  await posts.update(first.id, { title: 'Mine' }, { ifMatch: first.version });
  const late = await refusalOf(
    posts.update(first.id, { title: 'Yours' }, { ifMatch: first.version }),
  );
  expect(late).toMatchObject({ status: 412, code: 'PRECONDITION_FAILED' });

  await posts.delete(first.id);
  expect(await refusalOf(posts.get(first.id))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
});

test('who has no key, or a wrong one, is told what to send', async () => {
  for (const apiKey of [undefined, 'cms_root_invented']) {
    const stranger = createClient({ url: server.url, ...(apiKey === undefined ? {} : { apiKey }) });
    const refusal = await refusalOf(stranger.collections.list());
    expect(refusal).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
    expect(refusal.message).toContain('Authorization: Bearer');
  }
});
