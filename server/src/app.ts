import { createSecretKey } from 'node:crypto';
import { contracts } from '@cms/contracts';
import type { Config } from './config.ts';
import { schemaChannel } from './content/schema/schema-channel.ts';
import { SchemaRegistry } from './content/schema/schema-registry.ts';
import type { Services } from './content/services.ts';
import { entities } from './entities.ts';
import {
  accountJobs,
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
  createApiKeys,
  ensureRootKey,
  forgetOldUses,
  keysChannel,
  type RootKey,
} from './features/api-keys/index.ts';
import { RefusalLog, Sealer } from './features/audit/index.ts';
import { memberJobs } from './features/members/index.ts';
import { handlersWith } from './features/index.ts';
import {
  ensureDefaultProject,
  ProjectRegistry,
  projectsChannel,
  removeDeletedProjects,
} from './features/projects/index.ts';
import { openSearch } from './features/search/index.ts';
import { expressApp, type HttpApp } from './http/express-app.ts';
import { pagesRouter } from './http/pages/index.ts';
import { requestContextOf } from './http/request-context.ts';
import { type Clock, systemClock } from './platform/clock/clock.ts';
import { openDatabase } from './platform/db/database.ts';
import { instanceSecret } from './platform/db/instance-secret.ts';
import { migrate } from './platform/db/migrate.ts';
import { listen, type Listener } from './platform/db/notifications.ts';
import { openPool } from './platform/db/pool.ts';
import { poolSql } from './platform/db/sql.ts';
import { idsBy } from './platform/ids/ids.ts';
import type { Log } from './platform/log/log.ts';
import { openMailer } from './platform/mail/index.ts';
import { startQueue } from './platform/queue/index.ts';
import { forgetExpiredAnswers } from './rpc/idempotency.ts';
import { implement } from './rpc/implement.ts';

export interface App {
  readonly services: Services;
  readonly http: HttpApp;
  readonly rootKey: RootKey;
  close(): Promise<void>;
}

/** Connections for what is done beside the requests: one audit log is read while another is sealed, and a search index is fed. */
const BACKGROUND_CONNECTIONS = 3;

/** The whole product on one database: platform, then features, then the router, then HTTP. */
export async function createApp(
  config: Config,
  log: Log,
  databaseUrl: string,
  clock: Clock = systemClock,
): Promise<App> {
  await migrate({ url: databaseUrl, entities, log });
  const database = await openDatabase({
    url: databaseUrl,
    entities,
    log,
    poolSize: config.poolSize,
    statementSeconds: config.statementSeconds,
  });
  const newId = idsBy(clock);
  const schemas = new SchemaRegistry(database.apart, clock);
  const projects = new ProjectRegistry(database.apart);
  const background = openPool(databaseUrl, BACKGROUND_CONNECTIONS, log);
  const refusals = new RefusalLog(poolSql(background), clock, newId, log);
  const search = openSearch({
    meili: config.meili,
    databaseUrl,
    sql: database.sql,
    apart: database.apart,
    background: poolSql(background),
    schemas,
    log,
  });
  const cursorSecret = createSecretKey(await instanceSecret(database.sql, 'cursor'), 'utf8');
  const services: Services = {
    database,
    projects,
    schemas,
    refusals,
    search: search.engine,
    clock,
    newId,
    cursorSecret,
    log,
  };
  await ensureDefaultProject(services);
  const rootKey = await ensureRootKey(services, config.rootApiKey);

  const mail = openMailer({
    smtpUrl: config.smtpUrl,
    from: config.mailFrom,
    dataDir: config.dataDir,
  });
  const accounts = createAccounts(services, {
    mail,
    registration: config.registration,
    issuer: config.publicUrl ?? 'cms',
  });
  if (config.admin) await ensureAdmin(services, config.admin);
  const keys = createApiKeys(services);

  const changes = await listen(
    databaseUrl,
    [
      forgetful(schemaChannel, schemas),
      forgetful(projectsChannel, projects),
      forgetful(accountsChannel, accounts.sessions, keys.registry),
      forgetful(keysChannel, keys.registry),
      ...search.listeners,
    ],
    log,
  );

  const sealer = new Sealer(background, services, refusals);
  sealer.start();
  search.start();
  const projectOptions = { graceDays: config.projectGraceDays };
  const { indexed } = search;
  const shared = { accounts, keys, sealer, projectOptions, indexed };
  const { router, operations } = implement(contracts, handlersWith(shared), {
    checkOutput: config.checkOutput,
    textLimit: config.bulkBodyLimit,
  });
  const authenticateKey = authenticator(services, keys);
  const makeContext = requestContextOf(services, {
    authenticate: async (credential, attempt) => {
      if (!looksLikeToken(credential)) return authenticateKey(credential, attempt);
      const principal = await authenticateToken(accounts, credential);
      return principal && { principal };
    },
    anonymous,
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
  const queue = await startQueue(
    databaseUrl,
    { ...accountJobs(accounts, services), ...memberJobs(accounts, services) },
    log,
  );
  const stopForgetting = [
    forgetExpiredAnswers(services),
    forgetExpired(services),
    forgetOldUses(services),
    removeDeletedProjects(services, projectOptions),
  ];
  const close = async (): Promise<void> => {
    for (const stop of stopForgetting) await stop();
    await queue.close();
    await keys.usage.close();
    await search.close();
    await sealer.close();
    await mail.close();
    await changes.close();
    await background.end();
    await database.close();
  };
  return { services, http, rootKey, close };
}

/** Memories that forget what a channel says has changed, and everything after it was deaf. */
const forgetful = (channel: string, ...memories: { forget(id?: string): void }[]): Listener => ({
  channel,
  onMessage: (id) => memories.forEach((memory) => memory.forget(id)),
  onConnect: () => memories.forEach((memory) => memory.forget()),
});
