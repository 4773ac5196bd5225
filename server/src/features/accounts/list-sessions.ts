import type { Session } from '@cms/contracts';
import type { AccountCtx } from '../../content/context.ts';
import { envelope, pageHead, type PageInput, pageOfInput } from '../../content/entries/page.ts';
import { isoTime } from '../../content/entries/row.ts';
import { prepared } from '../../platform/db/sql.ts';
import { RawJson } from '../../platform/json/raw-json.ts';

const DEFAULT_PAGE_SIZE = 30;

interface Row {
  readonly id: string;
  readonly user_agent: string | null;
  readonly ip_address: string | null;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
}

const find = prepared(
  `select id, user_agent, ip_address, created_at, last_used_at, expires_at from sessions
  where account_id = $1 and expires_at > $2 order by last_used_at desc, id desc limit $3 offset $4`,
);
const count = prepared(
  'select count(*)::int as total from sessions where account_id = $1 and expires_at > $2',
);

/** The caller's sessions, the latest used first. Throws INVALID_INPUT for mixed paging. */
export async function listSessions(ctx: AccountCtx, input: PageInput) {
  const page = pageOfInput(input, DEFAULT_PAGE_SIZE);
  const { accountId, sessionId } = ctx.principal;
  const values = [accountId, ctx.clock.now().toISOString()];
  const rows = await ctx.sql.rows<Row>(find, [...values, page.limit, page.offset]);
  const [counted] = await ctx.sql.rows<{ total: number }>(count, values);
  const total = counted?.total ?? 0;
  const items = rows.map((row) => toSession(row, sessionId));
  const reply = { items, ...envelope(page, total) };
  const more = page.offset + rows.length < total;
  return new RawJson<typeof reply>(JSON.stringify(reply), pageHead(page, { total, more }));
}

const toSession = (row: Row, current: string): Session => ({
  id: row.id,
  current: row.id === current,
  user_agent: row.user_agent,
  ip_address: row.ip_address,
  created: isoTime(row.created_at),
  last_used: isoTime(row.last_used_at),
  expires: isoTime(row.expires_at),
});
