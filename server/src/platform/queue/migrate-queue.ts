import { runMigrations } from 'graphile-worker';
import type { Pool } from '../db/pool.ts';

/** Brings the queue's own tables, in their own schema, to the newest version. */
export const migrateQueue = (pool: Pool): Promise<void> => runMigrations({ pgPool: pool });
