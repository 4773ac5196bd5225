import type { contracts } from '@cms/contracts';
import type { z } from 'zod';
import { type Ctx, transaction } from '../../content/context.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Accounts } from '../accounts/index.ts';
import { announceTeam, assertMayAssign } from './assign-team.ts';
import { keepOwners } from './own-project.ts';
import { projectReply } from './project.mapper.ts';
import { lockLiveProject, type ProjectRecord, readProject } from './project.repository.ts';
import { recordChange } from './record-change.ts';

const update = {
  text: `update projects set name = $2, description = $3, visibility = $4, status = $5, default_locale = $6,
    team_id = $7, revision = revision + 1, updated_at = $8 where id = $1`,
};

/**
 * Changes what is given of a project, archives it or takes it back. Throws FORBIDDEN for a new team
 * where the caller is no owner, VALIDATION_ERROR for a team that is not the caller's.
 */
export const updateProject = (
  accounts: Accounts,
  ctx: Ctx,
  input: z.output<typeof contracts.projects.update.input>,
) =>
  transaction(ctx, async (tx) => {
    const { id, expected_version: expected, ...change } = input;
    const before = await lockLiveProject(tx, id, expected);
    const next = {
      ...before,
      // What was not sent stays; null is a value.
      ...(Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined),
      ) as Partial<ProjectRecord>),
    };
    if (next.team_id !== before.team_id) await moveToTeam(accounts, tx, before, next.team_id);
    await tx.sql.rows(update, [
      id,
      next.name,
      next.description,
      next.visibility,
      next.status,
      next.default_locale,
      next.team_id,
      tx.clock.now().toISOString(),
    ]);
    const after = (await readProject(tx.sql, id)) as ProjectRecord;
    await recordChange(tx, 'updated', { before, after });
    return projectReply(after);
  });

/** Gives a project to another team, or to none: then whoever owned it by its team goes on owning it. */
async function moveToTeam(
  accounts: Accounts,
  tx: Ctx,
  { id, team_id: from }: ProjectRecord,
  to: string | null,
): Promise<void> {
  if (!tx.principal.permissions.has('project:delete'))
    throw new AppError('FORBIDDEN', 'Only an owner of a project gives it to another team.');
  if (to !== null) await assertMayAssign(tx, to);
  else await keepOwners(tx, id, from);
  for (const team of [from, to]) if (team !== null) await announceTeam(accounts, tx, team);
}
