import type { AuditVerification } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { toSealed, type ListedRow } from './audit.mapper.ts';
import { hashRow } from './hash-row.ts';

const BATCH = 1000;

const readHead = prepared('select seq, hash from audit_heads where project_id = $1');
/** `data` is the hash of what the entry's version holds now; null where the version is gone. */
const read = prepared(`
  select l.*, encode(sha256(convert_to(v.data::text, 'UTF8')), 'hex') as data
  from audit_log l
  left join entry_versions v on l.resource_type = 'entry' and v.entry_id = l.resource_id and v.project_id = l.project_id
    and v.version = (l.details->>'version')::int
  where l.project_id = $1 and l.seq > $2 order by l.seq limit ${BATCH}`);

type Row = Omit<ListedRow, 'email' | 'entry_before' | 'entry_after'> & {
  readonly data: string | null;
};
type Problem = NonNullable<AuditVerification['problem']>;

/** Recomputes the chain of the project, batch by batch, up to the first thing that is wrong. */
export async function verifyChain(ctx: Ctx): Promise<AuditVerification> {
  const [stored] = await ctx.sql.rows<{ seq: string; hash: string }>(readHead, [ctx.project.id]);
  const head = { seq: Number(stored?.seq ?? 0), hash: stored?.hash ?? '' };
  let [seq, hash] = [0, ''];
  for (;;) {
    const rows = await ctx.sql.rows<Row>(read, [ctx.project.id, seq]);
    for (const row of rows) {
      const problem = problemOf(row, seq + 1, hash);
      if (problem) return { valid: false, checked: seq, head, problem };
      [seq, hash] = [Number(row.seq), row.hash];
    }
    if (rows.length < BATCH) break;
  }
  const problem = endProblem({ seq, hash }, head);
  return { valid: !problem, checked: seq, head, problem };
}

function problemOf(row: Row, expected: number, previous: string): Problem | null {
  const seq = Number(row.seq);
  if (seq !== expected)
    return { seq: expected, kind: 'missing', message: `Row ${expected} is missing.` };
  const sealed = toSealed(row);
  if (hashRow(previous, sealed) !== row.hash)
    return { seq, kind: 'changed', message: `Row ${seq} or its hash was changed.` };
  const { data_sha256: sealedData } = (row.details ?? {}) as { data_sha256?: string };
  if (sealedData !== undefined && row.data !== null && row.data !== sealedData)
    return {
      seq,
      kind: 'content_changed',
      message: `The version that row ${seq} is about holds something else now.`,
    };
  return null;
}

/** Rows that were cut off at the end, or added behind it. */
function endProblem(
  end: { seq: number; hash: string },
  head: { seq: number; hash: string },
): Problem | null {
  // What was sealed meanwhile is behind the head that was read before.
  if (end.seq < head.seq)
    return {
      seq: end.seq + 1,
      kind: 'missing',
      message: `Row ${end.seq + 1} and all after it are missing.`,
    };
  if (end.seq === head.seq && end.hash !== head.hash)
    return {
      seq: end.seq,
      kind: 'head',
      message: 'The end of the chain is not the one that was kept.',
    };
  return null;
}
