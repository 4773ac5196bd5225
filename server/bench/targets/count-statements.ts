import { appendFileSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { backgroundName } from '../../src/platform/db/pool.ts';

interface Watched {
  /** Of PostgreSQL, whose configuration and log are in it. */
  readonly folder: string;
  /** The database whose statements are counted. */
  readonly url: string;
}

const own = 'bench';
const settings = `\nlog_statement = 'all'\nlog_line_prefix = '%d|%a|'\n`;

/**
 * Has PostgreSQL log every statement while some work is done, and counts those of one database that no
 * background work sent. `begin` and `commit` are statements too. What is measured is never logged.
 */
export async function countStatements(
  { folder, url }: Watched,
  work: () => Promise<void>,
): Promise<number> {
  const file = join(folder, 'postgres', 'postgresql.conf');
  const log = join(folder, 'postgres.log');
  const { size } = statSync(file);
  const client = new Client({ connectionString: url, application_name: own });
  await client.connect();
  try {
    appendFileSync(file, settings);
    await reloaded(client, folder, 'all');
    const start = statSync(log).size;
    await work();
    // What was logged before this one is in the file by the time that this one is.
    await client.query(`select 'done' as ${own}`);
    for (;;) {
      const text = readFileSync(log).subarray(start).toString();
      if (text.includes(`'done' as ${own}`)) return counted(text, new URL(url).pathname.slice(1));
      await delay(10);
    }
  } finally {
    truncateSync(file, size);
    await reloaded(client, folder, 'none');
    await client.end();
  }
}

/** Has PostgreSQL read its configuration again, and waits until it has. */
async function reloaded(client: Client, folder: string, wanted: string): Promise<void> {
  const [pid] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGHUP');
  for (;;) {
    const { rows } = await client.query<{ log_statement: string }>('show log_statement');
    if (rows[0]?.log_statement === wanted) return;
    await delay(10);
  }
}

const counted = (text: string, database: string): number =>
  text.split('\n').filter((line) => {
    const [name, application, message = ''] = line.split('|');
    const isOwn = application === own || application === backgroundName;
    return name === database && !isOwn && /^LOG: {2}(statement|execute)/.test(message);
  }).length;
