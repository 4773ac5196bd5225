import type { Member } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { addJob } from '../../platform/queue/index.ts';
import { hashSecret, newSecret } from '../accounts/index.ts';
import { findInvitation, type InvitationRow, toInvited } from './invitation.mapper.ts';
import { type InvitationMail, memberMails } from './mail-jobs.ts';
import type { NamedRole } from './named-role.ts';
import { type Home, recordIn, type Scope } from './scope.ts';

/** How long an invitation is good. */
const INVITATION_MS = 7 * 86_400_000;

// A second invitation of an address takes the place of the first, whose token is dead then.
const write = prepared(
  `insert into invitations (id, scope_id, email, role, custom_role_id, hash, invited_by, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (scope_id, lower(email)) do update set email = excluded.email, role = excluded.role,
    custom_role_id = excluded.custom_role_id, hash = excluded.hash, invited_by = excluded.invited_by,
    created_at = excluded.created_at, expires_at = excluded.expires_at
  returning id`,
);

/** Invites an address, in a transaction; the mail with the token leaves once it has committed. */
export async function sendInvitation(
  tx: Ctx,
  invitation: {
    readonly scope: Scope;
    readonly home: Home;
    readonly role: Pick<NamedRole, 'role' | 'id' | 'name'>;
    readonly email: string;
  },
): Promise<Member> {
  const { scope, home, role, email } = invitation;
  const now = tx.clock.now();
  const created_at = now.toISOString();
  const [written] = await tx.sql.rows<{ id: string }>(write, [
    tx.newId('inv'),
    scope.id,
    email,
    role.role,
    role.id,
    // Of a token that nobody has: the one that is mailed takes its place.
    hashSecret(newSecret('invite')),
    tx.principal.id,
    created_at,
    new Date(now.getTime() + INVITATION_MS).toISOString(),
  ]);
  const row = (await findInvitation(tx, scope, String(written?.id))) as InvitationRow;
  await recordIn(tx, scope, {
    type: 'invitation.created',
    after: { id: row.id, email, role: role.name },
  });
  const place = { ...scope, name: home.name, role: role.name };
  const job: InvitationMail = { invitation_id: row.id, created_at, place };
  await addJob(tx.sql, memberMails.invitation, job);
  return toInvited(row);
}
