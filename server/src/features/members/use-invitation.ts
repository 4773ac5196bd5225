import type { Membership, ProjectRole } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError, invalid, notFound } from '../../platform/errors/app-error.ts';
import { type Accounts, hashSecret } from '../accounts/index.ts';
import { insertMember } from './add-member.ts';
import { findMember } from './member.mapper.ts';
import { lockScope, recordIn, scopeOf } from './scope.ts';

interface Row {
  readonly id: string;
  readonly scope_id: string;
  readonly email: string;
  readonly role: ProjectRole | 'custom';
  readonly custom_role_id: string | null;
  readonly role_name: string | null;
}

const find = prepared('select scope_id from invitations where hash = $1 and expires_at > $2');
const take = prepared(
  `delete from invitations i where i.hash = $1 and i.expires_at > $2
  returning i.id, i.scope_id, i.email, i.role, i.custom_role_id,
    (select r.name from roles r where r.id = i.custom_role_id) as role_name`,
);

/**
 * Uses an invitation up, in a transaction, for the address that it was mailed to, and gives what makes
 * an account its member; who is one already keeps its role. Throws VALIDATION_ERROR on `field` for a
 * token that is wrong, used, revoked or too old, FORBIDDEN for another address.
 */
export async function useInvitation(
  accounts: Accounts,
  tx: Ctx,
  {
    token,
    email,
    field,
  }: { readonly token: string; readonly email: string; readonly field: string },
) {
  const values = [hashSecret(token), tx.clock.now().toISOString()];
  const [found] = await tx.sql.rows<{ scope_id: string }>(find, values);
  if (!found) throw noGood(field);
  // In the order of every other change of members: the scope first, then what is in it.
  const scope = scopeOf(found.scope_id);
  const home = await lockScope(tx, scope).catch((error: unknown) => {
    throw error instanceof AppError && error.code === notFound().code ? noGood(field) : error;
  });
  const [row] = await tx.sql.rows<Row>(take, values);
  if (!row) throw noGood(field);
  if (row.email.toLowerCase() !== email.toLowerCase()) throw wrongAddress();
  const name = row.role_name ?? row.role;
  return {
    scopeId: scope.id,
    join: async (accountId: string): Promise<Membership> => {
      const role = { role: row.role, id: row.custom_role_id, name };
      await insertMember(accounts, tx, { scope, role, accountId });
      await recordIn(tx, scope, {
        type: 'invitation.accepted',
        accountId,
        after: { id: row.id, user_id: accountId, role: name },
      });
      const member = await findMember(tx, scope, accountId);
      return {
        type: scope.kind,
        id: scope.id,
        name: home.name,
        role: member?.role_name ?? member?.role ?? name,
      };
    },
  };
}

const noGood = (field: string) =>
  invalid([
    {
      field,
      message: 'This token is wrong, was used or is too old; ask to be invited again.',
      code: 'token',
    },
  ]);

const wrongAddress = () =>
  new AppError(
    'FORBIDDEN',
    'This invitation is for another address; use the account of the address that it was mailed to.',
  );
