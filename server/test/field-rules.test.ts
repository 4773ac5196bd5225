import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register, type Tokens, tokensOf } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';

/** A field's rules through every door: who may not read it does not see it, who may not write it is told so. */
let server: TestServer;
let author: Tokens;
let boss: Tokens;
let id: string;
const families = [
  '/api/v1/collections/staff/entries',
  '/api/v1/collections/staff/records',
  '/api/models/staff/entries',
];
const [entries = ''] = families;
const nobody = { key: null };
const known = '@request.auth.id != ""';
const data = { name: 'Ann', salary: 5, note: 'n', code: 'c' };
/** What each caller sees of it. */
const seen = {
  public: { name: 'Ann' },
  author: { name: 'Ann', note: 'n' },
  boss: { name: 'Ann', salary: 5, note: 'n', code: 'c' },
};

const dataOf = ({ body }: Reply): unknown => body['data']?.['data'] ?? body['data'];
const withoutDefault = (value: unknown): object =>
  Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== 'grade'));
const ask = (method: string, path: string, key: string | null, body?: object) =>
  server.ask(method, path, { key, ...(body ? { body } : {}) });

beforeAll(async () => {
  server = await startTestServer();
  author = await register(server, 'author@example.com');
  boss = tokensOf(
    await server.ask('POST', '/api/v1/auth/register', {
      body: { email: 'boss@example.com', password: 'SecurePass123' },
    }),
  );
  const text = (name: string, rules?: object) => ({ name, type: 'text', indexed: true, rules });
  const made = await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'staff',
      rules: { list: '', view: '', create: '', update: '', delete: null },
      fields: [
        text('name'),
        {
          name: 'salary',
          type: 'number',
          indexed: true,
          rules: { read: '@request.auth.role = "admin"', write: '@request.auth.role = "admin"' },
        },
        text('note', { read: known, write: `${known} && @request.data.name != "Locked"` }),
        text('code', { read: '@request.auth.email = "nobody@example.com"', write: '' }),
        { ...text('grade', { write: '@request.auth.id = "nobody"' }), default: 'junior' },
      ],
    },
  });
  expect(made.status, made.text).toBe(201);
  const entry = await server.ask('POST', entries, { body: { data } });
  expect(entry.status, entry.text).toBe(201);
  id = String(entry.body['id']);
});
afterAll(() => server.close());

