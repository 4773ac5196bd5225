import type { Project } from '../../content/context.ts';
import type { Services } from '../../content/services.ts';
import { ProjectEntity } from './project.entity.ts';

/** Finds a project by id, or the default one without an id; known ones come from memory. */
export function projectFinder({ database }: Services) {
  const known = new Map<string, Project>();
  return async (id: string | undefined): Promise<Project | undefined> => {
    const project = known.get(id ?? 'default');
    if (project) return project;
    const row = await database
      .fork()
      .findOne(ProjectEntity, id === undefined ? { is_default: true } : { id });
    if (!row) return undefined;
    const found: Project = {
      id: row.id,
      name: row.name,
      status: row.status,
      defaultLocale: row.default_locale,
    };
    known.set(id ?? 'default', found);
    return found;
  };
}
