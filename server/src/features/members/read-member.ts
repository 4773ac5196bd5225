import type { Ctx } from '../../content/context.ts';
import { platformOne } from '../../content/platform-reply.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import { findInvitation, toInvited } from './invitation.mapper.ts';
import { findMember, toMember } from './member.mapper.ts';
import type { Scope } from './scope.ts';

/** One member, or who is invited for whoever may invite. Throws NOT_FOUND. */
export async function readMember(ctx: Ctx, scope: Scope, id: string) {
  if (isId('inv', id) && ctx.principal.permissions.has('members:manage')) {
    const invited = await findInvitation(ctx, scope, id);
    if (invited) return platformOne(toInvited(invited));
  }
  const member = await findMember(ctx, scope, id);
  if (!member) throw notFound();
  return platformOne(toMember(member));
}
