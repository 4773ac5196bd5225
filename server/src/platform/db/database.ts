import { Migrator } from '@mikro-orm/migrations';
import {
  type AnyEntity,
  type EntitySchema,
  MikroORM,
  type SqlEntityManager,
} from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { Log } from '../log/log.ts';
import { migrateQueue } from '../queue/migrate-queue.ts';
import { contentTables, migrationsFolder } from './schema.ts';
import { kyselySql, poolSql, type Sql } from './sql.ts';

/** The ORM's unit of work. */
export type EntityManager = SqlEntityManager;
export type Entities = readonly EntitySchema<AnyEntity>[];

/** The one door to PostgreSQL. */
export interface Database {
  readonly orm: MikroORM;
  readonly pool: Pool;
  /** Statements outside any transaction. */
  readonly sql: Sql;
  readonly url: string;
  /** An entity manager of one's own, for one procedure. */
  fork(): EntityManager;
  /** Brings the schema to the newest migration; two servers at once do it once. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: Entities;
  readonly log: Log;
  readonly poolSize?: number;
}

/** Connects; nothing is read or changed until it is used. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const orm = await MikroORM.init({
    clientUrl: options.url,
    entities: [...options.entities],
    extensions: [Migrator],
    // Times are read and written in UTC, whatever the server's own zone is.
    driverOptions: { options: '-c timezone=UTC', connectionTimeoutMillis: 10_000 },
    pool: { min: 0, max: options.poolSize ?? 10 },
    migrations: {
      path: migrationsFolder,
      snapshotName: '.snapshot',
      glob: '!(*.d).ts',
      snapshot: true,
    },
    schemaGenerator: { skipTables: contentTables },
    logger: (message) => options.log.debug(message),
  });
  const connection = orm.em.getConnection() as { getNativeClient(): Promise<Pool> };
  const pool = await connection.getNativeClient();
  return {
    orm,
    pool,
    sql: poolSql(pool),
    url: options.url,
    fork: () => orm.em.fork() as EntityManager,
    migrate: () => migrateOnce(orm, pool),
    close: () => orm.close(),
  };
}

/** A lock keeps a second server waiting until the first has migrated. */
async function migrateOnce(orm: MikroORM, pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock(7316481)');
    await orm.migrator.up();
    await migrateQueue(pool);
  } finally {
    await client.query('select pg_advisory_unlock(7316481)').finally(() => client.release());
  }
}

/** Statements on the transaction that an entity manager is in. */
export const sqlOf = (em: EntityManager): Sql => kyselySql(em.getKysely());
