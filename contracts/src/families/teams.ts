import { z } from 'zod';
import { mutation, query } from '../contract.ts';
import { expectedVersion, Nothing, Timestamp, typeId } from '../primitives.ts';
import { invitationsOf } from './invitations.ts';
import { membersOf } from './members.ts';
import { platformOne, platformPageOf, platformPaging } from './platform.ts';
import {
  inScope,
  oneLine,
  platformRoutes,
  type ScopeOfMembers,
  scopeId,
} from './platform-routes.ts';
import { rolesOf } from './roles.ts';

const scope: ScopeOfMembers = { path: '/teams/{id}', tag: 'Teams', noun: 'team' };
const { tag } = scope;

const exampleTeam = {
  id: 'team_01kaj5cz5rf4q9t2jw2hq5m8e3',
  name: 'My Team',
  description: 'Everybody who works on the website',
  members: { total: 3 },
  projects: { total: 1 },
  role: 'owner',
  created_at: '2026-01-31T09:30:00.000Z',
  updated_at: '2026-01-31T09:30:00.000Z',
};

/** How many there are. */
const Total = z.object({ total: z.int().min(0) });

/** People who work on the same projects: a role in a team is a role in each of its projects. */
export const Team = z
  .object({
    id: typeId('team'),
    name: z.string(),
    description: z.string().nullable(),
    members: Total,
    projects: Total,
    role: z.string().nullable().meta({
      description: "The caller's own role in the team; null for who is no member of it",
    }),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Team', example: exampleTeam });
export type Team = z.infer<typeof Team>;

const One = platformOne(Team).meta({ id: 'TeamReply' });

const name = oneLine(100).meta({ description: 'Name of the team', example: exampleTeam.name });
const description = z
  .string()
  .max(1000)
  .nullable()
  .optional()
  .meta({ description: 'What the team is for', example: exampleTeam.description });

/** Teams (document S2, "Teams"). */
export const teamsContracts = {
  list: query({
    ...platformRoutes('/teams', 'GET'),
    tag,
    summary: 'List teams',
    description:
      'The teams that the account is in, by name; the root key and administrators of the instance see all.',
    access: { known: true },
    input: z.strictObject(platformPaging),
    output: platformPageOf(Team).meta({ id: 'TeamPage' }),
    errors: ['FORBIDDEN'],
    status: 200,
    paged: true,
  }),
  get: query({
    ...platformRoutes('/teams/{id}', 'GET'),
    tag,
    summary: 'Get a team',
    description: 'One team, for its members.',
    access: { permission: 'project:read', team: 'id' },
    input: z.strictObject({ id: scopeId(scope) }),
    output: One,
    errors: ['NOT_FOUND'],
    status: 200,
    versioned: true,
  }),
  create: mutation({
    ...platformRoutes('/teams', 'POST'),
    tag,
    summary: 'Create a team',
    description:
      'Makes a team that the account owns. Every account may where anybody may register; elsewhere only the root key and administrators of the instance.',
    access: { known: true },
    input: z.strictObject({ name, description }),
    output: One,
    errors: ['FORBIDDEN', 'VALIDATION_ERROR'],
    status: 201,
    versioned: true,
    location: '/v1/teams/{id}',
    examples: { body: { name: exampleTeam.name, description: exampleTeam.description } },
  }),
  update: mutation({
    ...platformRoutes('/teams/{id}', 'PUT', 'PATCH'),
    tag,
    summary: 'Update a team',
    description: 'Changes what is given; null clears the description.',
    access: inScope(scope, 'project:manage'),
    input: z.strictObject({
      id: scopeId(scope),
      name: name.optional(),
      description,
      expected_version: expectedVersion,
    }),
    output: One,
    errors: ['NOT_FOUND', 'VALIDATION_ERROR', 'PRECONDITION_FAILED'],
    status: 200,
    versioned: true,
    examples: { body: { description: exampleTeam.description } },
  }),
  delete: mutation({
    ...platformRoutes('/teams/{id}', 'DELETE'),
    tag,
    summary: 'Delete a team',
    description:
      'Deletes a team with its members, invitations and roles; the accounts stay. Refused while it has projects.',
    access: inScope(scope, 'project:delete'),
    input: z.strictObject({ id: scopeId(scope), expected_version: expectedVersion }),
    output: Nothing,
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
    status: 204,
  }),
  members: membersOf(scope),
  invitations: invitationsOf(scope),
  roles: rolesOf(scope),
};
