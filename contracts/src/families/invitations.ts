import { z } from 'zod';
import { OneTimeToken } from '../auth-bodies.ts';
import { mutation, query } from '../contract.ts';
import { Nothing, Timestamp, typeId } from '../primitives.ts';
import { platformOne, platformPageOf, platformPaging } from './platform.ts';
import {
  inScope,
  pathId,
  platformRoutes,
  type ScopeOfMembers,
  scopeId,
} from './platform-routes.ts';

const exampleInvitation = {
  id: 'inv_01kaj5cz5rf4q9t2jw2hq5m8e3',
  email: 'ada@example.com',
  role: 'editor',
  role_id: null,
  invited_by: 'user_01kaj5cz5rf4q9t2jw2hq5m8e4',
  invited_at: '2026-01-31T09:30:00.000Z',
  expires_at: '2026-02-07T09:30:00.000Z',
};

/** A person who was asked to join by mail. The token itself is shown to nobody. */
export const Invitation = z
  .object({
    id: typeId('inv'),
    email: z.string(),
    role: z.string(),
    role_id: typeId('role').nullable(),
    invited_by: z.string().nullable().meta({ description: 'Id of who invited' }),
    invited_at: Timestamp,
    expires_at: Timestamp,
  })
  .meta({ id: 'Invitation', example: exampleInvitation });
export type Invitation = z.infer<typeof Invitation>;

/** What somebody joined. */
export const Membership = z
  .object({
    type: z.enum(['team', 'project']),
    id: z.string().meta({ description: 'Id of the team or the project' }),
    name: z.string(),
    role: z.string(),
  })
  .meta({
    id: 'Membership',
    example: {
      type: 'team',
      id: 'team_01kaj5cz5rf4q9t2jw2hq5m8e3',
      name: 'My Team',
      role: 'editor',
    },
  });
export type Membership = z.infer<typeof Membership>;

const InvitationPage = platformPageOf(Invitation).meta({ id: 'InvitationPage' });
const OneInvitation = platformOne(Invitation).meta({ id: 'InvitationReply' });
const invitationId = pathId('invitation', exampleInvitation.id);

/** The open invitations of a team or a project. */
export function invitationsOf(scope: ScopeOfMembers) {
  const { path, tag, noun } = scope;
  const all = `${path}/invitations` as const;
  const one = `${all}/{invitationId}` as const;
  const id = scopeId(scope);
  const access = inScope(scope, 'members:manage');
  return {
    list: query({
      ...platformRoutes(all, 'GET'),
      tag,
      summary: `List ${noun} invitations`,
      description:
        'Who was invited and neither joined nor let the invitation run out, newest first.',
      access,
      input: z.strictObject({ id, ...platformPaging }),
      output: InvitationPage,
      errors: ['NOT_FOUND'],
      status: 200,
      paged: true,
    }),
    resend: mutation({
      ...platformRoutes(`${one}/resend`, 'POST'),
      tag,
      summary: `Resend a ${noun} invitation`,
      description: 'Mails a new token, good for seven days from now; the one before is dead.',
      access,
      input: z.strictObject({ id, invitationId }),
      output: OneInvitation,
      errors: ['NOT_FOUND'],
      status: 200,
    }),
    revoke: mutation({
      ...platformRoutes(one, 'DELETE'),
      tag,
      summary: `Revoke a ${noun} invitation`,
      description: 'Takes an invitation back: its token is dead at once.',
      access,
      input: z.strictObject({ id, invitationId }),
      output: Nothing,
      errors: ['NOT_FOUND'],
      status: 204,
    }),
  };
}

/** What invited people do. */
export const invitationsContracts = {
  accept: mutation({
    ...platformRoutes('/invitations/accept', 'POST'),
    tag: 'Teams',
    summary: 'Accept an invitation',
    description:
      "Joins what the mailed token invites to, once. The account's address must be the invited one, and is verified by it. Who has no account registers with the token.",
    access: { signedIn: true },
    input: z.strictObject({ token: OneTimeToken }),
    output: platformOne(Membership).meta({ id: 'MembershipReply' }),
    errors: ['FORBIDDEN', 'VALIDATION_ERROR'],
    status: 200,
    secret: true,
    examples: { body: { token: 'invitation-token-from-email' } },
  }),
};
