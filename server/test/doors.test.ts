import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootKey, startTestServer, type TestServer } from './harness.ts';

/** "Rules for every door": what REST promises whatever the operation. */
let server: TestServer;
let path: string;
const entries = '/api/v1/collections/notes/entries';

beforeAll(async () => {
  server = await startTestServer({
    config: { bodyLimit: 2048, corsOrigins: ['https://app.example'] },
  });
  await server.ask('POST', '/api/v1/collections', {
    body: { name: 'notes', fields: [{ name: 'title', type: 'text', required: true }] },
  });
  const made = await server.ask('POST', entries, { body: { title: 'One' } });
  path = `${entries}/${made.body['id']}`;
});
afterAll(() => server.close());

describe('conditional requests', () => {
  it('answers 304 to If-None-Match, on an entry, a list and a collection', async () => {
    for (const each of [path, entries, '/api/v1/collections/notes']) {
      const first = await server.ask('GET', each);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^".+"$/);
      for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const again = await server.ask('GET', each, { headers: { 'if-none-match': header } });
        expect([again.status, again.text]).toEqual([304, '']);
      }
      const other = await server.ask('GET', each, { headers: { 'if-none-match': '"x"' } });
      expect(other.status).toBe(200);
    }
  });

  it('answers 412 to an If-Match that does not match, on update and delete, and changes nothing', async () => {
    const before = await server.ask('GET', path);
    for (const method of ['PATCH', 'PUT', 'DELETE'])
      for (const header of ['"99"', '"anything"', '"99.1"']) {
        const refused = await server.ask(method, path, {
          body: method === 'DELETE' ? undefined : { title: 'Two' },
          headers: { 'if-match': header },
        });
        expect([refused.status, refused.body['error']?.['code']]).toEqual([
          412,
          'PRECONDITION_FAILED',
        ]);
      }
    expect((await server.ask('GET', path)).body).toEqual(before.body);
    const matched = await server.ask('PATCH', path, {
      body: { title: 'One' },
      headers: { 'if-match': before.headers.get('etag') ?? '' },
    });
    expect(matched.status).toBe(200);
  });

  it('takes expected_version over tRPC for what If-Match is over REST', async () => {
    const current = (await server.ask('GET', path)).body['version'];
    const id = path.slice(path.lastIndexOf('/') + 1);
    const update = (expected_version: unknown) =>
      server.ask('POST', '/trpc/entries.update', {
        body: { collection: 'notes', id, data: { title: 'One' }, expected_version },
      });
    const stale = await update(99);
    expect(stale.status).toBe(412);
    expect(stale.text).toContain('"code":"PRECONDITION_FAILED"');
    const fresh = await update(current);
    expect(fresh.status).toBe(200);
  });

  it('answers 428 where a collection requires If-Match', async () => {
    await server.ask('POST', '/api/v1/collections', {
      body: { name: 'careful', fields: [], options: { require_if_match: true } },
    });
    const made = await server.ask('POST', '/api/v1/collections/careful/entries', { body: {} });
    const own = `/api/v1/collections/careful/entries/${made.body['id']}`;
    expect((await server.ask('DELETE', own)).status).toBe(428);
    const matched = await server.ask('DELETE', own, { headers: { 'if-match': '"1"' } });
    expect(matched.status).toBe(204);
  });
});

