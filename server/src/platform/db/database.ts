import { Migrator } from '@mikro-orm/migrations';
import {
  type AnyEntity,
  type EntitySchema,
  MikroORM,
  type SqlEntityManager,
} from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { Log } from '../log/log.ts';
import { openPool, withTransaction } from './pool.ts';
import { contentTables, migrationsFolder } from './schema.ts';
import { kyselySql, poolSql, type Sql } from './sql.ts';
import { CONNECT_MS, sessionOptions } from './time-limits.ts';

/** The ORM's unit of work. */
export type EntityManager = SqlEntityManager;
export type Entities = readonly EntitySchema<AnyEntity>[];

/**
 * Statements on connections of their own. Within a transaction nothing else may be asked of the usual ones: as many
 * transactions as there are connections would all wait for one more.
 */
export interface Apart extends Sql {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** The one door to PostgreSQL. */
export interface Database {
  readonly orm: MikroORM;
  readonly pool: Pool;
  /** Statements outside any transaction. */
  readonly sql: Sql;
  /** Statements apart from any transaction, also from the one that somebody is in. */
  readonly apart: Apart;
  readonly url: string;
  /** An entity manager of one's own, for one procedure. */
  fork(): EntityManager;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly entities: Entities;
  readonly log: Log;
  readonly poolSize?: number;
  /** Seconds that a statement may take; without an end unless said. */
  readonly statementSeconds?: number;
}

const CONNECTIONS_APART = 2;

/** Connects; nothing is read or changed until it is used. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { statementSeconds = 0 } = options;
  const orm = await MikroORM.init({
    clientUrl: options.url,
    entities: [...options.entities],
    extensions: [Migrator],
    driverOptions: {
      options: sessionOptions(statementSeconds),
      connectionTimeoutMillis: CONNECT_MS,
    },
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
  const apart = openPool(options.url, CONNECTIONS_APART, options.log, {
    name: 'cms apart',
    statementSeconds,
  });
  return {
    orm,
    pool,
    sql: poolSql(pool),
    apart: { ...poolSql(apart), transaction: (work) => withTransaction(apart, work) },
    url: options.url,
    fork: () => orm.em.fork() as EntityManager,
    close: async () => {
      await apart.end();
      await orm.close();
    },
  };
}

/** Statements on the transaction that an entity manager is in. */
export const sqlOf = (em: EntityManager): Sql => kyselySql(em.getKysely());
