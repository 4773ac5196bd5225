import type { MeiliClient } from '../../../platform/search/meilisearch.ts';
import type { SchemaRegistry } from '../../../content/schema/schema-registry.ts';
import type { Sql } from '../../../platform/db/sql.ts';
import type { Log } from '../../../platform/log/log.ts';

/** What taking changes to Meilisearch needs. */
export interface FeedTools {
  readonly sql: Sql;
  readonly schemas: SchemaRegistry;
  readonly client: MeiliClient;
  /** How the names of this instance's indexes begin. */
  readonly prefix: string;
  readonly log: Log;
}
