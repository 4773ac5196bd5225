import type { Ctx } from '../../content/context.ts';
import { platformList, platformPage } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { type InvitationRow, selectInvitations, toInvitation } from './invitation.mapper.ts';
import type { Scope } from './scope.ts';

interface Input {
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
}

const find = prepared(
  `${selectInvitations} order by i.created_at desc, i.id desc limit $3 offset $4`,
);
const count = prepared(
  'select count(*)::int as total from invitations where scope_id = $1 and expires_at > $2',
);

/** A page of the open invitations, newest first. Throws INVALID_INPUT. */
export async function listInvitations(ctx: Ctx, { id }: Scope, input: Input) {
  const page = platformPage(input);
  const values = [id, ctx.clock.now().toISOString()];
  const rows = await ctx.sql.rows<InvitationRow>(find, [...values, page.limit, page.offset]);
  const [counted] = await ctx.sql.rows<{ total: number }>(count, values);
  return platformList(rows.map(toInvitation), page, counted?.total ?? 0);
}
