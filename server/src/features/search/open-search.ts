import type { Config } from '../../config.ts';
import type { SchemaRegistry } from '../../content/schema/schema-registry.ts';
import type { SearchEngine } from '../../content/search/engine.ts';
import { LiveIndexes, searchChannel } from '../../content/search/meilisearch/live-indexes.ts';
import { MeiliEngine } from '../../content/search/meilisearch/meili-engine.ts';
import { postgresEngine } from '../../content/search/postgres/postgres-engine.ts';
import type { Listener } from '../../platform/db/notifications.ts';
import type { Sql } from '../../platform/db/sql.ts';
import type { Log } from '../../platform/log/log.ts';
import { openMeilisearch } from '../../platform/search/meilisearch.ts';
import { caughtUp, wakeChannel } from './feed/caught-up.ts';
import { SearchFeed } from './feed/search-feed.ts';

export interface SearchOptions {
  readonly meili: Config['meili'];
  readonly databaseUrl: string;
  readonly sql: Sql;
  /** What may be asked within a transaction. */
  readonly apart: Sql;
  /** For what is done beside the requests. */
  readonly background: Sql;
  readonly schemas: SchemaRegistry;
  readonly log: Log;
}

/** How long a reader waits for the index: not as long where PostgreSQL can answer at once. */
const LONGEST_WAIT_MS = 5_000;
const SHORT_WAIT_MS = 1_000;

/** A search engine beside PostgreSQL, as far as its state goes. */
export interface IndexedSearch {
  readonly prefix: string;
  /** Whether it answers now. */
  isAvailable(): Promise<boolean>;
  /** Has plans and changes looked for at once. */
  poke(): void;
}

export interface Search {
  readonly engine: SearchEngine;
  readonly listeners: readonly Listener[];
  /** Undefined where PostgreSQL searches by itself. */
  readonly indexed: IndexedSearch | undefined;
  start(): void;
  close(): Promise<void>;
}

const postgres: Search = {
  engine: postgresEngine,
  listeners: [],
  indexed: undefined,
  start: () => undefined,
  close: async () => undefined,
};

/** The search engine that is configured, with what feeds it. */
export function openSearch(options: SearchOptions): Search {
  const { meili, databaseUrl, sql, apart, background, schemas, log } = options;
  if (!meili) return postgres;
  const { reads, writes } = openMeilisearch(meili);
  const { prefix, fallback } = meili;
  const indexes = new LiveIndexes(apart);
  const tools = { sql: background, schemas, client: writes, prefix, log };
  const feed = new SearchFeed(databaseUrl, tools);
  return {
    engine: new MeiliEngine({
      client: reads,
      indexes,
      caughtUp: (projectId) => caughtUp(sql, projectId, fallback ? SHORT_WAIT_MS : LONGEST_WAIT_MS),
      fallback,
      log,
    }),
    listeners: [
      {
        channel: searchChannel,
        onMessage: (projectId) => indexes.forget(projectId),
        onConnect: () => indexes.forget(),
      },
      { channel: wakeChannel, onMessage: () => feed.poke(), onConnect: () => feed.poke() },
    ],
    indexed: { prefix, isAvailable: () => reads.isHealthy(), poke: () => feed.poke() },
    start: () => feed.start(),
    close: () => feed.close(),
  };
}
