import { z } from 'zod';
import { mutation, query } from '../contract.ts';
import { projectPermissions } from '../permissions.ts';
import { expectedVersion, Nothing, Timestamp, typeId } from '../primitives.ts';
import { platformOne, platformPageOf, platformPaging } from './platform.ts';
import {
  inScope,
  oneLine,
  pathId,
  platformRoutes,
  type ScopeOfMembers,
  scopeId,
} from './platform-routes.ts';

const exampleRole = {
  id: 'role_01kaj5cz5rf4q9t2jw2hq5m8e3',
  name: 'Reviewer',
  description: 'Reads everything, the audit log too',
  permissions: ['project:read', 'content:read', 'audit:read'],
  members: { total: 0 },
  created_at: '2026-01-31T09:30:00.000Z',
  updated_at: '2026-01-31T09:30:00.000Z',
};

const ProjectPermission = z.enum(projectPermissions).meta({
  id: 'ProjectPermission',
  description: 'What a role may allow',
});

/** A list of permissions under a name, for members whom no built-in role fits. */
export const CustomRole = z
  .object({
    id: typeId('role'),
    name: z.string(),
    description: z.string().nullable(),
    permissions: z.array(ProjectPermission),
    members: z.object({ total: z.int().min(0) }),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'CustomRole', example: exampleRole });
export type CustomRole = z.infer<typeof CustomRole>;

const OneRole = platformOne(CustomRole).meta({ id: 'CustomRoleReply' });
const RolePage = platformPageOf(CustomRole).meta({ id: 'CustomRolePage' });

const name = oneLine(60).meta({
  description: 'Unlike that of any other role, whatever its case',
  example: exampleRole.name,
});
const description = z
  .string()
  .max(1000)
  .nullable()
  .optional()
  .meta({ description: 'What the role is for', example: exampleRole.description });
const permissions = z.array(ProjectPermission).max(projectPermissions.length).meta({
  description: 'None that the caller does not have; project:read belongs to every role',
  example: exampleRole.permissions,
});
const roleId = pathId('role', exampleRole.id);

/** The custom roles of a team or a project. */
export function rolesOf(scope: ScopeOfMembers) {
  const { path, tag, noun } = scope;
  const [all, one] = [`${path}/roles`, `${path}/roles/{roleId}`] as const;
  const id = scopeId(scope);
  return {
    list: query({
      ...platformRoutes(all, 'GET'),
      tag,
      summary: `List the ${noun}'s roles`,
      description: `The custom roles of the ${noun} by name.`,
      access: inScope(scope, 'members:read'),
      input: z.strictObject({ id, ...platformPaging }),
      output: RolePage,
      errors: ['NOT_FOUND'],
      status: 200,
      paged: true,
    }),
    get: query({
      ...platformRoutes(one, 'GET'),
      tag,
      summary: `Get one of the ${noun}'s roles`,
      description: 'One custom role with its permissions.',
      access: inScope(scope, 'members:read'),
      input: z.strictObject({ id, roleId }),
      output: OneRole,
      errors: ['NOT_FOUND'],
      status: 200,
      versioned: true,
    }),
    create: mutation({
      ...platformRoutes(all, 'POST'),
      tag,
      summary: `Create a role of the ${noun}`,
      description: `Makes a role that members of the ${noun} can be given. It cannot allow more than the caller's own.`,
      access: inScope(scope, 'members:manage'),
      input: z.strictObject({ id, name, description, permissions }),
      output: OneRole,
      errors: ['NOT_FOUND', 'CONFLICT', 'VALIDATION_ERROR'],
      status: 201,
      versioned: true,
      location: `/v1${one}`,
    }),
    update: mutation({
      ...platformRoutes(one, 'PUT', 'PATCH'),
      tag,
      summary: `Update a role of the ${noun}`,
      description:
        'Changes what is given, for everybody who has the role and on every server within a second. Refused for a role that allows more than the caller has.',
      access: inScope(scope, 'members:manage'),
      input: z.strictObject({
        id,
        roleId,
        name: name.optional(),
        description,
        permissions: permissions.optional(),
        expected_version: expectedVersion,
      }),
      output: OneRole,
      errors: ['NOT_FOUND', 'CONFLICT', 'VALIDATION_ERROR', 'PRECONDITION_FAILED'],
      status: 200,
      versioned: true,
      examples: { body: { description: exampleRole.description } },
    }),
    delete: mutation({
      ...platformRoutes(one, 'DELETE'),
      tag,
      summary: `Delete a role of the ${noun}`,
      description: 'Deletes a role, and the invitations to it. Refused while a member has it.',
      access: inScope(scope, 'members:manage'),
      input: z.strictObject({ id, roleId, expected_version: expectedVersion }),
      output: Nothing,
      errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
      status: 204,
    }),
  };
}
