import type { Team } from '@cms/contracts';
import { isoTime } from '../../content/entries/row.ts';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';

/** A team with its counts, and the role of who asks. */
export interface TeamSummaryRow {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly members: number;
  readonly projects: number;
  readonly role: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Teams with their counts; `$1` is the account that asks. */
export const selectTeams = `select t.id, t.name, t.description, t.created_at, t.updated_at,
    coalesce(r.name, m.role) as role,
    (select count(*)::int from team_members where team_id = t.id) as members,
    (select count(*)::int from projects where team_id = t.id and deleted_at is null) as projects
  from teams t
    left join team_members m on m.team_id = t.id and m.account_id = $1
    left join roles r on r.id = m.custom_role_id`;

const one = prepared(`${selectTeams} where t.id = $2`);

/** The account of a caller, if it is one. */
export const accountOf = ({ principal }: Pick<Ctx, 'principal'>): string | null =>
  principal.kind === 'user' ? principal.accountId : null;

/** A team as its caller sees it. Throws NOT_FOUND. */
export async function findTeam(ctx: Ctx, id: string): Promise<Team> {
  const [row] = await ctx.sql.rows<TeamSummaryRow>(one, [accountOf(ctx), id]);
  if (!row) throw notFound();
  return toTeam(row);
}

export const toTeam = (row: TeamSummaryRow): Team => ({
  id: row.id,
  name: row.name,
  description: row.description,
  members: { total: row.members },
  projects: { total: row.projects },
  role: row.role,
  created_at: isoTime(row.created_at),
  updated_at: isoTime(row.updated_at),
});
