import { randomBytes } from 'node:crypto';
import { Meilisearch } from 'meilisearch';
import type { Config } from '../src/config.ts';
import type { Ask, Reply, TestServer } from './harness.ts';

const url = process.env['MEILI_URL'];
const apiKey = process.env['MEILI_API_KEY'];

export type MeiliConfig = NonNullable<Config['meili']>;

/** Whether there is a Meilisearch to test against; that there is none is said where it can be seen. */
export const hasMeilisearch = (): boolean => {
  if (url === undefined)
    process.stderr.write(
      '\n*** NOT TESTED: search in Meilisearch. Set MEILI_URL (and MEILI_API_KEY) to a server that may be written to. ***\n\n',
    );
  return url !== undefined;
};

/** The Meilisearch of the environment, with indexes of one's own. */
export const meiliConfig = (own: Partial<MeiliConfig> = {}): MeiliConfig => ({
  url: url ?? '',
  apiKey,
  prefix: `test-${randomBytes(6).toString('hex')}`,
  fallback: false,
  ...own,
});

export const meiliClient = (): Meilisearch =>
  new Meilisearch({ host: url ?? '', ...(apiKey === undefined ? {} : { apiKey }) });

/** The names of the indexes that begin so. */
export async function indexNames(prefix: string): Promise<string[]> {
  const { results } = await meiliClient().getRawIndexes({ limit: 10_000 });
  return results.map(({ uid }) => uid).filter((uid) => uid.startsWith(`${prefix}-`));
}

/** Deletes what a test has left in Meilisearch. */
export async function dropIndexes(prefix: string): Promise<void> {
  const client = meiliClient();
  for (const uid of await indexNames(prefix)) await client.deleteIndex(uid);
}

/** Asks until the index has caught up: one that is late says 503, and that one may ask again. */
export async function askSettled(
  server: TestServer,
  method: string,
  path: string,
  more: Ask = {},
): Promise<Reply> {
  for (;;) {
    const reply = await server.ask(method, path, more);
    if (reply.status !== 503) return reply;
  }
}

interface Engine {
  readonly name: string;
  readonly config: Partial<Config>;
  readonly drop: () => Promise<void>;
}

/** Every engine that can be had here. */
export function engines(): Engine[] {
  const postgres = { name: 'PostgreSQL', config: {}, drop: async () => undefined };
  if (!hasMeilisearch()) return [postgres];
  const meili = meiliConfig();
  const drop = () => dropIndexes(meili.prefix);
  return [postgres, { name: 'Meilisearch', config: { meili }, drop }];
}
