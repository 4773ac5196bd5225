import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { query, startHere, temporaryDataDir } from './embedded-postgres.fixture.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { processStart } from './process-table.ts';

describe('the first start', () => {
  test('makes a UTF-8 cluster with checksums, and a database of a role that is no superuser', async () => {
    const dataDir = temporaryDataDir();
    const { url } = await startHere(dataDir);
    const show = async (name: string) =>
      Object.values((await query(url, `show ${name}`))[0] ?? {})[0];
    expect(await show('server_encoding')).toBe('UTF8');
    expect(await show('data_checksums')).toBe('on');
    expect(await show('fsync')).toBe('on');
    expect(await show('timezone')).toBe('UTC');
    expect(await show('jit')).toBe('off');
    expect(await show('max_connections')).toBe('100');
    expect(await show('listen_addresses')).toBe('127.0.0.1');
    const serverLog = readFileSync(path.join(dataDir, 'postgres.log'), 'utf8');
    expect(serverLog.match(/listening on .*/g)).toEqual([expect.stringMatching(/"127\.0\.0\.1"/)]);
    const [row] = await query(
      url,
      `select current_database() as database, rolsuper, rolcreatedb, datlocprovider, datlocale, rolname
         from pg_database join pg_roles on rolname = current_user where datname = current_database()`,
    );
    expect(row).toEqual({
      database: 'cms',
      rolsuper: false,
      rolcreatedb: true,
      datlocprovider: 'b',
      datlocale: 'C.UTF-8',
      rolname: 'cms',
    });
  });

  test('the role may add the extensions that search needs, and they know letters beyond ASCII', async () => {
    const { url } = await startHere(temporaryDataDir());
    for (const name of ['pg_trgm', 'unaccent', 'btree_gin'])
      await query(url, `create extension ${name}`);
    const [row] = await query(
      url,
      `select array_length(show_trgm('привет'), 1) as trigrams,
              to_tsvector('simple', '“Élan”')::text as words, lower('ÄÉ') as lower`,
    );
    expect(row).toEqual({ trigrams: 7, words: "'élan':1", lower: 'äé' });
  });

  test('keeps the password in a file for the owner alone, and says it nowhere', async () => {
    const dataDir = temporaryDataDir();
    const { url, messages } = await startHere(dataDir);
    const { password } = new URL(url);
    const file = path.join(dataDir, 'postgres-password');
    expect(readFileSync(file, 'utf8').trim()).toBe(password);
    expect(password.length).toBeGreaterThanOrEqual(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(dataDir, 'postgres')).mode & 0o077).toBe(0);
    expect(messages.join()).not.toContain(password);
    expect(readFileSync(path.join(dataDir, 'postgres.log'), 'utf8')).not.toContain(password);
  });

  test('lets nobody in without the password, nor the superuser', async () => {
    const { url } = await startHere(temporaryDataDir());
    const { password } = new URL(url);
    await expect(query(url.replace(password, 'wrong'), 'select 1')).rejects.toThrow(
      /password authentication failed/,
    );
    await expect(query(url.replace('//cms:', '//postgres:'), 'select 1')).rejects.toThrow(
      /authentication failed/,
    );
  });
});

describe('the second start', () => {
  test('finds the data and the password of the first', async () => {
    const dataDir = temporaryDataDir();
    const first = await startHere(dataDir);
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await startHere(dataDir);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
  });

  test('gives the role a new password when the file with the old one was lost', async () => {
    const dataDir = temporaryDataDir();
    const first = await startHere(dataDir);
    await first.stop();
    writeFileSync(path.join(dataDir, 'postgres-password'), '');
    const second = await startHere(dataDir);
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(second.url).not.toBe(first.url);
  });

  test('makes the cluster anew when the first was interrupted while making it', async () => {
    const dataDir = temporaryDataDir();
    mkdirSync(path.join(dataDir, 'postgres.new-x1y2z3', 'base'), { recursive: true });
    writeFileSync(path.join(dataDir, 'postgres.new-x1y2z3', 'PG_VERSION'), '18\n');
    const { url } = await startHere(dataDir);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readdirSync(dataDir).toSorted()).toEqual([
      'postgres',
      'postgres-password',
      'postgres.lock',
      'postgres.log',
    ]);
  });
});

test('settings of the caller win', async () => {
  const { url } = await startHere(temporaryDataDir(), {
    shared_buffers: '16MB',
    max_connections: 20,
  });
  expect(await query(url, 'show shared_buffers')).toEqual([{ shared_buffers: '16MB' }]);
  expect(await query(url, 'show max_connections')).toEqual([{ max_connections: '20' }]);
});

test('two folders run at once, each on a port of its own that nobody else holds', async () => {
  const busy = createServer();
  onTestFinished(() => void busy.close());
  // Either this test holds the preferred port now or somebody else does.
  await new Promise<void>((resolve) => {
    busy.once('listening', resolve).once('error', () => resolve());
    busy.listen(5433, '127.0.0.1');
  });
  const [one, two] = await Promise.all([
    startHere(temporaryDataDir()),
    startHere(temporaryDataDir()),
  ]);
  expect(new Set([5433, one.port, two.port]).size).toBe(3);
  await query(one.url, 'create table only_here ()');
  await expect(query(two.url, 'select from only_here')).rejects.toThrow(/does not exist/);
});

test('runs in a session of its own, so that Ctrl-C in the terminal does not reach it', async () => {
  const dataDir = temporaryDataDir();
  await startHere(dataDir);
  const pid = readPostmasterFile(path.join(dataDir, 'postgres'))?.pid ?? 0;
  // A process group is signalled by its negative number: there is one that the server leads.
  expect(process.kill(-pid, 0)).toBe(true);
});

test('stop ends the server, gives the folder back, and may be called again', async () => {
  const dataDir = temporaryDataDir();
  const running = await startHere(dataDir);
  const pid = readPostmasterFile(path.join(dataDir, 'postgres'))?.pid ?? 0;
  await Promise.all([running.stop(), running.stop()]);
  await running.stop();
  expect(processStart(pid)).toBeUndefined();
  expect(readdirSync(dataDir)).not.toContain('postgres.lock');
  expect(running.messages.filter((message) => !message.startsWith('info:'))).toEqual([]);
});

describe('an error', () => {
  test('of PostgreSQL is told with the last lines of its log, and gives the folder back', async () => {
    const dataDir = temporaryDataDir();
    await expect(startHere(dataDir, { shared_buffers: 'plenty' })).rejects.toThrow(
      /PostgreSQL did not start \(exit code 1\)[^]*invalid value for parameter "shared_buffers": "plenty"/,
    );
    await startHere(dataDir);
  });

  test('of a data folder that is a file says which, and what to do', async () => {
    const file = path.join(temporaryDataDir(), 'file');
    writeFileSync(file, '');
    await expect(startHere(file)).rejects.toThrow(
      /data folder .*file cannot be written.*DATA_DIR/s,
    );
  });
});