describe('methods and media types', () => {
  it('answers HEAD like GET, without the body', async () => {
    const head = await server.ask('HEAD', path);
    const get = await server.ask('GET', path);
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['etag', 'content-type', 'content-length'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    expect((await server.ask('HEAD', `${entries}/none`)).status).toBe(404);
  });

  it('answers 405 with Allow, and OPTIONS', async () => {
    const wrong = await server.ask('PUT', entries);
    expect([wrong.status, wrong.body['error']?.['code']]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(wrong.headers.get('allow')).toBe('GET, POST, PATCH, DELETE, HEAD, OPTIONS');
    const options = await server.ask('OPTIONS', path, { key: null });
    expect([options.status, options.headers.get('allow')]).toEqual([
      204,
      'GET, PATCH, PUT, DELETE, HEAD, OPTIONS',
    ]);
    expect((await server.ask('PROPFIND', entries)).status).toBe(405);
  });

  it('answers 404 in the error body for unknown routes', async () => {
    for (const each of ['/nothing', '/api/v1/nothing', '/api/v1/collections/notes/entries/a/b/c']) {
      const reply = await server.ask('GET', each);
      expect([reply.status, reply.body['error']?.['code']]).toEqual([404, 'NOT_FOUND']);
      expect(reply.body['error']?.['request_id']).toBe(reply.headers.get('x-request-id'));
    }
    const platform = await server.ask('GET', '/v1/nothing');
    expect(platform.body['error']?.['code']).toBe('not_found');
  });

  it('answers 406 and 415', async () => {
    const xml = await server.ask('GET', path, { headers: { accept: 'application/xml' } });
    expect([xml.status, xml.body['error']?.['code']]).toEqual([406, 'NOT_ACCEPTABLE']);
    for (const accept of ['*/*', 'application/*', 'text/html, application/json;q=0.5'])
      expect((await server.ask('GET', path, { headers: { accept } })).status).toBe(200);
    const text = await server.ask('POST', entries, {
      body: 'title=One',
      headers: { 'content-type': 'text/plain' },
    });
    expect([text.status, text.body['error']?.['code']]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    for (const type of ['application/json; charset=utf-8', 'application/merge-patch+json']) {
      const merged = await server.ask('PATCH', path, {
        body: { title: 'One' },
        headers: { 'content-type': type },
      });
      expect(merged.status).toBe(200);
    }
    const latin = await server.ask('POST', entries, {
      body: '{}',
      headers: { 'content-type': 'application/json; charset=latin1' },
    });
    expect(latin.status).toBe(415);
  });

  it('sends problem details to who asks for them', async () => {
    const problem = await server.ask('POST', entries, {
      body: {},
      headers: { accept: 'application/problem+json' },
    });
    expect(problem.status).toBe(422);
    expect(problem.headers.get('content-type')).toBe('application/problem+json');
    expect(problem.body).toMatchObject({
      type: 'about:blank',
      status: 422,
      title: expect.any(String),
      code: 'VALIDATION_ERROR',
      errors: [{ field: 'title', code: 'required' }],
    });
  });
});

describe('limits', () => {
  it('answers 413 to a body over the limit, with or without a declared length', async () => {
    const body = JSON.stringify({ title: 'x'.repeat(3000) });
    expect((await server.ask('POST', entries, { body })).status).toBe(413);
    expect(await chunked(body)).toBe(413);
  });

  it('answers 400 to what is no JSON, or nests too deep', async () => {
    for (const body of [
      '{',
      '',
      '{"title":"a"}x',
      `${'['.repeat(70)}${']'.repeat(70)}`,
      '"\\ud800',
    ])
      if (body !== '') expect((await server.ask('POST', entries, { body })).status).toBe(400);
  });

  it('answers 422 to a body that is no object, and to none at all', async () => {
    for (const body of ['[]', '5', 'null', '"text"'])
      expect((await server.ask('POST', entries, { body })).status).toBe(422);
    expect((await server.ask('POST', entries)).status).toBe(422);
  });

  it('refuses a NUL wherever it would have been stored, and a long URL in the words of its family', async () => {
    const team = await server.ask('POST', '/v1/teams', { body: { name: 'Team' } });
    const path = `/v1/teams/${String(team.body['data']?.['id'] ?? team.body['id'])}`;
    const refused = await server.ask('PATCH', path, { body: { description: 'a\0b' } });
    expect(refused.status, refused.text).toBe(422);
    expect(refused.text).toContain('description');
    const long = await server.ask('GET', `/api/models/notes/entries?search=${'x'.repeat(17_000)}`);
    expect([long.status, long.body['error']?.['details']]).toEqual([414, {}]);
  });

  it('answers 414 to a URL over the limit and 400 to a query it cannot read', async () => {
    expect((await server.ask('GET', `${entries}?sort=${'x'.repeat(17_000)}`)).status).toBe(414);
    const bad = await server.ask('GET', `${entries}?unknown=1`);
    expect(bad.status).toBe(400);
    expect(bad.body['error']?.['message']).toContain('"unknown"');
    for (const query of [
      'limit=0',
      'limit=x',
      'limit=1&page=1&offset=2',
      'per_page=101',
      'sort=nothing',
      'count=maybe',
      'page=1&page=2',
    ])
      expect((await server.ask('GET', `${entries}?${query}`)).status, query).toBe(400);
  });

  it('answers 404, not 500, to every malformed id', async () => {
    for (const id of ['%00', 'ent_', '..%2F..', "'%3B--", 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3', '🦊'])
      expect((await server.ask('GET', `${entries}/${encodeURI(id)}`)).status, id).toBe(404);
    expect((await server.ask('GET', `${entries}/%E0%A4%A`)).status).toBe(400);
  });
});

describe('headers', () => {
  it('hands a request id on, and makes one where there is none or a bad one', async () => {
    const given = await server.ask('GET', path, { headers: { 'x-request-id': 'abc-1' } });
    expect(given.headers.get('x-request-id')).toBe('abc-1');
    const made = await server.ask('GET', path, { headers: { 'x-request-id': 'a b<script>' } });
    expect(made.headers.get('x-request-id')).toMatch(/^req_/);
  });

  it('sets security headers and hides the framework', async () => {
    const { headers } = await server.ask('GET', path);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toContain('private');
  });

  it('lets configured origins in, and no others', async () => {
    const preflight = (origin: string) =>
      server.ask('OPTIONS', path, {
        key: null,
        headers: {
          origin,
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'authorization',
        },
      });
    const ours = await preflight('https://app.example');
    expect(ours.status).toBe(204);
    expect(ours.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(ours.headers.get('access-control-allow-methods')).toContain('PATCH');
    const theirs = await preflight('https://evil.example');
    expect(theirs.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('compresses what is worth it', async () => {
    for (let index = 0; index < 10; index += 1)
      await server.ask('POST', entries, { body: { title: 'x'.repeat(1000) } });
    const list = await server.ask('GET', entries, { headers: { 'accept-encoding': 'gzip' } });
    expect(list.headers.get('content-encoding')).toBe('gzip');
    expect(list.body['items']).toHaveLength(11);
  });

  it('refuses a wrong key everywhere, and a foreign scheme', async () => {
    for (const authorization of ['Bearer wrong', 'Basic eDp5', 'Bearer', `Bearer ${rootKey}x`]) {
      const reply = await server.ask('GET', path, { key: null, headers: { authorization } });
      expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer realm="cms"',
      ]);
    }
  });

  it('answers a foreign project like a missing one', async () => {
    const reply = await server.ask('GET', path, {
      headers: { 'x-project-id': 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3' },
    });
    expect(reply.status).toBe(404);
  });
});

describe('Idempotency-Key', () => {
  it('replays status, body, Location and ETag, and stores no refusal', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    expect((await server.ask('POST', entries, { body: {}, headers })).status).toBe(422);
    const first = await server.ask('POST', entries, { body: { title: 'Once' }, headers });
    const again = await server.ask('POST', entries, { body: { title: 'Once' }, headers });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    for (const name of ['location', 'etag'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await server.ask('POST', entries, { body: { title: 'Other' }, headers });
    expect([other.status, other.body['error']?.['code']]).toEqual([422, 'VALIDATION_ERROR']);
    const bad = await server.ask('POST', entries, {
      body: { title: 'x' },
      headers: { 'idempotency-key': 'x'.repeat(256) },
    });
    expect(bad.status).toBe(400);
  });
});

/** Posts a body without a length. */
const chunked = (body: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const req = request(
      server.url + entries,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${rootKey}` },
      },
      (res) => {
        res.resume();
        resolve(res.statusCode);
      },
    );
    req.on('error', reject);
    req.write(body.slice(0, 1000));
    req.end(body.slice(1000));
  });
