import type { AuditRow, contracts } from '@cms/contracts';
import type { z } from 'zod';
import type { Ctx } from '../../content/context.ts';
import { envelope, pageHead, pageOfInput } from '../../content/entries/page.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { RawJson } from '../../platform/json/raw-json.ts';
import { type ListedRow, toAuditRow } from './audit.mapper.ts';
import { type Where, whereOf } from './where.ts';

const DEFAULT_PAGE_SIZE = 30;

/**
 * Rows with what an entry held before and after, from its versions: a creation has nothing before, a
 * deletion nothing after.
 */
const select = (where: string, rest: string) => `
  select l.*, a.email, was.data as entry_before,
    case when l.type = 'entry.deleted' then null else v.data end as entry_after
  from (select * from audit_log l where ${where} ${rest}) as l
  left join accounts a on l.actor_kind = 'user' and a.id = l.actor_id
  left join entry_versions v on l.resource_type = 'entry' and v.entry_id = l.resource_id and v.project_id = l.project_id
    and v.version = (l.details->>'version')::int
  left join entry_versions was on was.entry_id = v.entry_id and was.project_id = v.project_id and was.version = v.version - 1`;

/** A page of the log, newest first, or oldest first where it is followed. Throws INVALID_INPUT for mixed paging. */
export async function listAudit(
  ctx: Ctx,
  input: z.output<typeof contracts.audit.list.input>,
  security: boolean,
) {
  const page = pageOfInput(input, DEFAULT_PAGE_SIZE);
  const where = whereOf(ctx.project.id, input, security);
  const order = input.after_seq === undefined ? 'desc' : 'asc';
  const { length } = where.values;
  const window = `order by l.seq ${order} limit $${length + 1} offset $${length + 2}`;
  const [rows, [counted]] = await Promise.all([
    ctx.sql.rows<ListedRow>({ text: `${select(where.sql, window)} order by l.seq ${order}` }, [
      ...where.values,
      page.limit,
      page.offset,
    ]),
    ctx.sql.rows<{ total: string }>(
      { text: `select count(*) as total from audit_log l where ${where.sql}` },
      where.values,
    ),
  ]);
  const total = Number(counted?.total ?? 0);
  const reply = { items: rows.map(toAuditRow), ...envelope(page, total) };
  const more = page.offset + rows.length < total;
  return new RawJson<typeof reply>(JSON.stringify(reply), pageHead(page, { total, more }));
}

/** One row of the project's log. Throws NOT_FOUND. */
export async function getAudit(ctx: Ctx, id: string): Promise<AuditRow> {
  const own: Where = { sql: 'l.project_id = $1 and l.id = $2', values: [ctx.project.id, id] };
  const [row] = await ctx.sql.rows<ListedRow>({ text: select(own.sql, '') }, own.values);
  if (!row) throw notFound();
  return toAuditRow(row);
}