describe('a field that may not be read', () => {
  it.each(['public', 'author', 'boss'] as const)(
    'is absent for %s, in every family',
    async (who) => {
      const key = { public: null, author: author.access, boss: boss.access }[who];
      for (const family of families) {
        const one = await ask('GET', `${family}/${id}`, key);
        expect(withoutDefault(dataOf(one))).toEqual(seen[who]);
        const { body } = await ask('GET', family, key);
        const [first] = (body['items'] ?? body['data']) as unknown as { data: object }[];
        expect(withoutDefault(first?.data)).toEqual(seen[who]);
      }
      const input = encodeURIComponent(JSON.stringify({ collection: 'staff', id }));
      const procedure = await ask('GET', `/trpc/entries.get?input=${input}`, key);
      const { data: result } = procedure.body['result'] as unknown as { data: { data: object } };
      expect(withoutDefault(result.data)).toEqual(seen[who]);
    },
  );

  it('is absent in what a create and an update answer', async () => {
    for (const family of families) {
      const made = await ask('POST', family, null, { data: { name: 'x', code: 'y' } });
      expect(made.status, made.text).toBe(201);
      expect(withoutDefault(dataOf(made))).toEqual({ name: 'x' });
      const own = String(made.body['id'] ?? made.body['data']?.['id']);
      const changed = await ask('PATCH', `${family}/${own}`, author.access, {
        data: { note: 'z' },
      });
      expect(withoutDefault(dataOf(changed))).toEqual({ name: 'x', note: 'z' });
      expect((await server.ask('DELETE', `${family}/${own}`)).status).toBeLessThan(300);
    }
  });

  it.each([
    ['sorted', 'sort=%'],
    ['filtered', '%[gt]=1'],
    ['filtered', 'filter=%>1'],
    ['filtered', 'filter[_not][%][eq]=1'],
  ])('cannot be %s by (%s): it is answered for as if it were not there', async (_how, query) => {
    const sort = (name: string, key: string | null) =>
      ask('GET', `${entries}?${query.replace('%', name)}`, key);
    const closed = await sort('salary', author.access);
    const unknown = await sort('salami', author.access);
    expect(closed.status).toBe(400);
    expect(closed.body['error']?.['message']).toBe(
      String(unknown.body['error']?.['message']).replaceAll('salami', 'salary'),
    );
    expect((await sort('note', null)).status).toBe(400);
    expect((await sort('note', author.access)).status).toBe(200);
    expect((await sort('salary', boss.access)).status).toBe(200);
  });

  it('is not in the document that everybody reads', async () => {
    const schemaFor = async (key: string | null) => {
      const { body } = await ask('GET', '/api/v1/openapi.json', key);
      return JSON.stringify(body['components']?.['schemas']?.['Staff']);
    };
    const theirs = await schemaFor(null);
    expect(theirs).toContain('name');
    for (const name of ['salary', 'note', 'code']) expect(theirs).not.toContain(name);
    expect(await schemaFor(author.access)).toContain('salary');
  });

  it('gives each way of seeing an ETag of its own', async () => {
    for (const path of [entries, `${entries}/${id}`]) {
      const replies = await Promise.all(
        [null, author.access, boss.access].map((key) => ask('GET', path, key)),
      );
      const tags = replies.map(({ headers }) => String(headers.get('etag')));
      expect(new Set(tags).size).toBe(3);
      const again = await server.ask('GET', path, {
        ...nobody,
        headers: { 'if-none-match': String(tags[0]) },
      });
      expect(again.status).toBe(304);
    }
    const one = await ask('GET', `${entries}/${id}`, author.access);
    const headers = { 'if-match': String(one.headers.get('etag')) };
    const change = { key: author.access, headers, body: { data: { note: 'n' } } };
    expect((await server.ask('PATCH', `${entries}/${id}`, change)).status).toBe(200);
    expect((await server.ask('PATCH', `${entries}/${id}`, change)).status).toBe(412);
  });
});

describe('a field that may not be written', () => {
  const refusals = async (key: string | null, body: object): Promise<Reply[]> => [
    ...(await Promise.all(families.map((family) => ask('POST', family, key, { data: body })))),
    ...(await Promise.all(
      families.map((family) => ask('PATCH', `${family}/${id}`, key, { data: body })),
    )),
  ];

  it('is refused by name where it is sent, whatever the value', async () => {
    for (const value of [1, null, 'no number'])
      for (const reply of await refusals(author.access, { name: 'x', salary: value })) {
        expect(reply.status).toBe(403);
        expect(reply.body['error']).toMatchObject({
          code: 'FORBIDDEN',
          message: 'You may not set salary; leave that out.',
        });
        expect(JSON.stringify(reply.body['error']?.['details'])).toContain('salary');
      }
    for (const reply of await refusals(null, { salary: 1 })) expect(reply.status).toBe(401);
    const input = { collection: 'staff', id, data: { salary: 1 } };
    const procedure = await ask('POST', '/trpc/entries.update', author.access, input);
    expect(procedure.status).toBe(403);
    const now = await server.ask('GET', `${entries}/${id}`);
    expect(withoutDefault(dataOf(now))).toEqual(data);
  });

  it('depends on what else is sent, entry by entry', async () => {
    const make = (body: object) => ask('POST', entries, author.access, { data: body });
    expect((await make({ name: 'Free', note: 'x' })).status).toBe(201);
    expect((await make({ name: 'Locked', note: 'x' })).status).toBe(403);
    expect((await make({ name: 'Locked' })).status).toBe(201);
    const many = await ask('POST', `${entries}/bulk`, author.access, {
      entries: [
        { name: 'Free', note: 'x' },
        { name: 'Locked', note: 'x' },
      ],
    });
    expect(many.status).toBe(403);
    expect(JSON.stringify(many.body['error']?.['details'])).toMatch(/1\.note/);
    expect(JSON.stringify(many.body['error']?.['details'])).not.toMatch(/0\.note/);
  });

  it('is refused item by item in what is done in part, and in a batch', async () => {
    const items = [
      { name: 'Free', note: 'x' },
      { name: 'Free', salary: 1 },
    ];
    const some = await ask('POST', `${entries}/bulk?mode=partial`, author.access, {
      entries: items,
    });
    expect(some.body).toMatchObject({
      succeeded: 1,
      failed: 1,
      items: [
        {},
        { error: { code: 'FORBIDDEN', message: expect.stringContaining('salary') as string } },
      ],
    });
    const update = { op: 'update', collection: 'staff', id, data: { salary: 1 } };
    const batch = await ask('POST', '/api/v1/batch', author.access, { operations: [update] });
    expect(batch.status).toBe(403);
    expect(batch.text).toContain('salary');
    const change = { entries: [{ id, data: { salary: 1 } }] };
    expect((await ask('PUT', `${entries}/bulk`, author.access, change)).status).toBe(403);
  });

  it('takes its default still, and binds no administrator', async () => {
    const made = await ask('POST', entries, author.access, { data: { name: 'x' } });
    expect(made.body['data']).toMatchObject({ grade: 'junior' });
    const graded = await ask('POST', entries, author.access, { data: { grade: 'senior' } });
    expect(graded.status).toBe(403);
    for (const key of [boss.access, undefined]) {
      const reply = await server.ask('PATCH', `${entries}/${id}`, {
        ...(key ? { key } : {}),
        body: { data: { grade: 'senior', salary: 5 } },
      });
      expect(reply.status, reply.text).toBe(200);
    }
  });
});

