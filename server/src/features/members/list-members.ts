import type { Ctx } from '../../content/context.ts';
import { platformList, platformPage } from '../../content/platform-reply.ts';
import { selectMembers, type MemberRow, toMember } from './member.mapper.ts';
import { type Scope, statements } from './scope.ts';

interface Input {
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
}

const find = statements(
  (names) => `${selectMembers(names)} order by m.created_at, m.account_id limit $2 offset $3`,
);
const count = statements(
  ({ members, key }) => `select count(*)::int as total from ${members} where ${key} = $1`,
);

/** A page of the members, who came first first. Throws INVALID_INPUT. */
export async function listMembers(ctx: Ctx, { kind, id }: Scope, input: Input) {
  const page = platformPage(input);
  const rows = await ctx.sql.rows<MemberRow>(find[kind], [id, page.limit, page.offset]);
  const [counted] = await ctx.sql.rows<{ total: number }>(count[kind], [id]);
  return platformList(rows.map(toMember), page, counted?.total ?? 0);
}
