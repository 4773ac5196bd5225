import type { Request, Response } from 'express';
import type { Attempt, Caller } from '../content/caller.ts';
import type { Principal, Project } from '../content/context.ts';
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
  authenticate(credential: string, attempt: Attempt): Promise<Caller | undefined>;
  readonly anonymous: Principal;
}

export type MakeRequestContext = (req: Request, res: Response) => Promise<RequestContext>;

/** Builds a request's context from its headers. Throws UNAUTHORIZED for a bad key. */
export const requestContextOf =
  (services: Services, callers: Callers): MakeRequestContext =>
  async (req, res) => {
    const key = credentialOf(req);
    const attempt = attemptOf(req, res);
    const known = key === undefined ? undefined : await callers.authenticate(key, attempt);
    const caller = key === undefined ? callers.anonymous : known?.principal;
    const named = headerOf(req, 'x-project-id');
    // A deleted project's keys are dead.
    const home = caller?.projectId ?? undefined;
    if (!caller || (home !== undefined && !(await services.projects.find(home))))
      throw await badCredential(services, attempt);
    const project = await projectOf(services, caller, named);
    const principal = project && principalInProject(caller, project, named !== undefined);
    if (!project || !principal) throw notFound();
    return {
      services,
      principal,
      project,
      client: attempt.client,
      requestId: attempt.requestId,
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

/** A credential that is not good is noted in the default project: whose it was meant for is not known. */
async function badCredential(
  { projects, refusals }: Services,
  { client, ...attempt }: Attempt,
): Promise<AppError> {
  const code = 'UNAUTHORIZED';
  const project = await projects.find(undefined);
  if (project)
    refusals.note({
      projectId: project.id,
      code,
      actorId: null,
      actorKind: 'anonymous',
      ...client,
      ...attempt,
    });
  return new AppError(code);
}

const attemptOf = (req: Request, res: Response): Attempt => ({
  client: { address: req.ip ?? '', userAgent: headerOf(req, 'user-agent') ?? null },
  operation: `${req.method} ${req.path}`,
  requestId: String(res.getHeader('X-Request-Id')),
});

/** The project that is named, else the caller's: of an account the default one if it may. */
async function projectOf(
  { projects }: Services,
  caller: Principal,
  named: string | undefined,
): Promise<Project | undefined> {
  const project = await projects.find(named ?? caller.projectId ?? undefined);
  if (named !== undefined || caller.kind !== 'user' || caller.role === 'admin') return project;
  if (!project || caller.memberships.has(project.id)) return project;
  for (const id of caller.memberships.keys()) {
    const home = await projects.find(id);
    // One that was deleted is nobody's home.
    if (home) return home;
  }
  return project;
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
