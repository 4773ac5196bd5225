import { z } from 'zod';
import { mutation, query } from './contract.ts';
import { platformOne, platformPageOf, platformPaging } from './families/platform.ts';
import { oneLinePattern, Nothing, expectedVersion } from './primitives.ts';
import {
  Visibility,
  Template,
  Status,
  ProjectName,
  Description,
  Locale,
  TeamId,
  ProjectId,
  Project,
  projectStatuses,
} from './project-bodies.ts';

export {
  Project,
  projectStatuses,
  projectTemplates,
  projectVisibilities,
} from './project-bodies.ts';
export type { ProjectStatus, ProjectTemplate, ProjectVisibility } from './project-bodies.ts';

const family = 'platform';
const tag = 'Projects';
const projects = '/v1/projects';
const further = '/api/v1/projects';

const One = platformOne(Project).meta({ id: 'ProjectReply' });

/** Projects: each is a world of its own, with its collections, members and keys. */
export const projectsContracts = {
  list: query({
    method: 'GET',
    path: projects,
    also: [{ method: 'GET', path: further }],
    family,
    tag,
    summary: 'List projects',
    description:
      'The projects that the caller may read, the newest first. Deleted ones are listed by status=deleted alone, to those who may restore them.',
    access: { known: true },
    input: z.strictObject({
      ...platformPaging,
      status: z
        .enum([...projectStatuses, 'deleted'])
        .optional()
        .meta({ description: 'Only projects of this status' }),
      team: z
        .string()
        .max(100)
        .regex(oneLinePattern)
        .optional()
        .meta({ description: 'Only projects of this team' }),
    }),
    output: platformPageOf(Project).meta({ id: 'ProjectPage' }),
    errors: [],
    status: 200,
    paged: true,
  }),
  get: query({
    method: 'GET',
    path: `${projects}/{id}`,
    also: [{ method: 'GET', path: `${further}/{id}` }],
    family,
    tag,
    summary: 'Get a project',
    description: 'One project by its id, with an ETag.',
    access: { permission: 'project:read', project: 'id' },
    input: z.strictObject({ id: ProjectId }),
    output: One,
    errors: ['NOT_FOUND'],
    status: 200,
    versioned: true,
  }),
  create: mutation({
    method: 'POST',
    path: projects,
    also: [{ method: 'POST', path: further }],
    family,
    tag,
    summary: 'Create a project',
    description:
      "Creates a project with its template's collections. The root key and administrators may always; accounts where registration is open, and each owns what it creates, or its team does.",
    access: { known: true },
    input: z.strictObject({
      name: ProjectName,
      description: Description.optional(),
      template: Template.optional(),
      visibility: Visibility.optional(),
      team_id: TeamId.optional(),
    }),
    output: One,
    errors: ['FORBIDDEN', 'VALIDATION_ERROR'],
    status: 201,
    location: `${projects}/{id}`,
    versioned: true,
    examples: {
      body: {
        name: 'My New Project',
        description: 'A new project',
        template: 'blank',
        visibility: 'private',
      },
    },
  }),
  update: mutation({
    method: 'PUT',
    path: `${projects}/{id}`,
    also: [
      { method: 'PATCH', path: `${projects}/{id}` },
      { method: 'PUT', path: `${further}/{id}` },
      { method: 'PATCH', path: `${further}/{id}` },
    ],
    family,
    tag,
    summary: 'Update a project',
    description:
      'Changes what is given. status archives a project, so that everything in it can only be read, or takes it back. Only owners give a project to another team, or (null) to none.',
    access: { permission: 'project:manage', project: 'id' },
    input: z.strictObject({
      id: ProjectId,
      name: ProjectName.optional(),
      description: Description.optional(),
      visibility: Visibility.optional(),
      status: Status.optional(),
      default_locale: Locale.optional(),
      team_id: TeamId.nullable().optional(),
      expected_version: expectedVersion,
    }),
    output: One,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'PRECONDITION_FAILED', 'VALIDATION_ERROR'],
    status: 200,
    versioned: true,
    examples: { body: { description: 'Personal portfolio website' } },
  }),
  delete: mutation({
    method: 'DELETE',
    path: `${projects}/{id}`,
    also: [{ method: 'DELETE', path: `${further}/{id}` }],
    family,
    tag,
    summary: 'Delete a project',
    description:
      'Deletes a project: nobody sees it any more, and its keys are dead. It can be restored until the grace period is over; then everything in it is removed. The default project stays.',
    access: { permission: 'project:delete', project: 'id' },
    input: z.strictObject({ id: ProjectId, expected_version: expectedVersion }),
    output: Nothing,
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
    status: 204,
  }),
  restore: mutation({
    method: 'POST',
    path: `${projects}/{id}/restore`,
    also: [{ method: 'POST', path: `${further}/{id}/restore` }],
    family,
    tag,
    summary: 'Restore a project',
    description:
      'Takes a deletion back while the grace period lasts, for those who may delete the project: everything in it is as it was, and its keys are good again. One that is not deleted stays as it is.',
    access: { known: true },
    input: z.strictObject({ id: ProjectId }),
    output: One,
    errors: ['NOT_FOUND'],
    status: 200,
    versioned: true,
  }),
};
