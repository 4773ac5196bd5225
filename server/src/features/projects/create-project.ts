import type { contracts } from '@cms/contracts';
import type { z } from 'zod';
import { type Ctx, transaction } from '../../content/context.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type Accounts, announceAccount } from '../accounts/index.ts';
import { createCollection } from '../collections/index.ts';
import { announceTeam, assertMayAssign } from './assign-team.ts';
import { inProject } from './in-project.ts';
import { ownProject } from './own-project.ts';
import { projectReply } from './project.mapper.ts';
import { type ProjectRecord, readProject } from './project.repository.ts';
import { reachesAll } from './reach.ts';
import { recordChange } from './record-change.ts';
import { templates } from './templates/index.ts';

const insert = {
  text: `insert into projects (id, name, description, template, visibility, team_id, created_by, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
};

/**
 * Creates a project with its template's collections. Throws FORBIDDEN where the caller may create
 * none, VALIDATION_ERROR for a team that is not the caller's.
 */
export const createProject = (
  accounts: Accounts,
  ctx: Ctx,
  input: z.output<typeof contracts.projects.create.input>,
) =>
  transaction(ctx, async (tx) => {
    assertMayCreate(accounts, tx);
    const { name, description = null, template = 'blank', visibility = 'private' } = input;
    const teamId = input.team_id ?? null;
    if (teamId !== null) await assertMayAssign(tx, teamId);
    const id = tx.newId('proj');
    const at = tx.clock.now().toISOString();
    const values = [id, name, description, template, visibility, teamId, tx.principal.id, at];
    await tx.sql.rows(insert, values);
    // A team's project belongs to the team; any other to the account that made it.
    if (teamId !== null) await announceTeam(accounts, tx, teamId);
    else if (tx.principal.kind === 'user') {
      await ownProject(tx, id, tx.principal.accountId);
      await announceAccount(accounts.sessions, tx, tx.principal.accountId);
    }
    const made = (await readProject(tx.sql, id)) as ProjectRecord;
    const { status, default_locale: defaultLocale } = made;
    const own = inProject(tx, { id, name, status, visibility, defaultLocale });
    await recordChange(own, 'created', { after: made });
    for (const collection of templates[template]) await createCollection(own, collection);
    return projectReply(made);
  });

function assertMayCreate({ registration }: Accounts, { principal }: Ctx): void {
  if (reachesAll(principal)) return;
  if (principal.kind !== 'user')
    throw new AppError('FORBIDDEN', "A project's key makes no other projects; use an account.");
  if (registration !== 'open')
    throw new AppError('FORBIDDEN', 'Only an administrator can create projects here.');
}
