import type { AuditRow } from '@cms/contracts';
import { isoTime } from '../../content/entries/row.ts';
import { resourceOf, type SealedRow } from './hash-row.ts';

/** A row as a list reads it: with the e-mail of the account, and what an entry held before and after. */
export interface ListedRow extends Omit<SealedRow, 'seq'> {
  readonly seq: string;
  readonly email: string | null;
  readonly entry_before: Data | null;
  readonly entry_after: Data | null;
}
type Data = Readonly<Record<string, unknown>>;

/** A stored row in the form that its hash is made from. */
export const toSealed = (
  row: Omit<ListedRow, 'email' | 'entry_before' | 'entry_after'>,
): SealedRow => ({
  ...row,
  seq: Number(row.seq),
  at: isoTime(row.at),
});

export function toAuditRow(row: ListedRow): AuditRow {
  const changed = changesOf(row);
  return {
    id: row.id,
    seq: Number(row.seq),
    project_id: row.project_id,
    event_type: row.type,
    severity: row.severity as AuditRow['severity'],
    outcome: row.outcome as AuditRow['outcome'],
    user_id: row.actor_id,
    actor: { kind: row.actor_kind, email: row.email },
    ip_address: row.ip_address,
    user_agent: row.user_agent,
    request_id: row.request_id,
    resource: resourceOf(row),
    before: (row.before as Data | null) ?? changed.before,
    after: (row.after as Data | null) ?? changed.after,
    details: row.details as Data | null,
    created: isoTime(row.at),
    hash: row.hash,
  };
}

/** Of an entry, the fields that differ between its versions. */
function changesOf({ entry_before: before, entry_after: after }: ListedRow) {
  if (!before || !after) return { before, after };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const only = (data: Data) => Object.fromEntries(names.map((name) => [name, data[name] ?? null]));
  return { before: only(before), after: only(after) };
}
