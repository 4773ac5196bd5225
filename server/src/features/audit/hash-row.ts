import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A row of the audit log as it is stored. */
export interface SealedRow {
  readonly seq: number;
  readonly project_id: string;
  readonly id: string;
  /** RFC 3339, to the millisecond, in UTC. */
  readonly at: string;
  readonly type: string;
  readonly severity: string;
  readonly outcome: string;
  readonly actor_id: string | null;
  readonly actor_kind: string;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  readonly request_id: string | null;
  readonly resource_type: string | null;
  readonly resource_id: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly details: unknown;
  readonly hash: string;
}

/**
 * The hash of a row: SHA-256, hexadecimal, over the hash of the row before (empty for the first), a line
 * feed, and the row as canonical JSON (RFC 8785) in the spelling of the API. Anybody who can read
 * the log can compute it.
 */
export function hashRow(previous: string, row: Omit<SealedRow, 'hash'>): string {
  const text = canonicalize({
    seq: row.seq,
    project_id: row.project_id,
    id: row.id,
    created: row.at,
    event_type: row.type,
    severity: row.severity,
    outcome: row.outcome,
    user_id: row.actor_id,
    actor_kind: row.actor_kind,
    ip_address: row.ip_address,
    user_agent: row.user_agent,
    request_id: row.request_id,
    resource: resourceOf(row),
    before: row.before ?? null,
    after: row.after ?? null,
    details: row.details ?? null,
  });
  return createHash('sha256').update(`${previous}\n${text}`).digest('hex');
}

/** What a row is about; null where it is about nothing in particular. */
export const resourceOf = ({
  resource_type: type,
  resource_id: id,
}: Pick<SealedRow, 'resource_type' | 'resource_id'>): { type: string; id: string } | null =>
  type === null || id === null ? null : { type, id };
