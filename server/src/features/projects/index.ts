export { announceProject } from './announce-project.ts';
export { ensureDefaultProject } from './ensure-default-project.ts';
export { projectsHandlers } from './handlers.ts';
export { ProjectEntity } from './project.entity.ts';
export type { ProjectOptions } from './project-options.ts';
export { ProjectMemberEntity } from './project-member.entity.ts';
export { ProjectRegistry, projectsChannel } from './project-registry.ts';
export { removeDeletedProjects } from './remove-deleted.ts';
