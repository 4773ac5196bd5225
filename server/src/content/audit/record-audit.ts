import type { AuditOutcome, AuditSeverity } from '@cms/contracts';
import { prepared } from '../../platform/db/sql.ts';
import type { Ctx } from '../context.ts';

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
  /** The account that did it, where it is not the request's caller yet: a log-in is nobody's request. */
  readonly accountId?: string;
  /** Where it belongs, where that is not the request's project. */
  readonly projectId?: string;
}

const insert = prepared(
  `insert into audit_pending (project_id, id, at, type, severity, outcome, actor_id, actor_kind, ip_address, user_agent,
    request_id, resource_type, resource_id, before, after, details)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
);

/**
 * Writes a record for the audit log, in the transaction of what it tells about: either both are
 * written or neither. It joins the project's chain, in the order of commits, when that is next sealed.
 */
export async function recordAudit(ctx: Ctx, record: AuditRecord): Promise<void> {
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
    record.accountId ?? principal.id,
    record.accountId === undefined ? principal.kind : 'user',
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
