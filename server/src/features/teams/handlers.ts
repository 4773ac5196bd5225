import type { contracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { platformOne } from '../../content/platform-reply.ts';
import type { Accounts } from '../accounts/index.ts';
import { invitationsOfHandlers, membersHandlers } from '../members/index.ts';
import { rolesHandlers } from '../roles/index.ts';
import { createTeam } from './create-team.ts';
import { deleteTeam } from './delete-team.ts';
import { listTeams } from './list-teams.ts';
import { findTeam } from './team.mapper.ts';
import { updateTeam } from './update-team.ts';

export const teamsHandlers = (accounts: Accounts) =>
  ({
    list: listTeams,
    get: async (ctx, { id }) => platformOne(await findTeam(ctx, id)),
    create: (ctx, input) => createTeam(accounts, ctx, input),
    update: updateTeam,
    delete: (ctx, input) => deleteTeam(accounts, ctx, input),
    members: membersHandlers(accounts, 'team'),
    invitations: invitationsOfHandlers(accounts, 'team'),
    roles: rolesHandlers(accounts, 'team'),
  }) satisfies HandlersOf<typeof contracts.teams>;
