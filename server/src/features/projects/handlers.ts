import type { projectsContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import type { Accounts } from '../accounts/index.ts';
import { createProject } from './create-project.ts';
import { deleteProject } from './delete-project.ts';
import { listProjects } from './list-projects.ts';
import type { ProjectOptions } from './project-options.ts';
import { projectReply } from './project.mapper.ts';
import { readProject } from './project.repository.ts';
import { restoreProject } from './restore-project.ts';
import { updateProject } from './update-project.ts';

export const projectsHandlers = (accounts: Accounts, options: ProjectOptions) =>
  ({
    list: (ctx, input) => listProjects(options, ctx, input),
    get: async (ctx, input) => {
      const project = await readProject(ctx.sql, input.id);
      if (!project || project.deleted_at !== null) throw notFound();
      return projectReply(project);
    },
    create: (ctx, input) => createProject(accounts, ctx, input),
    update: (ctx, input) => updateProject(accounts, ctx, input),
    delete: deleteProject,
    restore: (ctx, input) => restoreProject(options, ctx, input.id),
  }) satisfies HandlersOf<typeof projectsContracts>;
