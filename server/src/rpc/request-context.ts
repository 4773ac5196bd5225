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
  /** Set when a stored answer was given, so that the transport can say so. */
  replayed: boolean;
}

/** A context for one procedure: an entity manager of its own, since calls of a batch run together. */
export function procedureContext(request: RequestContext): Ctx {
  const { services, principal, project, client, requestId } = request;
  const { database, schemas, clock, newId, cursorSecret, log } = services;
  let em: Ctx['em'] | undefined;
  return {
    principal,
    project,
    client,
    requestId,
    database,
    sql: database.sql,
    inTransaction: false,
    schemas,
    clock,
    newId,
    cursorSecret,
    log,
    get em() {
      if (!em) {
        em = database.fork();
        em.setFilterParams('project', { project: project.id });
      }
      return em;
    },
    after: (work) => work(),
  };
}

export type AnyCtx = Ctx | CollectionCtx;
