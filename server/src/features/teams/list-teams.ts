import { ownsInstance } from '../../content/permissions-in-team.ts';
import type { Ctx } from '../../content/context.ts';
import { platformList, platformPage } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { refuseKeys } from './refuse-keys.ts';
import { accountOf, selectTeams, type TeamSummaryRow, toTeam } from './team.mapper.ts';

interface Input {
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
}

const order = 'order by lower(t.name), t.id limit $2 offset $3';
const findAll = prepared(`${selectTeams} ${order}`);
const findOwn = prepared(`${selectTeams} where m.account_id is not null ${order}`);
const count = prepared(
  `select count(*)::int as total from teams t where $2::boolean
    or exists (select 1 from team_members where team_id = t.id and account_id = $1)`,
);

/** A page of the caller's teams by name; of all for whom the instance belongs to. Throws FORBIDDEN. */
export async function listTeams(ctx: Ctx, input: Input) {
  refuseKeys(ctx);
  const page = platformPage(input);
  const [all, account] = [ownsInstance(ctx.principal), accountOf(ctx)];
  const values = [account, page.limit, page.offset];
  const rows = await ctx.sql.rows<TeamSummaryRow>(all ? findAll : findOwn, values);
  const [counted] = await ctx.sql.rows<{ total: number }>(count, [account, all]);
  return platformList(rows.map(toTeam), page, counted?.total ?? 0);
}
