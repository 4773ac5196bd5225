import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import type { Scope } from './scope.ts';

const drop = prepared(
  `delete from invitations where invited_by = $2
    and (scope_id = $1 or scope_id in (select id from projects where team_id = $1))`,
);

/**
 * Takes back what a member invited to, in a team to its projects too, when its own role changes or
 * ends: nobody comes back by a second address with a role that was taken away.
 */
export const dropInvitationsBy = (tx: Ctx, { id }: Scope, accountId: string): Promise<object[]> =>
  tx.sql.rows(drop, [id, accountId]);
