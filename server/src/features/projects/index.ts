export { announceProject } from './announce-project.ts';
export { ensureDefaultProject } from './ensure-default-project.ts';
export { ProjectEntity } from './project.entity.ts';
export { ProjectMemberEntity } from './project-member.entity.ts';
export { ProjectRegistry, projectsChannel } from './project-registry.ts';
