import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { countStatements } from './count-statements.ts';
import { startEmbeddedPostgres } from '../../src/platform/db/embedded/index.ts';

/** Connections that either server may have to PostgreSQL. */
export const POOL_SIZE = 10;

/** One PostgreSQL for everybody, with a database for each. */
export interface BenchDatabase {
  readonly productUrl: string;
  readonly driverUrl: string;
  /** Process id of PostgreSQL's first process. */
  readonly postmaster: number;
  /** Brings both databases into the state that a running system is kept in by autovacuum. */
  vacuum(): Promise<void>;
  /** How many statements a server's connections have PostgreSQL run while some work is done. */
  countStatements(of: 'product' | 'L3', work: () => Promise<void>): Promise<number>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL in a folder. It commits to the disk as it would in production. */
export async function startDatabase(folder: string): Promise<BenchDatabase> {
  const silent = () => undefined;
  const postgres = await startEmbeddedPostgres({
    dataDir: folder,
    log: { info: silent, warn: silent, error: silent },
    settings: {
      shared_buffers: '512MB',
      max_wal_size: '8GB',
      checkpoint_timeout: '30min',
      // It would run in one target's slot and not in the other's; vacuum() does its work.
      autovacuum: 'off',
    },
  });
  const driverUrl = new URL(postgres.url);
  driverUrl.pathname = '/bench_driver';
  await onDatabase(postgres.url, 'create database bench_driver');
  const urls = [postgres.url, driverUrl.href];
  const postmasterFile = join(folder, 'postgres', 'postmaster.pid');
  return {
    productUrl: postgres.url,
    driverUrl: driverUrl.href,
    postmaster: Number(readFileSync(postmasterFile, 'utf8').split('\n')[0]),
    vacuum: async () => {
      for (const url of urls) await onDatabase(url, 'vacuum analyze');
    },
    countStatements: (of, work) => {
      const url = of === 'L3' ? driverUrl.href : postgres.url;
      return countStatements({ folder, url }, work);
    },
    stop: () => postgres.stop(),
  };
}

async function onDatabase(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
