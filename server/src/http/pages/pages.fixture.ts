import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contracts, permissions, type Permission } from '@cms/contracts';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Field } from '../../content/fields/field.ts';
import { compileCollection, type StoredCollection } from '../../content/schema/collection.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { appErrorOf } from '../../rpc/errors.ts';
import { sendError } from '../error-reply.ts';
import { standardHeaders } from '../standard-headers.ts';
import { pagesRouter } from './pages-router.ts';

const now = new Date('2026-01-31T09:30:00Z');

const title: Field = {
  id: 'fld_01kaj5cz5rf4q9t2jw2hq5m8e3',
  key: 'title',
  name: 'title',
  type: 'text',
  required: true,
  unique: false,
  indexed: false,
  localized: false,
  hidden: false,
  readonly: false,
  options: { max_length: 80 },
};

/** A collection with one field, as it would be stored. */
export const storedCollection = (name: string, more: Partial<StoredCollection> = {}) =>
  compileCollection(
    {
      id: `col_${name}`,
      project_id: 'proj_1',
      name,
      label: null,
      type: 'content',
      status: 'published',
      default_status: 'published',
      fields: [title],
      used_keys: ['title'],
      options: {},
      rules: {},
      revision: 1,
      storage: `e_${name}`,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
      ...more,
    },
    { now: () => now },
  );

const callers: Readonly<Record<string, readonly Permission[]>> = {
  manager: permissions,
  reader: ['schema:read'],
};

export interface PagesServer {
  readonly url: string;
  /** The project's collections, and their revision: what a change would replace. */
  schema: { revision: string; collections: ReturnType<typeof storedCollection>[] };
  close(): Promise<void>;
}

/** The pages alone on a free port, for callers `manager`, `reader` and nobody. */
export async function startPages(publicUrl?: string): Promise<PagesServer> {
  const pages: Pick<PagesServer, 'schema'> = { schema: { revision: '1', collections: [] } };
  const makeContext = async (req: Request) => {
    const key = req.headers['x-api-key'];
    const known = typeof key === 'string' ? callers[key] : [];
    if (!known) throw new AppError('UNAUTHORIZED');
    const project = { id: 'proj_1', visibility: 'public' as const };
    return { principal: { permissions: new Set<Permission>(known) }, project };
  };
  const app = express().set('query parser', false);
  app.use(standardHeaders(() => 'req_1'));
  app.use(
    pagesRouter({
      contracts,
      schemas: {
        project: async () => ({
          ...pages.schema,
          find: () => undefined,
          collectionOf: () => undefined,
        }),
      },
      makeContext,
      publicUrl,
    }),
  );
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) =>
    sendError(req, res, appErrorOf(error), 'canonical'),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return Object.assign(pages, { url, close });
}
