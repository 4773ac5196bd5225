import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';

const lockTeams = prepared(
  `select id from teams where id in (select team_id from team_members where account_id = $1 and role = 'owner')
  order by id for no key update`,
);
const lockProjects = prepared(
  `select id from projects where id in (select project_id from project_members where account_id = $1 and role = 'owner')
  order by id for no key update`,
);
/** What the instance made needs no other owner: the root key is it. */
const ownedAlone = prepared(
  `select t.name from teams t join team_members m on m.team_id = t.id
  where m.account_id = $1 and m.role = 'owner' and t.created_by like 'user\\_%' and not exists (
    select 1 from team_members o where o.team_id = t.id and o.role = 'owner' and o.account_id <> $1)
  union all
  select p.name from projects p join project_members m on m.project_id = p.id
  where m.account_id = $1 and m.role = 'owner' and p.created_by like 'user\\_%' and p.deleted_at is null and not exists (
    select 1 from project_members o where o.project_id = p.id and o.role = 'owner' and o.account_id <> $1)
  and not exists (
    select 1 from team_members o where o.team_id = p.team_id and o.role = 'owner' and o.account_id <> $1)
  order by 1 limit 20`,
);
const dropInvitations = prepared('delete from invitations where invited_by = $1');

/**
 * Sees to it that an account which is about to go leaves no team and no project without an owner. What it
 * owns is locked until the transaction ends, as by whoever changes its members. Throws CONFLICT that names
 * what it owns alone.
 */
export async function assertOwnsNothingAlone(tx: Ctx, accountId: string): Promise<void> {
  await tx.sql.rows(lockTeams, [accountId]);
  await tx.sql.rows(lockProjects, [accountId]);
  const rows = await tx.sql.rows<{ name: string }>(ownedAlone, [accountId]);
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => `"${name}"`).join(', ');
  throw new AppError(
    'CONFLICT',
    `Nobody else owns ${names}; make somebody an owner there, or delete it first.`,
  );
}

/** Takes back whatever an account invited to: nobody comes back by what it left behind. */
export const dropAllInvitationsBy = (tx: Ctx, accountId: string): Promise<object[]> =>
  tx.sql.rows(dropInvitations, [accountId]);
