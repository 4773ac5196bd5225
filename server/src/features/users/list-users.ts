import type { usersContracts } from '@cms/contracts';
import { contentList } from '../../content/content-reply.ts';
import { pageOfInput } from '../../content/entries/page.ts';
import type { HandlerOf } from '../../content/handlers.ts';
import { prepared } from '../../platform/db/sql.ts';
import { type AccountRow, accountColumns } from '../accounts/index.ts';
import { toUserResource } from './user.mapper.ts';

/** Items per page where the request does not say. */
const DEFAULT_PAGE_SIZE = 30;

const where = `($1::text is null or role = $1) and ($2::boolean is null or active = $2)
  and ($3::text is null or lower(email) = lower($3))`;
const find = prepared(
  `select ${accountColumns} from accounts where ${where} order by id desc limit $4 offset $5`,
);
const count = prepared(`select count(*)::int as total from accounts where ${where}`);

/** A page of the accounts, newest first. Throws INVALID_INPUT for mixed paging. */
export const listUsers: HandlerOf<typeof usersContracts.list> = async (ctx, input) => {
  const page = pageOfInput(input, DEFAULT_PAGE_SIZE);
  const { role = null, active = null, email = null } = input;
  const filter = [role, active, email];
  const [rows, [counted]] = await Promise.all([
    ctx.sql.rows<AccountRow>(find, [...filter, page.limit, page.offset]),
    ctx.sql.rows<{ total: number }>(count, filter),
  ]);
  return contentList(ctx, rows.map(toUserResource), page, counted?.total ?? 0);
};
