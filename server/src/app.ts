import { contracts } from '@cms/contracts';
import type { Config } from './config.ts';
import { schemaChannel } from './content/schema/schema-channel.ts';
import { SchemaRegistry } from './content/schema/schema-registry.ts';
import type { Services } from './content/services.ts';
import { entities } from './entities.ts';
import {
  accountsChannel,
  authenticateToken,
  createAccounts,
  ensureAdmin,
  forgetExpired,
  looksLikeToken,
} from './features/accounts/index.ts';
import {
  anonymous,
  authenticator,
  ensureRootKey,
  type RootKey,
} from './features/api-keys/index.ts';
import { handlersWith } from './features/index.ts';
import { ensureDefaultProject, projectFinder } from './features/projects/index.ts';
import { expressApp, type HttpApp } from './http/express-app.ts';
import { pagesRouter } from './http/pages/index.ts';
import { requestContextOf } from './http/request-context.ts';
import { createBackground } from './platform/background/background.ts';
import { type Clock, systemClock } from './platform/clock/clock.ts';
import { openDatabase } from './platform/db/database.ts';
import { instanceSecret } from './platform/db/instance-secret.ts';
import { listen } from './platform/db/notifications.ts';
import { idsBy } from './platform/ids/ids.ts';
import type { Log } from './platform/log/log.ts';
import { openMailer } from './platform/mail/index.ts';
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
  await database.migrate();
  const cursorSecret = await instanceSecret(database.sql, 'cursor');
  const services: Services = { database, schemas, clock, newId, cursorSecret, log };
  await ensureDefaultProject(services);
  const rootKey = await ensureRootKey(services, config.rootApiKey);

  const background = createBackground(log);
  const mail = openMailer({
    smtpUrl: config.smtpUrl,
    from: config.mailFrom,
    dataDir: config.dataDir,
  });
  const accounts = createAccounts(services, {
    mail,
    background,
    registration: config.registration,
    issuer: config.publicUrl ?? 'cms',
  });
  if (config.admin) await ensureAdmin(services, config.admin);

  const changes = await listen(
    databaseUrl,
    {
      channel: schemaChannel,
      onMessage: (projectId) => schemas.forget(projectId),
      onConnect: () => schemas.forget(),
    },
    log,
  );
  const accountChanges = await listen(
    databaseUrl,
    {
      channel: accountsChannel,
      onMessage: (accountId) => accounts.sessions.forget(accountId),
      onConnect: () => accounts.sessions.forget(),
    },
    log,
  );

  const { router, operations } = implement(contracts, handlersWith(accounts), {
    checkOutput: config.checkOutput,
  });
  const authenticateKey = authenticator(services);
  const makeContext = requestContextOf(services, {
    authenticate: (credential) =>
      looksLikeToken(credential)
        ? authenticateToken(accounts, credential)
        : authenticateKey(credential),
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
    trustProxy: config.trustProxy,
  });
  const stopForgetting = [forgetExpiredAnswers(services), forgetExpired(services)];
  const close = async (): Promise<void> => {
    for (const stop of stopForgetting) stop();
    await background.drain();
    await mail.close();
    await Promise.all([changes.close(), accountChanges.close()]).finally(() => database.close());
  };
  return { services, http, rootKey, close };
}
