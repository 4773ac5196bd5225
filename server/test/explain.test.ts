import { type RuleAction, ruleActions } from '@cms/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register, type Tokens, tokensOf } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';

/** What is explained is what happens: permissions, rules and fields, asked of the doors themselves. */
let server: TestServer;
const who = ['root', 'admin', 'editor', 'author', 'viewer', 'outsider'] as const;
type Who = (typeof who)[number];
const accounts = new Map<Who, Tokens>();
const keyOf = (one: Who): { key?: string } => {
  const tokens = accounts.get(one);
  return tokens ? { key: tokens.access } : {};
};
const explain = (body: object, ask: { key?: string | null } = {}) =>
  server.ask('POST', '/api/v1/permissions/explain', { body, ...ask });
const path = (name: string) => `/api/v1/collections/${name}/entries`;

const rules: readonly (string | null)[] = [
  null,
  '',
  '@request.auth.role = "user"',
  '@request.auth.id = "nobody"',
  'title = "open"',
  'created_by = @request.auth.id',
  '@request.data.title = "open" || @request.method = "GET"',
];
const made: string[][] = [];

async function makeCollection(name: string, rule: string | null): Promise<string[]> {
  const all = Object.fromEntries(ruleActions.map((action) => [action, rule]));
  const reply = await server.ask('POST', '/api/v1/collections', {
    body: { name, rules: all, fields: [{ name: 'title', type: 'text' }] },
  });
  expect(reply.status, reply.text).toBe(201);
  const add = async (data: object, status: string) =>
    String((await server.ask('POST', path(name), { body: { data, status } })).body['id']);
  const ids = [
    await add({ title: 'open' }, 'published'),
    await add({ title: 'shut' }, 'published'),
    await add({ title: 'open' }, 'draft'),
    await add({ title: 'shut' }, 'published'),
  ];
  const { sql } = server.app.services.database;
  const [collection] = await sql.rows<{ storage: string }>(
    { text: 'select storage from collections where name = $1' },
    [name],
  );
  const author = accounts.get('author')?.id;
  const text = `update "${collection?.storage}" set created_by = $1 where entry_id = $2`;
  await sql.rows({ text }, [author, ids[3]]);
  return [...ids, 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3'];
}

beforeAll(async () => {
  server = await startTestServer();
  const body = { email: 'admin@example.com', password: 'SecurePass123' };
  accounts.set('admin', tokensOf(await server.ask('POST', '/api/v1/auth/register', { body })));
  for (const one of who.slice(2)) accounts.set(one, await register(server, `${one}@example.com`));
  const { sql } = server.app.services.database;
  for (const role of ['editor', 'viewer'] as const)
    await sql.rows({ text: 'update project_members set role = $2 where account_id = $1' }, [
      accounts.get(role)?.id,
      role,
    ]);
  await sql.rows({ text: 'delete from project_members where account_id = $1' }, [
    accounts.get('outsider')?.id,
  ]);
  for (const [index, rule] of rules.entries())
    made.push(await makeCollection(`ruled_${index}`, rule));
});
afterAll(() => server.close());

/** Does it for real, so that nothing changes: a change that would be allowed meets a wrong version. */
async function really(
  one: Who,
  name: string,
  action: RuleAction,
  id: string | undefined,
  data: object | undefined,
): Promise<boolean> {
  const key = keyOf(one);
  if (action === 'list') return (await server.ask('GET', path(name), key)).status === 200;
  if (action === 'create') {
    const reply = await server.ask('POST', path(name), { ...key, body: { data } });
    if (reply.status === 201) await server.ask('DELETE', `${path(name)}/${reply.body['id']}`);
    return reply.status === 201;
  }
  const method = { view: 'GET', update: 'PATCH', delete: 'DELETE' }[action];
  const headers: Record<string, string> = action === 'view' ? {} : { 'if-match': '"999"' };
  const body = action === 'update' ? { data } : undefined;
  const reply = await server.ask(method, `${path(name)}/${id}`, { ...key, headers, body });
  expect([200, 401, 403, 404, 412]).toContain(reply.status);
  return reply.status === 200 || reply.status === 412;
}

describe.each(who)('%s', (one) => {
  it.each([...rules.entries()])('rule %i, %s: is told what happens', async (index, rule) => {
    const name = `ruled_${index}`;
    const deeds: [RuleAction, string | undefined, object | undefined][] = [
      ['list', undefined, undefined],
    ];
    for (const title of ['open', 'shut']) deeds.push(['create', undefined, { title }]);
    for (const id of made[index] ?? [])
      deeds.push(
        ['view', id, undefined],
        ['update', id, { title: 'open' }],
        ['delete', id, undefined],
      );
    for (const [action, entry_id, data] of deeds) {
      const question = {
        action,
        collection: name,
        ...(entry_id ? { entry_id } : {}),
        ...(data ? { data } : {}),
      };
      const reply = await explain(question, keyOf(one));
      expect(reply.status, reply.text).toBe(200);
      const context = `${action} ${entry_id ?? ''} ${JSON.stringify(data)}: ${reply.text}`;
      expect(reply.body['allowed'], context).toBe(await really(one, name, action, entry_id, data));
      const above = one === 'root' || one === 'admin';
      if (rule !== null && !above) expect(reply.body['rule'], context).toMatchObject({ action });
      else expect(reply.body['rule']).toBeNull();
      const user_id = accounts.get(one)?.id;
      if (!user_id) continue;
      const theirs = await explain({ ...question, user_id });
      expect(theirs.body['allowed'], theirs.text).toBe(reply.body['allowed']);
    }
  });
});

const said = ({ body }: Reply) => String(body['reason']);

it('says it in words', async () => {
  const ask = async (one: Who, body: object) => said(await explain(body, keyOf(one)));
  expect(await ask('editor', { action: 'update' })).toBe(
    'You have the permission content:write as editor, of all entries.',
  );
  expect(await ask('author', { action: 'update' })).toBe(
    'You have the permission content:write as author, of what was created by the same account alone.',
  );
  expect(await ask('viewer', { action: 'create', collection: 'ruled_0' })).toBe(
    'You lack the permission content:write. No rule of the collection opens it to others.',
  );
  expect(await ask('viewer', { action: 'create', collection: 'ruled_3' })).toBe(
    "The collection's rule for create does not hold.",
  );
  expect(await ask('viewer', { action: 'list', collection: 'ruled_3' })).toBe(
    "The collection's rule for list does not hold. So the list is empty.",
  );
  expect(
    await ask('author', { action: 'update', collection: 'ruled_0', entry_id: made[0]?.[0] }),
  ).toContain('You may change and delete only what you created.');
  expect(await ask('root', { action: 'delete', collection: 'ruled_3' })).toBe(
    'You have the permission content:write as root key, of all entries. Owners and admins are bound by no rule.',
  );
});

it('goes down to the fields', async () => {
  const admins = '@request.auth.role = "admin"';
  await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'staff',
      rules: { view: '', update: '' },
      fields: [
        { name: 'name', type: 'text' },
        { name: 'salary', type: 'number', rules: { read: admins, write: admins } },
        { name: 'note', type: 'text', rules: { write: '@request.data.name != "Locked"' } },
        { name: 'secret', type: 'text', hidden: true },
      ],
    },
  });
  const question = { action: 'update', collection: 'staff' };
  const fieldsOf = ({ body }: Reply) =>
    Object.fromEntries(
      (body['fields'] as unknown as { name: string; read: object; write: object }[]).map(
        ({ name, read, write }) => [name, { read, write }],
      ),
    );
  const editors = await explain(
    { ...question, data: { name: 'Locked', note: 'x' } },
    keyOf('editor'),
  );
  expect(editors.body).toMatchObject({
    allowed: false,
    reason:
      "The collection's rule for update is open to everybody. Of what is sent, note may not be set.",
  });
  expect(fieldsOf(editors)).toMatchObject({
    name: { read: { allowed: true, rule: null, reason: null }, write: { allowed: true } },
    salary: {
      read: {
        allowed: false,
        rule: admins,
        reason: "The field's rule for reading does not hold.",
      },
      write: { allowed: false, rule: admins },
    },
    note: { read: { allowed: true }, write: { allowed: false } },
    secret: { read: { allowed: false }, write: { allowed: true } },
  });
  expect(
    (await explain({ ...question, data: { note: 'x' } }, keyOf('editor'))).body['allowed'],
  ).toBe(true);
  // Who may not read the schema learns of no field that it cannot read, and of no rule.
  const outsiders = await explain(question, keyOf('outsider'));
  expect(Object.keys(fieldsOf(outsiders))).toEqual(['name', 'note']);
  expect(outsiders.text).not.toContain('@request');
  const roots = fieldsOf(await explain(question));
  for (const each of Object.values(roots))
    expect(each).toMatchObject({ read: { allowed: true }, write: { allowed: true } });
});

