import type { Ctx } from '../../content/context.ts';
import { platformList, platformPage } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { type CustomRoleRow, selectRoles, toCustomRole } from './role.mapper.ts';

interface Input {
  readonly id: string;
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
}

const find = prepared(`${selectRoles} order by lower(r.name), r.id limit $2 offset $3`);
const count = prepared('select count(*)::int as total from roles where scope_id = $1');

/** A page of the custom roles of a team or a project, by name. Throws INVALID_INPUT. */
export async function listRoles(ctx: Ctx, input: Input) {
  const page = platformPage(input);
  const rows = await ctx.sql.rows<CustomRoleRow>(find, [input.id, page.limit, page.offset]);
  const [counted] = await ctx.sql.rows<{ total: number }>(count, [input.id]);
  return platformList(rows.map(toCustomRole), page, counted?.total ?? 0);
}
