import { z } from 'zod';
import { Timestamp, typeId, storedTextPattern, titlePattern } from './primitives.ts';

/** `archived` projects can be read and nothing else. */
export const projectStatuses = ['active', 'archived'] as const;
export type ProjectStatus = (typeof projectStatuses)[number];

/** Who is no member knows nothing of a private project; a public one shows what its rules open. */
export const projectVisibilities = ['private', 'public'] as const;
export type ProjectVisibility = (typeof projectVisibilities)[number];

/** What a new project begins with. */
export const projectTemplates = ['blank', 'blog', 'docs', 'shop'] as const;
export type ProjectTemplate = (typeof projectTemplates)[number];

const exampleId = 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3';

export const Visibility = z.enum(projectVisibilities).meta({
  id: 'ProjectVisibility',
  description: 'Who is no member knows nothing of a private project (the default)',
});
export const Template = z.enum(projectTemplates).meta({
  id: 'ProjectTemplate',
  description: 'The collections that a new project begins with: none, or those of a usual site',
});
export const Status = z.enum(projectStatuses).meta({
  id: 'ProjectStatus',
  description: 'An archived project can be read and nothing else',
});

export const ProjectName = z
  .string({ error: ({ input }) => (input === undefined ? 'Name is required' : undefined) })
  .min(1, { error: 'Name is required' })
  .max(200)
  .regex(titlePattern, { error: 'Use a text with a letter or so, without control characters' })
  .meta({ description: 'What people call it', example: 'My Website' });
export const Description = z
  .string()
  .max(2000)
  .regex(storedTextPattern, { error: 'Use a text without NUL characters' })
  .nullable()
  .meta({ example: 'Personal portfolio website' });
export const Locale = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'Use a language tag such as en or pt-BR' })
  .meta({ description: 'The locale of content that does not say another', example: 'en' });
export const TeamId = z.string().min(1).max(100).meta({
  description: 'Id of a team that you own or administer; its members work on the project',
});
export const ProjectId = z
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
