import type { AuditRow } from '../../resources/audit.ts';
import { hashRow } from './hash-row.ts';

/** A place in the chain with the hash of its row. */
export interface Anchor {
  readonly seq: number;
  readonly hash: string;
}

export type Finding =
  | { readonly good: true; readonly head: Anchor }
  | { readonly good: false; readonly seq: number; readonly message: string };

/** Goes through a chain from its first row, and through the anchor that was kept of it, if any. */
export async function verifyRows(
  rows: AsyncIterable<AuditRow>,
  expected: Anchor | undefined,
): Promise<Finding> {
  let head: Anchor = { seq: 0, hash: '' };
  for await (const row of rows) {
    const seq = head.seq + 1;
    if (row.seq !== seq) return bad(seq, `Row ${seq} is missing.`);
    if (hashRow(head.hash, row) !== row.hash)
      return bad(seq, `Row ${seq} (${row.event_type}, ${row.created}) was changed.`);
    head = { seq, hash: row.hash };
    if (expected?.seq === seq && expected.hash !== row.hash)
      return bad(seq, `Row ${seq} is not the one that was kept: the chain was made anew.`);
  }
  if (expected && head.seq < expected.seq)
    return bad(head.seq + 1, `The log ends at row ${head.seq}, before the one that was kept.`);
  return { good: true, head };
}

const bad = (seq: number, message: string): Finding => ({ good: false, seq, message });
