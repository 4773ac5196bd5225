import { migrateQueue } from '../queue/migrate-queue.ts';
import { type DatabaseOptions, openDatabase } from './database.ts';

/** One holds the lock, the other migrates. */
const CONNECTIONS = 2;

/**
 * Brings the schema of a database to the newest migration; of several servers that start at once one does.
 * On connections of its own: what requests may take ends sooner than a migration of much data.
 */
export async function migrate(
  options: Pick<DatabaseOptions, 'url' | 'entities' | 'log'>,
): Promise<void> {
  const database = await openDatabase({ ...options, poolSize: CONNECTIONS });
  try {
    const lock = await database.pool.connect();
    try {
      await lock.query('select pg_advisory_lock(7316481)');
      await database.orm.migrator.up();
      await migrateQueue(database.pool);
    } finally {
      await lock.query('select pg_advisory_unlock(7316481)').finally(() => lock.release());
    }
  } finally {
    await database.close();
  }
}
