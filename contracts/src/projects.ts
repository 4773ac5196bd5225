import { z } from 'zod';
import { mutation, query } from './contract.ts';
import { platformOne, platformPageOf, platformPaging } from './families/platform.ts';
import {
  expectedVersion,
  Nothing,
  oneLinePattern,
  storedTextPattern,
  titlePattern,
  Timestamp,
  typeId,
} from './primitives.ts';

/** `archived` projects can be read and nothing else. */
export const projectStatuses = ['active', 'archived'] as const;
export type ProjectStatus = (typeof projectStatuses)[number];

/** Who is no member knows nothing of a private project; a public one shows what its rules open. */
export const projectVisibilities = ['private', 'public'] as const;
export type ProjectVisibility = (typeof projectVisibilities)[number];

/** What a new project begins with. */
export const projectTemplates = ['blank', 'blog', 'docs', 'shop'] as const;
export type ProjectTemplate = (typeof projectTemplates)[number];

const family = 'platform';
const tag = 'Projects';
const projects = '/v1/projects';
const further = '/api/v1/projects';
const exampleId = 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3';

const Visibility = z.enum(projectVisibilities).meta({
  id: 'ProjectVisibility',
  description: 'Who is no member knows nothing of a private project (the default)',
});
const Template = z.enum(projectTemplates).meta({
  id: 'ProjectTemplate',
  description: 'The collections that a new project begins with: none, or those of a usual site',
});
const Status = z.enum(projectStatuses).meta({
  id: 'ProjectStatus',
  description: 'An archived project can be read and nothing else',
});

const ProjectName = z
  .string({ error: ({ input }) => (input === undefined ? 'Name is required' : undefined) })
  .min(1, { error: 'Name is required' })
  .max(200)
  .regex(titlePattern, { error: 'Use a text with a letter or so, without control characters' })
  .meta({ description: 'What people call it', example: 'My Website' });
const Description = z
  .string()
  .max(2000)
  .regex(storedTextPattern, { error: 'Use a text without NUL characters' })
  .nullable()
  .meta({ example: 'Personal portfolio website' });
const Locale = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'Use a language tag such as en or pt-BR' })
  .meta({ description: 'The locale of content that does not say another', example: 'en' });
const TeamId = z.string().min(1).max(100).meta({
  description: 'Id of a team that you own or administer; its members work on the project',
});
const ProjectId = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'Id of the project', example: exampleId });

/** A project as document S2 shows it, and what else there is to know. */
export const Project = z
  .object({
    id: typeId('proj'),
    name: ProjectName,
    description: Description,
    status: Status,
    visibility: Visibility,
    template: Template,
    default_locale: Locale,
    is_default: z.boolean().meta({ description: 'Whether it is where requests go that name none' }),
    revision: z.int().meta({ description: 'Counts the changes' }),
    created_at: Timestamp,
    updated_at: Timestamp,
    deleted_at: Timestamp.optional().meta({
      description: 'Only of deleted projects, which can be restored for a while',
    }),
    team: z.object({ id: typeId('team'), name: z.string() }).optional(),
    deployments: z.object({
      total: z.int(),
      latest: z.object({ id: z.string(), status: z.string(), created_at: Timestamp }).nullable(),
    }),
  })
  .meta({
    id: 'Project',
    example: {
      id: exampleId,
      name: 'My Website',
      description: 'Personal portfolio website',
      status: 'active',
      visibility: 'private',
      template: 'blank',
      default_locale: 'en',
      is_default: false,
      revision: 3,
      created_at: '2026-01-15T10:30:00.000Z',
      updated_at: '2026-01-20T14:45:00.000Z',
      team: { id: 'team_01kaj5cz5rf4q9t2jw2hq5m8e3', name: 'My Team' },
      deployments: { total: 0, latest: null },
    },
  });
export type Project = z.infer<typeof Project>;

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
