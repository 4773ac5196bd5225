import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AuditRow } from '../../resources/audit.ts';

/**
 * The hash that a row must have behind the row before it: SHA-256 over the hash before, a line feed and
 * the row as canonical JSON (RFC 8785). What an entry held stands in its versions; the row has the
 * hash of that in its details, and null in its place. Computed here and not by the server, which is
 * what is checked.
 */
export function hashRow(previous: string, row: AuditRow): string {
  const { hash: _hash, actor, ...rest } = row;
  const content = row.resource?.type === 'entry' ? { before: null, after: null } : {};
  const text = canonicalize({ ...rest, actor_kind: actor.kind, ...content });
  return createHash('sha256').update(`${previous}\n${text}`).digest('hex');
}
