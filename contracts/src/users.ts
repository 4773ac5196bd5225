import { z } from 'zod';
import { Email, instanceRoles, NewPassword, PersonName } from './auth-bodies.ts';
import { mutation, query } from './contract.ts';
import { ContentMeta, contentOf, contentPageOf, contentResource } from './families/content.ts';
import { expectedVersion, Nothing, paging, Timestamp, typeId } from './primitives.ts';

const family = 'content';
const tag = 'Users';
const users = '/api/v1/users';
const own = { permission: 'users:manage', self: 'id' } as const;

const role = z.enum(instanceRoles).meta({
  description: 'Of the instance: admin may do everything in every project',
  example: 'user',
});
const verified = z.boolean().meta({ description: 'Whether the address was verified' });
const active = z.boolean().meta({
  description: 'False for who is shut out: sessions and keys are dead',
  example: true,
});
const name = PersonName.nullable();

const UserRef = z.string().min(1).max(100).meta({
  description: 'Id of the account, or "me" for the one that asks',
  example: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3',
});

export const UserResource = contentResource(
  'user',
  typeId('user'),
  z.object({
    email: z.string(),
    name: z.string().nullable(),
    role,
    verified,
    active,
    created_at: Timestamp,
    updated_at: Timestamp,
  }),
).meta({
  id: 'UserResource',
  example: {
    id: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3',
    type: 'user',
    attributes: {
      email: 'user@example.com',
      name: 'Ada Lovelace',
      role: 'user',
      verified: true,
      active: true,
      created_at: '2026-01-31T09:30:00.000Z',
      updated_at: '2026-01-31T09:30:00.000Z',
    },
  },
});
export type UserResource = z.infer<typeof UserResource>;

const UserReply = contentOf(UserResource).meta({ id: 'UserReply' });
export type UserReply = z.infer<typeof UserReply>;
const UserPage = contentPageOf(UserResource).meta({ id: 'UserPage' });
export type UserPage = z.infer<typeof UserPage>;

/** Accounts as resources (document S1, "Users"): administrators manage all, everybody its own. */
export const usersContracts = {
  list: query({
    method: 'GET',
    path: users,
    family,
    tag,
    summary: 'List users',
    description:
      'A page of the accounts, newest first. Give page with per_page or limit, or limit and offset.',
    access: { permission: 'users:manage' },
    input: z.strictObject({
      ...paging,
      role: role.optional(),
      active: active.optional(),
      email: Email.optional().meta({ description: 'The one account of this address' }),
    }),
    output: UserPage,
    errors: [],
    status: 200,
    paged: true,
  }),
  create: mutation({
    method: 'POST',
    path: users,
    family,
    tag,
    summary: 'Create a user',
    description:
      'Makes an account. Without a password its owner is mailed a token to set one with reset-password.',
    access: { permission: 'users:manage' },
    input: z.strictObject({
      data: z.strictObject({
        email: Email,
        password: NewPassword.optional(),
        name: name.optional(),
        role: role.optional(),
        verified: verified.optional(),
      }),
      meta: ContentMeta,
    }),
    output: UserReply,
    errors: ['CONFLICT'],
    status: 201,
    location: `${users}/{id}`,
    // A password may travel in it.
    secret: true,
    examples: { body: { data: { email: 'ada@example.com', name: 'Ada Lovelace' } } },
  }),
  get: query({
    method: 'GET',
    path: `${users}/{id}`,
    family,
    tag,
    summary: 'Get a user',
    description: 'One account: any for administrators, its own for everybody else.',
    access: own,
    input: z.strictObject({ id: UserRef }),
    output: UserReply,
    errors: [],
    status: 200,
    versioned: true,
  }),
  update: mutation({
    method: 'PUT',
    path: `${users}/{id}`,
    also: [{ method: 'PATCH', path: `${users}/{id}` }],
    family,
    tag,
    summary: 'Update a user',
    description:
      'Changes what is given. Everybody may change its own name and address, administrators all of it. A new address has to be verified again.',
    access: own,
    input: z.strictObject({
      id: UserRef,
      data: z.strictObject({
        email: Email.optional(),
        name: name.optional(),
        role: role.optional(),
        verified: verified.optional(),
        active: active.optional(),
      }),
      meta: ContentMeta,
      expected_version: expectedVersion,
    }),
    output: UserReply,
    errors: ['CONFLICT'],
    status: 200,
    versioned: true,
    examples: { body: { data: { name: 'Ada King' } } },
  }),
  delete: mutation({
    method: 'DELETE',
    path: `${users}/{id}`,
    family,
    tag,
    summary: 'Delete a user',
    description:
      'Deletes an account with its sessions, memberships and keys. What it wrote stays, under its id. The last active administrator cannot be deleted.',
    access: own,
    input: z.strictObject({ id: UserRef, expected_version: expectedVersion }),
    output: Nothing,
    errors: ['CONFLICT'],
    status: 204,
  }),
};
