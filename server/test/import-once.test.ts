import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { formOf, sendFile } from './transfers.fixture.ts';

/** Files with an Idempotency-Key: imported once, however often they are sent. */
let server: TestServer;
let name = '';
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function fresh(): Promise<void> {
  name = `c${(count += 1)}`;
  const fields = [
    { name: 'slug', type: 'slug', unique: true },
    { name: 'title', type: 'text' },
  ];
  const made = await server.ask('POST', '/api/v1/collections', { body: { name, fields } });
  expect(made.status, made.text).toBe(201);
}

const send = (file: BodyInit, key: string, query = '') =>
  sendFile(server, `${name}/entries/import${query}`, file, {
    headers: { 'idempotency-key': `${name}.${key}` },
  });
const total = async (): Promise<number> =>
  Number((await server.ask('GET', `/api/v1/collections/${name}/entries?limit=1`)).body['total']);
const lines = (rows: number) => Array.from({ length: rows }, (_, at) => `T${at}`).join('\n');

describe('a file with an Idempotency-Key', () => {
  it('is imported once, raw or as a form, and answered alike', async () => {
    await fresh();
    const first = await send('title\nA\nB\n', 'raw');
    expect(first.body).toMatchObject({ imported: 2 });
    const again = await send('title\nA\nB\n', 'raw');
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    await send(formOf('title\nC\n'), 'form');
    expect((await send(formOf('title\nC\n'), 'form')).body).toMatchObject({ imported: 1 });
    expect(await total()).toBe(3);
    const other = await send('title\nD\n', 'raw');
    expect([other.status, other.body.error.details[0]?.code]).toEqual([422, 'idempotency_key']);
    const options = await send('title\nA\nB\n', 'raw', '?upsert=slug');
    expect(options.status).toBe(422);
  });

  it('is imported once by many who send it at the same time', async () => {
    await fresh();
    const sent = await Promise.all(Array.from({ length: 8 }, () => send('title\nA\n', 'same')));
    for (const { status } of sent) expect([201, 409]).toContain(status);
    expect(await total()).toBe(1);
  });

  it('keeps what was refused of it, and what was written', async () => {
    await fresh();
    const file = 'slug,title\na,A\na,again\n';
    const [first, again] = [await send(file, 'k'), await send(file, 'k')];
    expect(again.body).toEqual(first.body);
    expect(again.body).toMatchObject({ imported: 1, skipped: 1, errors: [{ row: 2 }] });
  });

  it('keeps nothing of a dry run, nor of all or nothing that was refused', async () => {
    await fresh();
    const file = 'slug,title\na,A\na,again\n';
    const dry = await send(file, 'dry', '?dry_run=true');
    expect(dry.body).toMatchObject({ imported: 1, skipped: 1 });
    expect((await send(file, 'all', '?mode=all')).status).toBe(422);
    expect(await total()).toBe(0);
    const repaired = 'slug,title\na,A\nb,B\n';
    expect((await send(repaired, 'all', '?mode=all')).body).toMatchObject({ imported: 2 });
    expect(await total()).toBe(2);
  });

  it('is refused as a whole where it is longer than one transaction is to last', async () => {
    await fresh();
    expect((await send(`title\n${lines(1000)}\n`, 'many')).body).toMatchObject({ imported: 1000 });
    const more = await send(`title\n${lines(1001)}\n`, 'more');
    expect([more.status, more.body.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    const large = await send(`title\n${'x'.repeat(17 * 1024 * 1024)}\n`, 'large');
    expect([large.status, large.body.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(await total()).toBe(1000);
  });
});
