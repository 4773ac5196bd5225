import { contracts } from '@cms/contracts';
import type { Config } from './config.ts';
import { schemaChannel } from './content/schema/schema-channel.ts';
import { SchemaRegistry } from './content/schema/schema-registry.ts';
import type { Services } from './content/services.ts';
import { entities } from './entities.ts';
import {
  anonymous,
  authenticator,
  ensureRootKey,
  type RootKey,
} from './features/api-keys/index.ts';
import { handlers } from './features/index.ts';
import { ensureDefaultProject, projectFinder } from './features/projects/index.ts';
import { expressApp, type HttpApp } from './http/express-app.ts';
import { pagesRouter } from './http/pages/index.ts';
import { requestContextOf } from './http/request-context.ts';
import { type Clock, systemClock } from './platform/clock/clock.ts';
import { openDatabase } from './platform/db/database.ts';
import { listen } from './platform/db/notifications.ts';
import { idsBy } from './platform/ids/ids.ts';
import type { Log } from './platform/log/log.ts';
import { forgetExpiredAnswers } from './rpc/idempotency.ts';
import { implement } from './rpc/implement.ts';

export interface App {
  readonly services: Services;
  readonly http: HttpApp;
  readonly rootKey: RootKey;
  close(): Promise<void>;
}

/** The whole product on one database: platform, then features, then the router, then HTTP. */
export async function createApp(
  config: Config,
  log: Log,
  databaseUrl: string,
  clock: Clock = systemClock,
): Promise<App> {
  const database = await openDatabase({
    url: databaseUrl,
    entities,
    log,
    poolSize: config.poolSize,
  });
  const newId = idsBy(clock);
  const schemas = new SchemaRegistry(database.sql, clock);
  const services: Services = { database, schemas, clock, newId, log };
  await database.migrate();
  await ensureDefaultProject(services);
  const rootKey = await ensureRootKey(services, config.rootApiKey);

  const changes = await listen(
    databaseUrl,
    {
      channel: schemaChannel,
      onMessage: (projectId) => schemas.forget(projectId),
      onConnect: () => schemas.forget(),
    },
    log,
  );

  const { router, operations } = implement(contracts, handlers, {
    checkOutput: config.checkOutput,
  });
  const makeContext = requestContextOf(services, {
    authenticate: authenticator(services),
    anonymous,
    project: projectFinder(services),
  });
  const http = expressApp({
    contracts,
    router,
    operations,
    makeContext,
    pages: pagesRouter({ contracts, schemas, makeContext, publicUrl: config.publicUrl }),
    newId,
    log,
    corsOrigins: config.corsOrigins,
    limits: { body: config.bodyLimit, bulkBody: config.bulkBodyLimit, url: 16_384 },
  });
  const stopForgetting = forgetExpiredAnswers(services);
  const close = async (): Promise<void> => {
    stopForgetting();
    await changes.close().finally(() => database.close());
  };
  return { services, http, rootKey, close };
}
