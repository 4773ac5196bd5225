import type { contracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import type { Accounts, UseInvitation } from '../accounts/index.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { addMember } from './add-member.ts';
import { changeMember } from './change-member.ts';
import { listInvitations } from './list-invitations.ts';
import { listMembers } from './list-members.ts';
import { readMember } from './read-member.ts';
import { removeMember } from './remove-member.ts';
import { resendInvitation } from './resend-invitation.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import type { Scope } from './scope.ts';
import { useInvitation } from './use-invitation.ts';

type Kind = Scope['kind'];

/** The members of teams, or of projects. */
export const membersHandlers = (accounts: Accounts, kind: Kind) =>
  ({
    list: (ctx, input) => listMembers(ctx, { kind, id: input.id }, input),
    get: (ctx, input) => readMember(ctx, { kind, id: input.id }, input.userId),
    add: (ctx, input) => addMember(accounts, ctx, { kind, id: input.id }, input),
    update: (ctx, input) => changeMember(accounts, ctx, { kind, id: input.id }, input),
    remove: (ctx, input) => removeMember(accounts, ctx, { kind, id: input.id }, input),
  }) satisfies HandlersOf<
    Pick<typeof contracts.members, 'list' | 'get' | 'add' | 'update' | 'remove'>
  >;

/** The invitations to teams, or to projects. */
export const invitationsOfHandlers = (accounts: Accounts, kind: Kind) =>
  ({
    list: (ctx, input) => listInvitations(ctx, { kind, id: input.id }, input),
    resend: (ctx, input) => resendInvitation(ctx, { kind, id: input.id }, input.invitationId),
    revoke: (ctx, input) => revokeInvitation(ctx, { kind, id: input.id }, input.invitationId),
  }) satisfies HandlersOf<typeof contracts.members.invitations>;

export const invitationsHandlers = (accounts: Accounts) =>
  ({
    accept: (ctx, input) => acceptInvitation(accounts, ctx, input.token),
  }) satisfies HandlersOf<typeof contracts.invitations>;

/** How registering uses an invitation. */
export const registeringInvitation =
  (accounts: Accounts): UseInvitation =>
  async (tx, token, email) => {
    const invitation = { token, email, field: 'invitation_token' };
    const { scopeId, join } = await useInvitation(accounts, tx, invitation);
    return { scopeId, join: async (accountId) => void (await join(accountId)) };
  };
