import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { chooseLauncher } from './choose-launcher.ts';
import { DATABASE, ensureCluster } from './initialise-cluster.ts';
import { acquireOwnerLock } from './owner-lock.ts';
import { findPostgresPrograms } from './postgres-programs.ts';
import { stopOrphanedServer } from './postmaster-file.ts';
import { openServerLog } from './server-log.ts';
import { supervisePostmaster } from './supervise-postmaster.ts';

/** Where the embedded database tells what it does. */
export interface EmbeddedPostgresLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What `startEmbeddedPostgres` takes. */
export interface EmbeddedPostgresOptions {
  /** Made when missing. The cluster goes to `postgres` in it, beside `postgres-password`, `postgres.log`, `postgres.lock`. */
  dataDir: string;
  log: EmbeddedPostgresLog;
  /** Settings of PostgreSQL by their names in postgresql.conf, over the ones here. */
  settings?: Record<string, string | number | boolean>;
}

/** A running embedded database. */
export interface EmbeddedPostgres {
  /** With the password of the role `cms`, the owner of the database `cms`; it may create databases, but is no superuser. */
  url: string;
  port: number;
  /** Shuts the database down and waits for it. May be called again. */
  stop(): Promise<void>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // No socket in the file system: whoever may connect is decided by the password alone.
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '128MB',
  wal_compression: 'pglz', // the packaged programs are built without lz4
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

/**
 * Starts a real PostgreSQL of this server's own in `dataDir`, with no configuration, also when run as root. The first
 * start makes the cluster and its password; a later one uses the data, whatever way the last one ended. Throws, in
 * words, when another live process uses the folder or when PostgreSQL does not start.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDir = writableFolder(options.dataDir);
  const releaseLock = acquireOwnerLock(dataDir);
  try {
    return await startLocked(dataDir, options, releaseLock);
  } catch (error) {
    releaseLock();
    throw error;
  }
}

async function startLocked(
  dataDir: string,
  { log, settings }: EmbeddedPostgresOptions,
  releaseLock: () => void,
): Promise<EmbeddedPostgres> {
  const clusterDir = path.join(dataDir, 'postgres');
  const programs = findPostgresPrograms();
  const launcher = await chooseLauncher({ dataDir, clusterDir, postgres: programs.postgres });
  await stopOrphanedServer(clusterDir, log);
  const password = await ensureCluster({ dataDir, clusterDir, programs, launcher });
  const serverLog = openServerLog(path.join(dataDir, 'postgres.log'));
  const server = await supervisePostmaster({
    launcher,
    postgres: programs.postgres,
    clusterDir,
    settings: { ...SETTINGS, ...settings },
    serverLog,
    log,
  }).catch((error: unknown) => {
    serverLog.close();
    throw error;
  });
  // A process that ends without calling stop() takes its database along.
  const onExit = (): void => {
    server.signalEnd();
    releaseLock();
  };
  process.on('exit', onExit);
  log.info(`PostgreSQL runs on 127.0.0.1:${server.port}, with its data in ${clusterDir}`);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await server.stop();
    process.off('exit', onExit);
    serverLog.close();
    releaseLock();
  };
  return {
    url: `postgres://${DATABASE}:${password}@127.0.0.1:${server.port}/${DATABASE}`,
    port: server.port,
    stop: () => (stopped ??= stop()),
  };
}

/** Makes the folder when missing; its real path, by which running servers are recognised. */
function writableFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(folder);
  } catch (cause) {
    throw new Error(
      `The data folder ${path.resolve(folder)} cannot be written by this user. Perhaps a start as root made it: change ` +
        'its owner with "sudo chown -R", or set DATA_DIR to another folder.',
      { cause },
    );
  }
}
