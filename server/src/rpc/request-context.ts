import type { Meter } from '../content/caller.ts';
import type { Client, CollectionCtx, Ctx, Principal, Project } from '../content/context.ts';
import type { Services } from '../content/services.ts';

/** What a transport knows of a request before any procedure of it runs. */
export interface RequestContext {
  readonly services: Services;
  readonly principal: Principal;
  readonly project: Project;
  readonly client: Client;
  readonly requestId: string;
  readonly idempotencyKey: string | undefined;
  /** Counts the caller's calls; undefined where they are not counted. */
  readonly meter: Meter | undefined;
  /** Sets headers of the reply, whatever it will be. */
  setHeaders(headers: Readonly<Record<string, string>>): void;
  /** Set when a stored answer was given, so that the transport can say so. */
  replayed: boolean;
}

const atOnce: Ctx['after'] = (work) => work();

/** A context for one procedure: of its own, since calls of a batch run together. */
export function procedureContext(request: RequestContext): Ctx {
  const { services, principal, project, client, requestId } = request;
  const { database, projects, schemas, search, clock, newId, cursorSecret, log } = services;
  return {
    principal,
    project,
    client,
    requestId,
    database,
    sql: database.sql,
    inTransaction: false,
    projects,
    schemas,
    search,
    clock,
    newId,
    cursorSecret,
    log,
    after: atOnce,
  };
}

export type AnyCtx = Ctx | CollectionCtx;
