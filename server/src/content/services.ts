import type { Clock } from '../platform/clock/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { NewId } from '../platform/ids/ids.ts';
import type { Log } from '../platform/log/log.ts';
import type { SchemaRegistry } from './schema/schema-registry.ts';

/** What lives as long as the process does. */
export interface Services {
  readonly database: Database;
  readonly schemas: SchemaRegistry;
  readonly clock: Clock;
  readonly newId: NewId;
  /** What list cursors are signed with, on every server of the database. */
  readonly cursorSecret: string;
  readonly log: Log;
}
