import type { Request, Response } from 'express';
import type { Caller } from '../content/caller.ts';
import type { Client, Principal, Project } from '../content/context.ts';
import { principalInProject } from '../content/principal-in-project.ts';
import type { Services } from '../content/services.ts';
import { AppError, notFound } from '../platform/errors/app-error.ts';
import type { RequestContext } from '../rpc/request-context.ts';

/** Finds who calls; the features of accounts and keys know. */
export interface Callers {
  /**
   * The caller of a key or access token; undefined for one that is unknown or no longer good. Throws
   * FORBIDDEN for one that may not be used from there.
   */
  authenticate(credential: string, from: Client, requestId: string): Promise<Caller | undefined>;
  readonly anonymous: Principal;
}

export type MakeRequestContext = (req: Request, res: Response) => Promise<RequestContext>;

/** Builds a request's context from its headers. Throws UNAUTHORIZED for a bad key. */
export const requestContextOf =
  (services: Services, callers: Callers): MakeRequestContext =>
  async (req, res) => {
    const key = credentialOf(req);
    const client = { address: req.ip ?? '', userAgent: headerOf(req, 'user-agent') ?? null };
    const requestId = String(res.getHeader('X-Request-Id'));
    const known =
      key === undefined ? undefined : await callers.authenticate(key, client, requestId);
    if (key !== undefined && !known) throw new AppError('UNAUTHORIZED');
    const caller = known?.principal ?? callers.anonymous;
    const named = headerOf(req, 'x-project-id');
    const project = await projectOf(services, caller, named);
    const principal = project && principalInProject(caller, project, named !== undefined);
    if (!project || !principal) throw notFound();
    return {
      services,
      principal,
      project,
      client,
      requestId,
      idempotencyKey: idempotencyKeyOf(req),
      meter: known?.meter,
      setHeaders: (headers) => {
        // A streamed batch may have begun its reply.
        if (res.headersSent) return;
        for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      },
      replayed: false,
    };
  };

/** The project that is named, else the caller's: of an account the default one if it may. */
async function projectOf(
  { projects }: Services,
  caller: Principal,
  named: string | undefined,
): Promise<Project | undefined> {
  const project = await projects.find(named ?? caller.projectId ?? undefined);
  if (named !== undefined || caller.kind !== 'user' || caller.role === 'admin') return project;
  const [home] = caller.memberships.keys();
  if (!project || home === undefined || caller.memberships.has(project.id)) return project;
  return projects.find(home);
}

const headerOf = (req: Request, name: string): string | undefined => {
  const value = req.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The key of `Authorization: Bearer …` or `x-api-key`. Another scheme is no credential of ours. */
function credentialOf(req: Request): string | undefined {
  const { authorization } = req.headers;
  if (authorization !== undefined) {
    const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (bearer === undefined) throw new AppError('UNAUTHORIZED');
    return bearer;
  }
  return headerOf(req, 'x-api-key');
}

function idempotencyKeyOf(req: Request): string | undefined {
  const key = headerOf(req, 'idempotency-key');
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('INVALID_INPUT', 'An Idempotency-Key has 1 to 255 visible ASCII characters.');
}
