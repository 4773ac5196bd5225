import type { CollectionCtx, RootPrincipal } from '../src/content/context.ts';
import type { Statement } from '../src/platform/db/sql.ts';
import { procedureContext } from '../src/rpc/request-context.ts';
import type { TestServer } from './harness.ts';

export const reader: RootPrincipal = {
  id: null,
  kind: 'anonymous',
  projectId: null,
  permissions: new Set(['content:read']),
};

/** The context of an operation on a collection, as one who may read everything in it. */
export async function collectionCtx(server: TestServer, name: string): Promise<CollectionCtx> {
  const { services } = server.app;
  const [project] = await services.database.sql.rows<{ id: string }>(
    { text: 'select id from projects' },
    [],
  );
  const ctx = procedureContext({
    services,
    principal: reader,
    client: { address: '127.0.0.1', userAgent: null },
    project: {
      id: String(project?.id),
      name: 'p',
      status: 'active',
      visibility: 'public',
      defaultLocale: 'en',
    },
    requestId: 'r',
    idempotencyKey: undefined,
    meter: undefined,
    setHeaders: () => undefined,
    replayed: false,
  });
  const collection = await services.schemas.find(String(project?.id), name);
  if (!collection) throw new Error(`There is no collection ${name}.`);
  return Object.assign(ctx, {
    collection,
    publishedOnly: false,
    view: collection.views.all,
    rule: undefined,
    method: 'GET',
  });
}

export interface Ran {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/** The same context, and the statements that are run with it. */
export function watched(ctx: CollectionCtx): { ctx: CollectionCtx; ran: Ran[] } {
  const ran: Ran[] = [];
  const sql: CollectionCtx['sql'] = {
    rows: (statement, values) => {
      ran.push({ statement, values });
      return ctx.sql.rows(statement, values);
    },
  };
  return { ctx: { ...ctx, sql }, ran };
}
