import { z } from 'zod';
import { Email } from '../auth-bodies.ts';
import { mutation, query } from '../contract.ts';
import { expectedVersion, Nothing, Timestamp, typeId } from '../primitives.ts';
import { invitationsOf } from './invitations.ts';
import { platformOne, platformPageOf, platformPaging } from './platform.ts';
import {
  inScope,
  pathId,
  platformRoutes,
  type ScopeOfMembers,
  scopeId,
} from './platform-routes.ts';
import { rolesOf } from './roles.ts';

const exampleMember = {
  id: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3',
  user_id: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3',
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  role: 'editor',
  role_id: null,
  status: 'active',
  joined_at: '2026-01-31T09:30:00.000Z',
  invited_at: null,
  expires_at: null,
};

export const memberStatuses = ['active', 'invited'] as const;

/** Somebody in a team or a project, or invited to it. */
export const Member = z
  .object({
    id: z.string().meta({
      description: "The account's id; before it has joined, the id of its invitation",
    }),
    user_id: typeId('user').nullable().meta({ description: 'Null for who is invited' }),
    email: z.string(),
    name: z.string().nullable(),
    role: z.string().meta({
      description: 'owner, admin, editor, author, viewer, or the name of a custom role',
    }),
    role_id: typeId('role').nullable().meta({ description: 'Of custom roles' }),
    status: z.enum(memberStatuses),
    joined_at: Timestamp.nullable(),
    invited_at: Timestamp.nullable(),
    expires_at: Timestamp.nullable().meta({ description: 'When the invitation ends' }),
  })
  .meta({ id: 'Member', example: exampleMember });
export type Member = z.infer<typeof Member>;

export const OneMember = platformOne(Member).meta({ id: 'MemberReply' });
export const MemberPage = platformPageOf(Member).meta({ id: 'MemberPage' });

const role = z.string().min(1).max(100).meta({
  description: 'owner, admin, editor, author, viewer, or the name or id of a custom role',
  example: exampleMember.role,
});
const userId = pathId('account, or of its invitation', exampleMember.id);
const newMember = {
  email: Email.optional(),
  user_id: z.string().min(1).max(100).optional().meta({
    description: 'Id of an account; send this or email',
  }),
  role,
};
const notBoth = { not: { required: ['email', 'user_id'], properties: { email: {}, user_id: {} } } };

/** The members of a team or a project. */
export function membersOf(scope: ScopeOfMembers) {
  const { path, tag, noun } = scope;
  const [all, one] = [`${path}/members`, `${path}/members/{userId}`] as const;
  const id = scopeId(scope);
  return {
    list: query({
      ...platformRoutes(all, 'GET'),
      tag,
      summary: `List ${noun} members`,
      description: `The accounts in the ${noun} with their roles, who came first first.`,
      access: inScope(scope, 'members:read'),
      input: z.strictObject({ id, ...platformPaging }),
      output: MemberPage,
      errors: ['NOT_FOUND'],
      status: 200,
      paged: true,
    }),
    get: query({
      ...platformRoutes(one, 'GET'),
      tag,
      summary: `Get a ${noun} member`,
      description: `One member of the ${noun}; of those who are invited only for who may add members.`,
      access: inScope(scope, 'members:read'),
      input: z.strictObject({ id, userId }),
      output: OneMember,
      errors: ['NOT_FOUND'],
      status: 200,
      versioned: true,
    }),
    add: mutation({
      ...platformRoutes(all, 'POST'),
      tag,
      summary: `Add ${noun} member`,
      description:
        'Adds an account by its id, or invites a person by address: the mailed token joins, within seven days. An address that the caller knows already, from another team or project, is added at once. Nobody gives a role that allows more than their own; inviting an address again renews its invitation.',
      access: inScope(scope, 'members:manage'),
      input: z.strictObject({ id, ...newMember }).meta(notBoth),
      output: OneMember,
      errors: ['NOT_FOUND', 'CONFLICT', 'VALIDATION_ERROR'],
      status: 201,
      versioned: true,
      location: `/v1${one}`,
      examples: { body: { email: exampleMember.email, role: exampleMember.role } },
    }),
    update: mutation({
      ...platformRoutes(one, 'PUT', 'PATCH'),
      tag,
      summary: `Change a ${noun} member's role`,
      description:
        'Gives a member another role; on every server within a second. The last owner keeps the role.',
      access: inScope(scope, 'members:manage'),
      input: z.strictObject({ id, userId, role, expected_version: expectedVersion }),
      output: OneMember,
      errors: ['NOT_FOUND', 'CONFLICT', 'VALIDATION_ERROR', 'PRECONDITION_FAILED'],
      status: 200,
      versioned: true,
    }),
    remove: mutation({
      ...platformRoutes(one, 'DELETE'),
      tag,
      summary: `Remove ${noun} member`,
      description:
        'Removes a member, or takes an invitation back. Members may always leave; others are removed by who may manage members. The last owner cannot go.',
      access: inScope(scope, 'project:read'),
      input: z.strictObject({ id, userId, expected_version: expectedVersion }),
      output: Nothing,
      errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
      status: 204,
    }),
  };
}

const scope: ScopeOfMembers = { path: '/projects/{id}', tag: 'Members', noun: 'project' };

/** Who is in a project beside the members of its team, with its invitations and roles. */
export const projectMembersContracts = {
  ...membersOf(scope),
  invitations: invitationsOf(scope),
  roles: rolesOf(scope),
};