describe('saving', () => {
  const save = (rules: object) =>
    server.ask('POST', '/api/v1/collections', {
      body: {
        name: 'bad',
        fields: [
          { name: 'title', type: 'text' },
          { name: 'price', type: 'number', rules },
        ],
      },
    });

  it.each([
    [
      { write: 'title = x' },
      'write',
      'At character 1: a field\'s rule may ask for @request.… alone, not for "title" of the entry.',
    ],
    [
      { read: '@request.auth.id = created_by' },
      'read',
      'At character 20: a field\'s rule may ask for @request.… alone, not for "created_by" of the entry; put it in quotes if a text is meant.',
    ],
    [
      { write: '@request.data.titel = "x"' },
      'write',
      'At character 1: there is no field "titel" in "bad".',
    ],
    [
      { read: '@request.data.title = "x"' },
      'read',
      'At character 1: a rule for reading knows no @request.data: nothing is sent.',
    ],
    [{ write: '@request.data.price = "x"' }, 'write', '@request.data.price is a number'],
    [
      { read: '@request.auth.id =' },
      'read',
      'At character 19: expected a value instead of the end.',
    ],
    [{ read: '@request.auth.phone = "1"' }, 'read', 'At character 1: expected @request.auth.id'],
    [{ read: ' ' }, 'read', 'At character 2'],
  ])('refuses %o with its place', async (rules, action, message) => {
    const reply = await save(rules);
    expect(reply.status).toBe(422);
    expect(reply.body['error']?.['details']).toMatchObject([
      {
        field: `fields.1.rules.${action}`,
        code: 'expression',
        message: expect.stringContaining(message) as string,
      },
    ]);
    expect((await server.ask('GET', '/api/v1/collections/bad')).status).toBe(404);
  });

  it('shows rules as they were sent, and acts by new ones at once', async () => {
    const rules = { read: known, write: null };
    const fields = [{ name: 'title', type: 'text', rules }];
    const made = await server.ask('POST', '/api/v1/collections', {
      body: { name: 'open', fields, rules: { view: '' } },
    });
    expect(made.body['fields']).toMatchObject([{ rules }]);
    const entry = await server.ask('POST', '/api/v1/collections/open/entries', {
      body: { title: 'x' },
    });
    const path = `/api/v1/collections/open/entries/${entry.body['id']}`;
    expect((await server.ask('GET', path, nobody)).body['data']).toEqual({});
    const opened = [{ name: 'title', type: 'text', rules: { read: '' } }];
    await server.ask('PATCH', '/api/v1/collections/open', { body: { fields: opened } });
    expect((await server.ask('GET', path, nobody)).body['data']).toEqual({ title: 'x' });
  });
});
