import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** Rules are checked when they are saved, and held against changes of what they speak of. */
let server: TestServer;
const collections = '/api/v1/collections';
const nobody = { key: null };
const text = (name: string) => ({ name, type: 'text' });
const relation = (name: string, collection: string) => ({
  name,
  type: 'relation',
  options: { collection },
});
const post = (name: string, more: object) =>
  server.ask('POST', collections, { body: { name, fields: [text('title')], ...more } });
const patch = (name: string, body: object) =>
  server.ask('PATCH', `${collections}/${name}?confirm=true`, { body });

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('refuses a bad rule where it was sent, with its place', async () => {
  const bad = await post('bad', { rules: { list: 'titel = x', view: '', create: 'title =' } });
  expect(bad.status).toBe(422);
  expect(bad.body['error']?.['details']).toEqual([
    {
      field: 'rules.list',
      message: 'At character 1: there is no field "titel" in "bad".',
      code: 'expression',
    },
    {
      field: 'rules.create',
      message: 'At character 8: expected a value instead of the end.',
      code: 'expression',
    },
  ]);
  const named = await post('bad', { list_rule: 'title = 1 &' });
  expect(named.body['error']?.['details']?.[0]).toMatchObject({ field: 'list_rule' });
  expect((await post('bad', { list_rule: ' ' })).status).toBe(422);
  expect((await post('bad', { list_rule: 'x'.repeat(2001) })).status).toBe(422);
  expect((await server.ask('GET', `${collections}/bad`)).status).toBe(404);
});

it('shows rules as they were sent and changes one without the others', async () => {
  const rule = 'title != "x" && @request.auth.id = ""';
  const made = await post('shown', { rules: { list: rule }, view_rule: '' });
  const none = { create: null, update: null, delete: null };
  expect(made.body['rules']).toEqual({ list: rule, view: '', ...none });
  const changed = await patch('shown', { rules: { view: 'title = y' } });
  expect(changed.body['rules']).toEqual({ list: rule, view: 'title = y', ...none });
});

it('keeps a field that a rule uses, but not against a rule that changes with it', async () => {
  await post('kept', { fields: [text('title'), text('kind')], rules: { list: 'kind = open' } });
  const dropped = await patch('kept', { fields: [text('title')] });
  expect(dropped.status).toBe(409);
  expect(dropped.body['error']).toMatchObject({
    code: 'CONFLICT',
    message: 'Rules use these fields; change the rules first: rules.list.',
    details: [{ field: 'rules.list', code: 'used_by_rule' }],
  });
  const number = { name: 'kind', type: 'number' };
  expect((await patch('kept', { fields: [text('title'), number] })).status).toBe(409);
  const both = await patch('kept', { fields: [text('title')], rules: { list: 'title = open' } });
  expect(both.status, both.text).toBe(200);
});

it('keeps what a rule means: a new field may not take the place of a system one', async () => {
  await post('meant', { rules: { view: 'status = published' } });
  const shadowed = await patch('meant', { fields: [text('title'), text('status')] });
  expect(shadowed.status).toBe(409);
  expect(shadowed.text).toContain('Its names would mean other fields.');
});

it('keeps fields that rules of other collections look into', async () => {
  await post('firms', { fields: [text('city'), text('name')] });
  await post('writers', { fields: [text('name'), relation('firm', 'firms')] });
  const fields = [text('title'), relation('writer', 'writers')];
  await post('books', { fields, rules: { list: 'writer.firm.city = Berlin' } });
  const dropped = await patch('firms', { fields: [text('name')] });
  expect(dropped.status).toBe(409);
  expect(dropped.body['error']?.['details']).toMatchObject([{ field: 'books.rules.list' }]);
  expect((await patch('writers', { fields: [text('name')] })).status).toBe(409);
  expect((await patch('firms', { fields: [text('city')] })).status).toBe(200);
  await patch('books', { rules: { list: null } });
  expect((await patch('firms', { fields: [text('name')] })).status).toBe(200);
});

it('follows another collection that changes, without a change of its own', async () => {
  await post('places', { fields: [text('name'), text('code')] });
  await post('trips', {
    fields: [relation('place', 'places')],
    rules: { list: 'place.code = 5' },
  });
  const place = await server.ask('POST', `${collections}/places/entries`, {
    body: { name: 'x', code: '5' },
  });
  await server.ask('POST', `${collections}/trips/entries`, { body: { place: place.body['id'] } });
  const total = async () =>
    (await server.ask('GET', `${collections}/trips/entries`, nobody)).body['total'];
  expect(await total()).toBe(1);
  // A text becomes a number: the rule holds together still, but is other SQL.
  const changed = await patch('places', {
    fields: [text('name'), { name: 'code', type: 'number' }],
  });
  expect(changed.status, changed.text).toBe(200);
  expect(await total()).toBe(1);
});

it('lets only one of a rule and the end of its field through', async () => {
  for (let round = 0; round < 5; round += 1) {
    await post(`target_${round}`, { fields: [text('name'), text('city')] });
    await post(`source_${round}`, { fields: [relation('to', `target_${round}`)] });
    const replies = await Promise.all([
      patch(`source_${round}`, { rules: { list: 'to.city = x' } }),
      patch(`target_${round}`, { fields: [text('name')] }),
    ]);
    const statuses = replies.map((reply) => reply.status);
    expect([[200, 409].join(), [422, 200].join()]).toContain(statuses.join());
  }
});
