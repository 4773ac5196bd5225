import { prepared } from '../../platform/db/sql.ts';
import type { Ctx } from '../context.ts';

export type AuditSeverity = 'info' | 'warning' | 'critical';
export type AuditOutcome = 'success' | 'failure' | 'denied';

/** Something that happened and that somebody may have to account for. */
export interface AuditRecord {
  /** `<resource>.<what happened>`, such as `api_key.revoked` or `auth.login_failed`. */
  readonly type: string;
  readonly severity?: AuditSeverity;
  readonly outcome?: AuditOutcome;
  /** What it happened to: a kind and an id. */
  readonly resource?: { readonly type: string; readonly id: string };
  /** The resource before and after, without secrets. */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
  readonly details?: object | undefined;
  /** Who did it, where that is not the request's caller (a log-in is nobody's request). */
  readonly actorId?: string | null;
  /** Where it belongs, where that is not the request's project. */
  readonly projectId?: string;
}

const insert = prepared(
  `insert into audit_pending (project_id, id, at, type, severity, outcome, actor_id, actor_kind, ip_address, user_agent,
    request_id, resource_type, resource_id, before, after, details)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
);

/** Who does it, where and when; of a request, or of what happens before one is let in. */
export type AuditCtx = Pick<
  Ctx,
  'principal' | 'client' | 'requestId' | 'sql' | 'clock' | 'newId'
> & { readonly project: Pick<Ctx['project'], 'id'> };

/**
 * Writes a record for the audit log, in the transaction of what it tells about: either both are
 * written or neither. It joins the project's chain, in the order of commits, when that is next sealed.
 */
export async function recordAudit(ctx: AuditCtx, record: AuditRecord): Promise<void> {
  const { principal, client, project } = ctx;
  const { type, severity = 'info', outcome = 'success', resource, before, after, details } = record;
  const json = (value: object | undefined) => (value ? JSON.stringify(value) : null);
  await ctx.sql.rows(insert, [
    record.projectId ?? project.id,
    ctx.newId('aud'),
    ctx.clock.now().toISOString(),
    type,
    severity,
    outcome,
    record.actorId === undefined ? principal.id : record.actorId,
    principal.kind,
    client.address,
    client.userAgent,
    ctx.requestId,
    resource?.type ?? null,
    resource?.id ?? null,
    json(before),
    json(after),
    json(details),
  ]);
}
