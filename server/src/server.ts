import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type App } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { startEmbeddedPostgres } from './platform/db/embedded/index.ts';
import { createLog, type Log } from './platform/log/log.ts';
import { startProblem } from './start-problem.ts';

/** How long requests may take to finish once the process is asked to stop. */
const DRAIN_MS = 10_000;

/**
 * Bytes of a request before its body. Node refuses more without a word, so that what is far less, a URL
 * that is too long, is refused in words.
 */
export const MAX_HEADERS = 131_072;

/** How long a request may take to arrive: an import is read no faster than it is written. */
const UPLOAD_MS = 6 * 3_600_000;

/** Starts the product as configured and stops it on SIGINT or SIGTERM. */
export async function startServer(): Promise<void> {
  const config = configOrExit();
  const log = createLog(config.logFormat, config.logLevel);
  const closing: (() => Promise<void>)[] = [];
  const stop = stopper(log, closing);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const url = config.databaseUrl ?? (await embedded(config, log, closing));
    const app = await createApp(config, log, url);
    closing.unshift(() => app.close());
    // Before anything else can fail: a new key is never shown again.
    announceKey(app, log);
    const server = await listen(app, config);
    closing.unshift(() => drain(server));
    announceAddress(config, server, log);
  } catch (error) {
    const problem = startProblem(error, config);
    if (problem) log.fatal(problem);
    else log.fatal({ err: error }, 'The server could not start');
    process.exitCode = 1;
    await stop();
  }
}

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}

async function embedded(
  config: Config,
  log: Log,
  closing: (() => Promise<void>)[],
): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log });
  closing.unshift(() => postgres.stop());
  return postgres.url;
}

const listen = (app: App, config: Config): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(
      { maxHeaderSize: MAX_HEADERS, requestTimeout: UPLOAD_MS },
      app.http,
    );
    server.once('error', reject);
    server.listen(config.port, config.host, () => resolve(server));
  });

/** Takes no new connection, lets running requests finish, then cuts what is left. */
const drain = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });

/** Runs the closing steps once, newest part first; a second signal ends the process at once. */
function stopper(log: Log, closing: (() => Promise<void>)[]): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const close = async () => {
    log.info('Stopping');
    for (const step of closing.splice(0))
      await step().catch((error: unknown) => log.error({ err: error }, 'A part did not stop well'));
    process.exit();
  };
  return () => {
    if (stopping) process.exit(1);
    stopping = close();
    return stopping;
  };
}

function announceKey({ rootKey }: App, log: Log): void {
  if (rootKey.kind === 'made')
    log.info(
      `Root API key, shown this once (send it as "Authorization: Bearer …"): ${rootKey.key}`,
    );
  else if (rootKey.kind === 'configured') log.info('The root API key is the one in ROOT_API_KEY');
}

/** The last line of a start: where to go. */
function announceAddress(config: Config, server: Server, log: Log): void {
  const { port } = server.address() as AddressInfo;
  const url = config.publicUrl ?? `http://localhost:${port}`;
  log.info(`Ready at ${url} · docs ${url}/docs · OpenAPI ${url}/api/v1/openapi.json`);
}