describe('about others', () => {
  it('may be asked by who manages users or members', async () => {
    const user_id = accounts.get('viewer')?.id;
    const question = { action: 'update', user_id };
    const reply = await explain(question, keyOf('admin'));
    expect(reply.body).toMatchObject({
      allowed: false,
      reason: 'This user lacks the permission content:write.',
      permission: { needed: 'content:write', held: false, by: [] },
    });
    expect((await explain(question, keyOf('editor'))).status).toBe(403);
    const unknown = { action: 'update', user_id: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3' };
    expect((await explain(unknown, keyOf('editor'))).status).toBe(403);
    const none = await explain(unknown);
    expect([none.status, none.body['error']?.['details']]).toMatchObject([
      422,
      [{ field: 'user_id' }],
    ]);
  });

  it('says of who is shut out that it is', async () => {
    const gone = await register(server, 'gone@example.com');
    await server.ask('PUT', `/api/v1/users/${gone.id}`, { body: { data: { active: false } } });
    const reply = await explain({ action: 'list', user_id: gone.id });
    expect(reply.body).toMatchObject({ allowed: false, reason: 'This user is shut out.' });
  });
});

it('tells nobody of collections and entries that it may not know', async () => {
  const plans = { name: 'plans', status: 'draft' };
  await server.ask('POST', '/api/v1/collections', { body: plans });
  const ask = (collection: string, one: Who) => explain({ action: 'list', collection }, keyOf(one));
  const words = ({ status, text }: Reply) => [status, text.replace(/"request_id":"[^"]*"/, '')];
  for (const one of ['viewer', 'outsider'] as const)
    expect(words(await ask('plans', one))).toEqual(words(await ask('nothing', one)));
  expect((await ask('nothing', 'viewer')).status).toBe(422);
  const user_id = accounts.get('viewer')?.id;
  const told = await explain({ action: 'list', collection: 'plans', user_id });
  expect(said(told)).toContain('The collection is a draft');
  const view = (entry_id: string | undefined) =>
    explain({ action: 'view', collection: 'ruled_4', entry_id }, keyOf('viewer'));
  expect(words(await view(made[4]?.[1]))).toEqual(words(await view(made[4]?.[4])));
  expect((await explain({ action: 'list' }, { key: null })).status).toBe(401);
});

it('leaves nothing behind', async () => {
  const { sql } = server.app.services.database;
  const count = async () => (await sql.rows({ text: 'select id from events' }, [])).length;
  const before = await count();
  const question = { action: 'create', collection: 'ruled_4', data: { title: 'open' } };
  expect((await explain(question, keyOf('editor'))).body['allowed']).toBe(true);
  expect(await count()).toBe(before);
  expect((await server.ask('GET', path('ruled_4'))).body['total']).toBe(4);
});
