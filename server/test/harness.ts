import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type App, createApp } from '../src/app.ts';
import { type Config, readConfig } from '../src/config.ts';
import type { Clock } from '../src/platform/clock/clock.ts';
import { createLog, type Log } from '../src/platform/log/log.ts';
import { MAX_HEADERS } from '../src/server.ts';
import { databaseUrl } from './global-setup.ts';

export const rootKey = 'cms_root_000000000000000000000000000000000000test';

/** A reply, read whole. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the body, or undefined where there is none. */
  readonly body: Json;
  readonly text: string;
}

export interface Json {
  readonly [key: string]: Json & string & number & boolean & null & Json[];
}

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null asks as nobody. */
  readonly key?: string | null;
}

export interface TestServer {
  readonly url: string;
  readonly app: App;
  readonly databaseUrl: string;
  /** Where it keeps its files, mail among them; gone when it is closed. */
  readonly dataDir: string;
  /** Asks with the root key unless another is given. */
  ask(method: string, path: string, ask?: Ask): Promise<Reply>;
  close(): Promise<void>;
}

/** The product on a database of its own, cloned from the template, on a free port. */
export async function startTestServer(
  options: { clock?: Clock; config?: Partial<Config>; databaseUrl?: string; log?: Log } = {},
): Promise<TestServer> {
  const own = options.databaseUrl ?? (await cloneDatabase());
  const config: Config = {
    ...readConfig({ ROOT_API_KEY: rootKey, CHECK_OUTPUT: 'true', LOG_LEVEL: 'silent' }),
    dataDir: mkdtempSync(join(tmpdir(), 'cms-data-')),
    ...options.config,
  };
  const log = options.log ?? createLog('json', config.logLevel);
  const app = await createApp(config, log, own, options.clock);
  const server = createServer({ maxHeaderSize: MAX_HEADERS }, app.http);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    app,
    databaseUrl: own,
    dataDir: config.dataDir,
    ask: (method, path, ask) => askFor(url, method, path, ask),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.close();
      rmSync(config.dataDir, { recursive: true, force: true });
      if (!options.databaseUrl) await dropDatabase(own);
    },
  };
}

export async function askFor(
  url: string,
  method: string,
  path: string,
  ask: Ask = {},
): Promise<Reply> {
  const key = ask.key === undefined ? rootKey : ask.key;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...ask.headers,
    },
    ...(ask.body === undefined
      ? {}
      : { body: typeof ask.body === 'string' ? ask.body : JSON.stringify(ask.body) }),
  });
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  const body = (text !== '' && isJson ? JSON.parse(text) : undefined) as Json;
  return { status: response.status, headers: response.headers, body, text };
}

/** A fresh database with the migrated schema. */
export async function cloneDatabase(): Promise<string> {
  const url = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${name} template template_cms`);
  return databaseUrl(url, name);
}

async function dropDatabase(url: string): Promise<void> {
  const begun = performance.now();
  for (;;) {
    try {
      return await administer(
        `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`,
      );
    } catch (error) {
      // Autovacuum is in it, whose process is not ours to end: it is soon done.
      const isBusy = (error as { code?: string }).code === '42501';
      if (!isBusy || performance.now() - begun > 20_000) throw error;
    }
  }
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client(inject('postgresUrl'));
  await client.connect();
  try {
    // Two files may clone at the same moment; the template takes one copier at a time.
    await client.query('select pg_advisory_lock(1)');
    await client.query(sql);
  } finally {
    await client.end();
  }
}
